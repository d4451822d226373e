"""AP1 and AP3: what an application must hold, and until when it waits."""

from datetime import UTC, date, datetime

import pytest

from enishi.kit.rules import Rules
from enishi.proposals import policy

RULES = Rules()


@pytest.mark.parametrize("answer", ["", "   ", "\n"])
def test_an_empty_answer_is_no_answer(answer):
    """AP1"""
    answers = {"Why?": "Because.", "When?": answer}

    assert policy.unanswered(["Why?", "When?", "Where?"], answers) == ["When?", "Where?"]


def test_an_application_waits_until_the_seventh_day_after_the_deadline_has_ended():
    """AP3: a deadline on the 15th of April in Tokyo ends on the 22nd at 24:00."""
    due = policy.answer_due(date(2026, 4, 15), None, RULES)

    assert due == datetime(2026, 4, 22, 15, 0, tzinfo=UTC)


def test_a_nearer_hold_ends_it_earlier_and_a_farther_one_changes_nothing():
    """AP4"""
    deadline = date(2026, 4, 15)

    nearer = policy.answer_due(deadline, date(2026, 4, 10), RULES)
    farther = policy.answer_due(deadline, date(2026, 12, 1), RULES)

    assert nearer == datetime(2026, 4, 10, 15, 0, tzinfo=UTC)
    assert farther == datetime(2026, 4, 22, 15, 0, tzinfo=UTC)
