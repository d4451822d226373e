"""What workers have earned and were not sent yet, sum by sum, each with the day by which it is at
their bank and the rule that says so (CO8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from enishi.escrow import queries as ledger
from enishi.kit.days import day_of
from enishi.payments import policy
from enishi.payments.policy import PayDay

from .commands import funding
from .models import Milestone


@dataclass(frozen=True, slots=True)
class Earned:
    """One sum in whole yen. Without a contract it is a correction of the office's."""

    account_id: int
    amount: int
    accepted_at: datetime
    delivered_at: datetime | None
    contract_id: int | None
    title: str
    piece: str
    pay: PayDay


def unpaid(account_ids: Iterable[int]) -> list[Earned]:
    """Everything that these people are owed, oldest first."""
    left = ledger.unpaid(account_ids)
    numbers = {one.purpose_id for one in left if one.purpose_kind == funding.PURPOSE}
    fields = ("pk", "delivered_at", "contract_id", "contract__title", "title")
    rows = Milestone.objects.filter(pk__in=numbers).values_list(*fields)
    known = {pk: facts for pk, *facts in rows}
    found = []
    for one in left:
        is_deal = one.purpose_kind == funding.PURPOSE
        facts = known.get(one.purpose_id) if is_deal else None
        delivered_at, contract_id, title, piece = facts or (None, None, "", "")
        delivered_on = day_of(delivered_at) if delivered_at else None
        pay = policy.pay_day(day_of(one.at), delivered_on, rules=settings.RULES)
        sums = (one.account_id, one.amount, one.at, delivered_at)
        found.append(Earned(*sums, contract_id, title, piece, pay))
    return found


def pay_days(account_ids: Iterable[int]) -> dict[int, date]:
    """By which day each of these people is next to be paid; none for who is owed nothing."""
    found: dict[int, date] = {}
    for one in unpaid(account_ids):
        found[one.account_id] = min(one.pay.on, found.get(one.account_id, one.pay.on))
    return found
