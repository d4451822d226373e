"""All words of all letters, by the name of the event and, after a colon, its particular kind."""

from . import (
    changes,
    contracts,
    findings,
    jobs,
    milestones,
    money,
    people,
    proposals,
    ranks,
    reports,
    verifications,
)
from .words import Words

WORDS: dict[str, Words] = {
    **jobs.WORDS,
    **proposals.WORDS,
    **contracts.WORDS,
    **milestones.WORDS,
    **changes.WORDS,
    **money.WORDS,
    **people.WORDS,
    **verifications.WORDS,
    **reports.WORDS,
    **ranks.WORDS,
    **findings.WORDS,
}

__all__ = ["WORDS", "Words"]
