"""What a person earned, or paid, in one month: for the statement pages and their files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from enishi.escrow import policy as ledger
from enishi.escrow import statements
from enishi.escrow.statements import Sums
from enishi.kit.days import TOKYO
from enishi.payments.models import Chargeback, Payment, Refund

from .lifecycle import PAID
from .models import Milestone

PURPOSE = "milestone"


def first_moment(month: date) -> datetime:
    """0:00 in Tokyo on the first day of a month."""
    return datetime.combine(month.replace(day=1), time(0), TOKYO)


def next_month(month: date) -> date:
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_up_to(month: date, count: int) -> list[date]:
    """So many months in order, the last of them this one."""
    last = month.year * 12 + month.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(last - count + 1, last + 1)]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a statement. `amount` is what it adds for the reader; `after` the balance with
    it, where there is one."""

    id: int
    at: datetime
    kind: str
    amount: int
    after: int | None = None
    title: str = ""
    piece: str = ""
    contract_id: int | None = None


def earned(account_id: int, months: list[date]) -> list[Sums]:
    """What became payable and what was sent, month by month."""
    edges = [first_moment(one) for one in [*months, next_month(months[-1])]]
    return statements.sums(ledger.payable(account_id), edges)


def worker_rows(account_id: int, month: date, *, before: int | None = None, most: int) -> list[Row]:
    """Everything that changed what a worker is to be paid, the newest first."""
    span = first_moment(month), first_moment(next_month(month))
    found = statements.lines(ledger.payable(account_id), *span, before=before, most=most)
    named = _named(one.purpose_id for one in found if one.purpose_kind == PURPOSE)
    return [
        Row(one.id, one.at, one.kind, one.amount, one.after, *named.get(_part(one), NOBODYS))
        for one in found
    ]


NOBODYS: tuple[str, str, int | None] = ("", "", None)


def _part(one: statements.StatementLine) -> int:
    return one.purpose_id if one.purpose_kind == PURPOSE else 0


def _named(milestone_ids: Iterable[int]) -> dict[int, tuple[str, str, int | None]]:
    rows = Milestone.objects.filter(pk__in=set(milestone_ids))
    fields = ("pk", "contract__title", "title", "contract_id")
    return {pk: (title, piece, deal) for pk, title, piece, deal in rows.values_list(*fields)}


def paid(client_id: int, months: list[date]) -> list[int]:
    """What a client's accepted and settled pieces came to, month by month, tax included."""
    span = first_moment(months[0]), first_moment(next_month(months[-1]))
    rows = _pieces(client_id, *span).annotate(month=TruncMonth("ended_at", tzinfo=TOKYO))
    sums = (
        rows.values("month")
        .order_by()
        .annotate(whole=Sum("amount", filter=Q(settled_amount=None)), part=Sum("settled_amount"))
    )
    found = {one["month"].date(): (one["whole"] or 0) + (one["part"] or 0) for one in sums}
    return [found.get(month, 0) for month in months]


def _pieces(client_id: int, since: datetime, until: datetime) -> QuerySet[Milestone]:
    return Milestone.objects.filter(
        contract__client_id=client_id, status__in=PAID, ended_at__gte=since, ended_at__lt=until
    )


def client_rows(client_id: int, month: date, *, most: int) -> list[Row]:
    """What a client paid in, got back and had paid out in one month, the newest first."""
    since, until = first_moment(month), first_moment(next_month(month))
    span = {"__gte": since, "__lt": until}
    payments = Payment.objects.filter(payer_id=client_id, status="succeeded").filter(
        **{f"settled_at{key}": value for key, value in span.items()}
    )
    refunds = Refund.objects.filter(payment__payer_id=client_id).exclude(status="failed")
    refunds = refunds.filter(**{f"created_at{key}": value for key, value in span.items()})
    taken = Chargeback.objects.filter(payment__payer_id=client_id).filter(
        **{f"opened_at{key}": value for key, value in span.items()}
    )
    fields = ("payment__purpose_kind", "payment__purpose_id")
    found = [
        *(
            (pk, at, "fund" if kind == PURPOSE else "repayment", -amount, kind, purpose)
            for pk, at, amount, kind, purpose in payments.values_list(
                "pk", "settled_at", "amount", "purpose_kind", "purpose_id"
            )
        ),
        *(
            (pk, at, "refund", amount, kind, purpose)
            for pk, at, amount, kind, purpose in refunds.values_list(
                "pk", "created_at", "amount", *fields
            )
        ),
        # What came by bank transfer and pays nothing is no payment: it is shown where it goes back.
        *(
            (pk, at, "excess", -amount, kind, purpose)
            for pk, at, amount, kind, purpose in refunds.filter(of="transfer").values_list(
                "pk", "created_at", "amount", *fields
            )
        ),
        *(
            (pk, at, "chargeback", amount, kind, purpose)
            for pk, at, amount, kind, purpose in taken.values_list(
                "pk", "opened_at", "amount", *fields
            )
        ),
    ]
    found.sort(key=_newest, reverse=True)
    found = found[:most]
    named = _named(purpose for *_rest, kind, purpose in found if kind == PURPOSE)
    return [
        Row(pk, at, what, amount, None, *named.get(purpose if kind == PURPOSE else 0, NOBODYS))
        for pk, at, what, amount, kind, purpose in found
    ]


def _newest(row: tuple[int, datetime, str, int, str, int]) -> tuple[datetime, int]:
    return row[1], row[0]
