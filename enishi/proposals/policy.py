"""What an application must hold, and until when it waits. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from enishi.kit.days import days_after, end_of_day, start_of_day
from enishi.kit.rules import Rules

DECLINE_REASONS = ("filled", "price", "schedule", "skills", "other")


def unanswered(questions: Sequence[str], answers: Mapping[str, str]) -> list[str]:
    """The questions of the post that have no answer yet (AP1)."""
    return [question for question in questions if not answers.get(question, "").strip()]


def answer_due(apply_by: date, hold_until: date | None, rules: Rules) -> datetime:
    """AP3: 24:00 of the seventh day after the application deadline; earlier when the worker
    holds the proposal only until a nearer day (AP4)."""
    lapses = days_after(start_of_day(apply_by), rules.proposal_answer_days)
    return min(lapses, end_of_day(hold_until)) if hold_until else lapses
