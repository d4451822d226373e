"""All words of all letters, by the name of the event and, after a colon, its particular kind."""

from . import (
    changes,
    contracts,
    findings,
    jobs,
    milestones,
    money,
    organisations,
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
    **organisations.WORDS,
    **people.WORDS,
    **verifications.WORDS,
    **reports.WORDS,
    **ranks.WORDS,
    **findings.WORDS,
}

__all__ = ["WORDS", "Words"]
