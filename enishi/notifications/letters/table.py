"""All words of all letters, by the name of the event and, after a colon, its particular kind."""

from . import changes, contracts, findings, jobs, milestones, money, people, proposals
from .words import Words

WORDS: dict[str, Words] = {
    **jobs.WORDS,
    **proposals.WORDS,
    **contracts.WORDS,
    **milestones.WORDS,
    **changes.WORDS,
    **money.WORDS,
    **people.WORDS,
    **findings.WORDS,
}

__all__ = ["WORDS", "Words"]
