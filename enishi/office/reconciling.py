"""Our ledger is held against the provider's books, daily and on demand. Each difference becomes a
case with its evidence; payouts of the people it hits stand still, and of nobody else (M9)."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import business_days_after
from enishi.payments import connection
from enishi.payments.commands import chargebacks, holding
from enishi.payments.models import Chargeback
from enishi.payments.provider import Movement, Nonsense

from . import beside, books, clocks
from .booked import Market
from .books import Found
from .lifecycle import DIFFERENCE
from .models import Difference, Reconciliation

logger = logging.getLogger(__name__)

CAUSE = "books"
LOOKS = 4  # at most so many more, where the first found something


@dataclass(frozen=True, slots=True)
class Look:
    """Both books as one comparison saw them. Yen."""

    found: list[Found]
    compared: int
    held: int  # at the provider
    booked: int  # by our ledger, as far as it has left or reached the provider


def reconcile(*, at: datetime, by: Account | None = None) -> Reconciliation:
    """Compare everything, open a case for what is new, close what is gone. Not in a transaction:
    the provider is asked. Raises `provider.Unavailable` when it does not answer."""
    name = connection.name()
    seen = _agreed(name, at=at)
    _keep(name, seen.found, at=at)
    return Reconciliation.objects.create(
        provider=name,
        started_at=at,
        finished_at=at,
        compared=seen.compared,
        found=len(seen.found),
        held=seen.held,
        booked=seen.booked,
        by=by,
    )


def _agreed(name: str, *, at: datetime) -> Look:
    """Money moves while the books are read, one after the other. A difference is what two looks in
    a row show alike; what only one of them shows came in between."""
    seen = _look(name, at=at)
    for _ in range(LOOKS):
        if not seen.found:
            break
        again = _look(name, at=at)
        alike = [one for one in again.found if one in seen.found]
        if len(alike) == len(again.found):
            return again
        seen = replace(again, found=alike)
    return seen


def _look(name: str, *, at: datetime) -> Look:
    there = connection.provider()
    lying = list(beside.movements(name, at=at))
    movements = [*there.movements(None), *lying]
    _hear_of_complaints(movements, at=at)
    held = there.holdings() + sum(one.amount for one in lying)
    market = Market(name)
    outcome = books.compare(market.booked(), movements, market.known, _terms())
    fees = sum(one.fee for one in movements)
    found = outcome.found
    put_right = _closed(name, how="corrected")
    still = [one for one in found if _key(one) not in put_right]
    if rest := books.balance(held, market.total, replace(outcome, found=still), fees):
        found = [*found, rest]
    return Look(found, outcome.compared, held, market.total + outcome.on_its_way)


def _terms() -> books.Terms:
    return books.Terms(
        is_live=settings.LIVE,
        fee_most=int(settings.PAYMENT_PROVIDER.get("fee_most", 0)),
        with_dates=settings.LIVE,
    )


def _hear_of_complaints(movements: list[Movement], *, at: datetime) -> None:
    """A complaint whose webhook was lost is heard of now, instead of being a difference."""
    known = set(Chargeback.objects.values_list("provider_id", flat=True))
    for movement in movements:
        if movement.kind == "chargeback" and movement.reference not in known:
            try:
                chargebacks.hear(movement.reference, at=at)
            except Nonsense:
                logger.exception("chargeback %s could not be booked", movement.reference)


@transaction.atomic
def _keep(provider: str, found: list[Found], *, at: datetime) -> None:
    """New differences become cases; those no longer seen are gone, and let payouts go on."""
    still = {_key(one) for one in found}
    before = list(Difference.objects.select_for_update().filter(provider=provider, status="open"))
    for row in before:
        if (row.kind, row.movement, row.reference, row.source) not in still:
            end(row, "vanish", at=at)
    seen = {(row.kind, row.movement, row.reference, row.source) for row in before}
    closed = _closed(provider)
    for one in found:
        if _key(one) not in seen and _key(one) not in closed:
            _open(provider, one, at=at)


def _key(one: Found) -> tuple[str, str, str, str]:
    return one.kind, one.movement, one.reference, one.source


def _closed(provider: str, **how: str) -> set[tuple[str, ...]]:
    """Differences that treasurers closed: they stay in the provider's books, and are no news."""
    rows = Difference.objects.filter(provider=provider, status="closed", **how)
    rows = rows.exclude(kind="balance")
    return set(rows.values_list("kind", "movement", "reference", "source"))


def _open(provider: str, one: Found, *, at: datetime) -> None:
    row = Difference(
        provider=provider,
        kind=one.kind,
        movement=one.movement,
        reference=one.reference,
        source=one.source,
        effect=one.effect,
        ours=dict(one.ours),
        theirs=dict(one.theirs),
        people=sorted(set(one.people)),
        found_at=at,
    )
    due = business_days_after(at, settings.RULES.difference_business_days)
    row.wait(clocks.differing(settings.RULES), since=at, due=due)
    row.save()
    for account_id in row.people:
        holding.hold(account_id, by=None, at=at, cause=CAUSE, reason=f"difference {row.pk}")
    _tell("difference.found", row, at=at)


def end(row: Difference, verb: str, *, at: datetime, how: str = "") -> None:
    """On a locked difference: it is over, and payouts go on for whoever no other one hits."""
    row.status = DIFFERENCE.after(row.status, verb)
    row.ended_at, row.how = at, how
    row.stop_waiting()
    row.save()
    for account_id in row.people:
        if not Difference.objects.filter(status="open", people__contains=[account_id]).exists():
            holding.resume(account_id, by=None, at=at, cause=CAUSE)


@transaction.atomic
def tick(difference_id: int, *, at: datetime) -> None:
    """CL16: the office has not closed it in time."""
    row = Difference.objects.select_for_update().get(pk=difference_id)
    if row.status == "open" and row.step_due(clocks.differing(settings.RULES), at):
        row.save(update_fields=["next_at"])
        _tell("difference.overdue", row, at=at)


def _tell(name: str, row: Difference, *, at: datetime) -> None:
    people = accounts.treasurers()
    record(name, row, by=None, at=at, people=people, kind=row.kind, effect=row.effect)
