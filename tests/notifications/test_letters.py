"""TE1, B15: what is said about each event, to each side, in both languages."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext

from enishi import wiring
from enishi.notifications.letters.letter import sentence
from enishi.notifications.letters.table import WORDS

TELL = "enishi.notifications.commands.tell"
TOLD = [name for name, subscribers in wiring.LATER.items() if TELL in subscribers]
SIDES = ("client", "worker", "")
FACTS = {
    "check": "identity",
    "title": "Three articles",
    "organisation": "Acme",
    "client": "Hana",
    "worker": "Ren",
    "by": "Hana",
    "asker": "Sora",
    "milestone_title": "First draft",
    "amount": 44_000,
    "net": 34_320,
    "refunded": 44_000,
    "owed": 44_000,
    "effect": 44_000,
    "whole": 44_000,
    "arrived": 10_000,
    "limit": "80%",
    "missing": 34_000,
    "withheld": 4_084,
    "due": "2026-11-26T15:00:00+00:00",
    "answer_by": "2026-11-26T15:00:00+00:00",
    "due_on": "2026-12-01",
    "last4": "4821",
    "transfer_on": "2026-12-01",
    "paid": 3,
    "count": 4,
    "failed": 0,
    "name": "draft.zip",
    "found": "EICAR",
    "then": "2026-12-08T15:00:00+00:00",
    "until": "2026-12-01",
    "difference": ["apply_by", "budget_min", "budget_max"],
    "reason": "Please shorten the ending.",
}


@pytest.mark.parametrize("name", TOLD)
def test_every_event_that_is_told_has_words(name):
    assert name in WORDS


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", WORDS)
def test_every_letter_is_whole_with_all_its_facts(name, language):
    event, _, rest = name.partition(":")
    rule, _, step = rest.partition(":")
    for side in SIDES:
        letter = sentence(event, FACTS | {"rule": rule, "step": step}, side, language)
        words = [letter.title, letter.body, letter.due]
        assert letter.title
        assert not any("%(" in said or "—" in said for said in words)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", WORDS)
def test_a_fact_nobody_recorded_never_breaks_a_letter(name, language):
    letter = sentence(name.partition(":")[0], {}, "worker", language)

    assert letter.title
    assert letter.due == ""
    assert letter.path == "/desk/" or letter.path.startswith("/")


def test_every_sentence_is_in_japanese_too():
    ids = {
        said
        for words in WORDS.values()
        for said in (words.title, words.both, words.client, words.worker, words.due)
        if said
    }
    with translation.override("ja"):
        assert [said for said in ids if gettext(said) == said] == []


def test_the_due_time_is_said_with_what_happens_then():
    """CL4: a delivery, to the client. 15:00 UTC is 24:00 in Tokyo."""
    letter = sentence("milestone.delivered", FACTS, "client", "ja")

    assert letter.title == "Renさんが「First draft」を納品しました"
    assert letter.due == (
        "2026年11月26日(木) 24:00までにお返事がないと、検収したものとみなされ、支払われます。"
    )


def test_each_side_reads_its_own_next_step():
    client = sentence("milestone.deemed", FACTS, "client", "en")
    worker = sentence("milestone.deemed", FACTS, "worker", "en")

    assert client.title == worker.title
    assert client.body == "¥44,000 was paid to the worker from escrow."
    assert worker.body.startswith("You receive ¥34,320.")


def test_a_reminder_says_which_step_of_which_clock_it_is():
    facts = FACTS | {"rule": "CL4", "step": "last_call"}

    letter = sentence("milestone.reminded", facts, "client", "en")

    assert letter.title == "Last call: “First draft” waits for your inspection"


def test_a_declined_application_says_why():
    """AP2."""
    facts = FACTS | {"reason": "price", "message": "Maybe next time."}

    letter = sentence("proposal.declined", facts, "worker", "en")

    assert letter.body == "Reason: the price does not fit the budget."
    assert letter.quote == "Maybe next time."


def test_an_edited_post_names_what_changed_each_once():
    """JO6."""
    letter = sentence("job.changed", FACTS, "", "en")

    assert letter.due == "Changed: application deadline, price."


def test_a_title_with_a_line_break_stays_one_line():
    letter = sentence("contract.completed", {"title": "a\r\nBcc: b"}, "", "en")

    assert letter.title == "The contract “a Bcc: b” is complete"


def test_no_letter_shouts_or_blames():
    said = " ".join(
        words.title + words.both + words.client + words.worker for words in WORDS.values()
    )

    assert not re.search(r"!|your fault|immediately", said)
