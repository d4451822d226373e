"""The dated facts behind the pictures of a worker's own rank: what was paid when, what one would
have to reach, what is on its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from enishi.contracts.lifecycle import PAID
from enishi.contracts.models import Milestone
from enishi.kit.days import day_of

from . import course, facts
from .models import Earning
from .policy import Facts

ON_ITS_WAY = ("funded", "delivered", "revising")
MORE_DAYS = 365  # before the span: each month of the last year looks a year back


@dataclass(frozen=True, slots=True)
class Earnings:
    """In the category in which this worker earned most. `goal` is told where enough others earn."""

    paid: list[course.Paid]
    goal: int | None
    on_its_way: int  # yen in escrow for work that is being done, before the fee


def earnings(account_id: int, known: Facts, *, at: datetime) -> Earnings:
    own = Milestone.objects.filter(
        contract__worker=account_id, contract__job__category=known.category
    )
    since = facts.since(day_of(at) - timedelta(days=MORE_DAYS))
    released = own.filter(status__in=PAID, ended_at__gte=since, ended_at__lte=at)
    yen = Coalesce(F("settled_amount"), F("amount"))
    rows = released.annotate(yen=yen).filter(yen__gt=0).values_list("ended_at", "yen")
    waiting = own.filter(status__in=ON_ITS_WAY).aggregate(yen=Sum("amount"))["yen"]
    return Earnings(
        paid=[course.Paid(day_of(ended_at), yen) for ended_at, yen in rows if ended_at],
        goal=course.threshold(_last_of_the_top(known), known.earners),
        on_its_way=waiting or 0,
    )


def _last_of_the_top(known: Facts) -> int | None:
    """What the last one of the top fifth earned."""
    place = course.last_place(known.earners)
    return _by_place(known.category).values_list("yen", flat=True)[place - 1] if place else None


def _by_place(category: str) -> QuerySet[Earning, Any]:
    return Earning.objects.filter(category=category).order_by("-yen")
