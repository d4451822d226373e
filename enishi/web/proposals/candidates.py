"""Applicants side by side: the same facts of each, and in which of them they differ (AP2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from enishi.accounts.models import Account
from enishi.contracts import queries as contracts
from enishi.jobs.models import Job
from enishi.messaging.replies import NONE, Replies, replies
from enishi.profiles import queries as profiles
from enishi.profiles.models import Piece
from enishi.profiles.portfolio import queries as portfolio
from enishi.proposals.lifecycle import PROPOSAL
from enishi.proposals.models import Proposal
from enishi.ranks.queries import ranks
from enishi.reviews.queries import Summary, summaries
from enishi.trust.closeness.policy import Closeness
from enishi.trust.closeness.queries import closeness
from enishi.verification.queries import checks
from enishi.web import closeness as near

from . import pay

PIECES = 3
EXCERPT = 320


@dataclass(frozen=True, slots=True)
class Candidate:
    """One applicant. `net` is what the worker receives in yen, `per_hour` the same by the hours of
    the post (None: it names none)."""

    proposal: Proposal
    kind: str
    answers: dict[str, str]  # by question
    net: int
    per_hour: int | None
    rank: str
    checked: dict[str, date]
    rating: Summary | None
    finished: int
    replies: Replies
    closeness: Closeness
    pieces: list[Piece]

    @property
    def can(self) -> list[str]:
        return PROPOSAL.verbs(self.proposal.status)

    @property
    def together(self) -> str:
        return near.told(self.closeness)

    @property
    def more_pieces(self) -> int:
        return max(len(self.pieces) - PIECES, 0)


def candidates(
    job: Job, proposals: Sequence[Proposal], *, client: Account, at: datetime
) -> list[Candidate]:
    """In the order given, in the same number of queries for two as for four."""
    workers = [one.worker_id for one in proposals]
    faces, ranked, checked = profiles.faces(workers), ranks(workers), checks(workers)
    ratings, answered = summaries(workers, "worker"), replies(workers, at=at)
    finished = contracts.completed_of_workers(workers)
    close, pieces = closeness(client.pk, workers), portfolio.pieces_of(workers)
    rules = contracts.rules_with_each(client.pk, workers, at=at)
    payer, payees = profiles.payer_kind(client.pk), profiles.payee_kinds(workers)
    found = []
    for one in proposals:
        who = one.worker_id
        kinds = {"payer_kind": payer, "payee_kind": payees[who]}
        net = pay.taken_apart(job, one.amount, rules=rules[who], **kinds).net
        found.append(
            Candidate(
                proposal=one,
                kind=faces[who].kind if who in faces else "person",
                answers={row["question"]: row["answer"] for row in one.answers},
                net=net,
                per_hour=int(net / job.expected_hours) if job.expected_hours else None,
                rank=ranked[who],
                checked=checked[who],
                rating=ratings.get(who),
                finished=finished.get(who, 0),
                replies=answered.get(who, NONE),
                closeness=close[who],
                pieces=pieces.get(who, []),
            )
        )
    return found


Fact = Callable[[Candidate], Any]
FACTS: dict[str, tuple[Any, Fact]] = {
    "price": (_("Price"), lambda one: one.proposal.amount),
    "delivery": (_("Delivery date"), lambda one: one.proposal.delivery_on),
    "rank": (_("Rank"), lambda one: one.rank),
    "checks": (_("What was checked"), lambda one: frozenset(one.checked)),
    "rating": (
        _("Rating"),
        lambda one: (one.rating.count, one.rating.mean) if one.rating else (0, None),
    ),
    "finished": (_("Finished contracts"), lambda one: one.finished),
    "replies": (_("Reply time"), lambda one: one.replies),
    "together": (_("Work together so far"), lambda one: one.closeness),
}


def same(found: Sequence[Candidate]) -> set[str]:
    """The facts in which nobody differs from the others."""
    return {name for name, (_label, fact) in FACTS.items() if len({fact(one) for one in found}) < 2}


def differences(found: Sequence[Candidate]) -> tuple[list[str], list[str]]:
    """What differs, and what is the same for all, by the names on the page."""
    alike = same(found)
    names = {name: str(label) for name, (label, _fact) in FACTS.items()}
    differ = [label for name, label in names.items() if name not in alike]
    return differ, [label for name, label in names.items() if name in alike]


def lowest(found: Sequence[Candidate]) -> int:
    return min(one.proposal.amount for one in found)


def earliest(found: Sequence[Candidate]) -> date:
    return min(one.proposal.delivery_on for one in found)


def questions(job: Job, found: Sequence[Candidate]) -> list[str]:
    """Those of the post; then those it asked before, and somebody has answered."""
    asked = dict.fromkeys(job.questions)
    asked |= dict.fromkeys(question for one in found for question in one.answers)
    return list(asked)
