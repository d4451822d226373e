"""The live figures of the front page. Shares are of what ended; nothing is estimated."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from enishi.contracts.models import Milestone
from enishi.office import queries as office
from enishi.proposals.models import Proposal
from enishi.proposals.queries import ANSWERED

WINDOW = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole


@dataclass(frozen=True, slots=True)
class Figures:
    """A share is None while nothing ended: an empty market shows no zero as if it were a result."""

    at: datetime
    held: int
    live_contracts: int
    open_jobs: int
    answered: Share | None
    inspected: Share | None


def figures(*, at: datetime) -> Figures | None:
    """None before there is anything to count."""
    market = office.figures()
    if not market.live_contracts and not market.open_jobs:
        return None
    return Figures(
        at=at,
        held=market.held,
        live_contracts=market.live_contracts,
        open_jobs=market.open_jobs,
        answered=_answered(at - WINDOW),
        inspected=_inspected(at - WINDOW),
    )


def _answered(since: datetime) -> Share | None:
    answered = Q(status__in=ANSWERED)
    ended = Proposal.objects.filter(answered | Q(status="lapsed"), sent_at__gt=since)
    found = ended.aggregate(part=Count("pk", filter=answered), whole=Count("pk"))
    return Share(**found) if found["whole"] else None


def _inspected(since: datetime) -> Share | None:
    """Accepted by the client, not by the clock."""
    accepted = Milestone.objects.filter(status="accepted", delivered_at__gt=since)
    found = accepted.aggregate(part=Count("pk", filter=Q(is_deemed=False)), whole=Count("pk"))
    return Share(**found) if found["whole"] else None
