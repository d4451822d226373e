"""Our ledger is held against the provider's books, daily and on demand. Each difference becomes a
case with its evidence; payouts of the people it hits stand still, and of nobody else (M9)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.contracts.models import Milestone
from enishi.escrow import queries as ledger
from enishi.events.journal import record
from enishi.kit.days import business_days_after
from enishi.payments import connection
from enishi.payments.commands import chargebacks, holding
from enishi.payments.models import Chargeback, Payment, Payout, Refund
from enishi.payments.provider import Movement

from . import beside, books, clocks
from .books import Booked, Found, Key, Known
from .lifecycle import DIFFERENCE
from .models import Difference, Reconciliation

# kind of a movement -> (kind of our entry, what its key begins with)
ENTRIES = {
    "payment": "payment",
    "refund": "refund",
    "refund-failed": "refund_back",
    "part": "payment",
    "excess": books.BESIDE,
    "payout": "transfer",
    "payout-failed": "transfer_back",
    "chargeback": "chargeback",
    "chargeback-won": "chargeback_back",
}
CAUSE = "books"


def reconcile(*, at: datetime, by: Account | None = None) -> Reconciliation:
    """Compare everything, open a case for what is new, close what is gone. Not in a transaction:
    the provider is asked. Raises `provider.Unavailable` when it does not answer."""
    there = connection.provider()
    name = connection.name()
    lying = list(beside.movements(name, at=at))
    movements = [*there.movements(None), *lying]
    _hear_of_complaints(movements, at=at)
    held = there.holdings() + sum(one.amount for one in lying)
    market = Market(name)
    outcome = books.compare(market.booked(), movements, market.known, _terms())
    booked = -ledger.summary().clearing.get(name, 0)
    fees = sum(one.fee for one in movements)
    found = outcome.found
    put_right = _closed(name, how="corrected")
    still = [one for one in found if _key(one) not in put_right]
    if rest := books.balance(held, booked, replace(outcome, found=still), fees):
        found = [*found, rest]
    _keep(name, found, at=at)
    return Reconciliation.objects.create(
        provider=name,
        started_at=at,
        finished_at=at,
        compared=outcome.compared,
        found=len(found),
        held=held,
        booked=booked,
        by=by,
    )


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
            chargebacks.hear(movement.reference, at=at)


class Market:
    """Our side: what is booked with the provider, what was intended, and whom it concerns."""

    def __init__(self, provider: str) -> None:
        self.provider = provider
        self.concerned: dict[Key, tuple[int, ...]] = {}
        self.intended: dict[Key, bool] = {}  # whether it is over
        self.payees: dict[str, str] = {}
        self.whole: set[str] = set()  # payments that succeeded
        self.transfers: dict[str, str] = {}  # refunds of money beside our balance, and its payment
        self._read_payments()
        self._read_the_rest()

    def _read_payments(self) -> None:
        """A payment concerns the payer and whoever is to be paid from it."""
        workers = dict(Milestone.objects.values_list("pk", "contract__worker_id"))
        rows = Payment.objects.filter(provider=self.provider).values_list(
            *("key", "status", "ask_at", "payer_id", "purpose_kind", "purpose_id")
        )
        for key, status, ask_at, payer_id, purpose_kind, purpose_id in rows.iterator():
            worker_id = workers.get(purpose_id) if purpose_kind == "milestone" else None
            people = (payer_id, worker_id) if worker_id else (payer_id,)
            self._note(("payment",), key, people, is_over=ask_at is None)
            self._note((books.BESIDE,), key, people, is_over=True)
            if status == "succeeded":
                self.whole.add(str(key))

    def _read_the_rest(self) -> None:
        refunds = Refund.objects.filter(payment__provider=self.provider)
        columns = ("key", "ask_at", "payment__payer_id", "of", "payment__key", "provider_id")
        for key, ask_at, payer_id, of, payment, sent in refunds.values_list(*columns):
            if of == "transfer":
                self.transfers[str(key)] = str(payment)
                if not sent and ask_at is not None:
                    self.intended[books.BESIDE, str(payment)] = False
            else:
                self._note(("refund", "refund_back"), key, (payer_id,), is_over=ask_at is None)
        payouts = Payout.objects.filter(provider=self.provider)
        fields = ("key", "ask_at", "account_id", "bank__payee")
        for key, ask_at, account_id, payee in payouts.values_list(*fields):
            self._note(("transfer", "transfer_back"), key, (account_id,), is_over=ask_at is None)
            self.payees[str(key)] = payee
        taken = Chargeback.objects.filter(payment__provider=self.provider)
        for name, payer_id in taken.values_list("provider_id", "payment__payer_id"):
            self._note(("chargeback", "chargeback_back"), name, (payer_id,), is_over=True)

    def _note(
        self, kinds: tuple[str, ...], key: object, people: tuple[int, ...], *, is_over: bool
    ) -> None:
        for kind in kinds:
            self.concerned[kind, str(key)] = people
            self.intended[kind, str(key)] = is_over

    def booked(self) -> Iterator[Booked]:
        """Every entry about the provider that is not still on its way."""
        parts: Counter[str] = Counter()  # of payments that became whole
        lying: dict[str, tuple[int, datetime]] = {}
        for idem, amount, at in ledger.cleared(self.provider):
            prefix, reference = self._place(idem)
            kind = ENTRIES.get(prefix)
            if kind == books.BESIDE:
                lying[reference] = (lying.get(reference, (0, at))[0] + amount, at)
            elif prefix == "part":
                parts[reference] += amount
            elif kind is not None and self.intended.get((kind, reference), True):
                whole = amount + (parts.pop(reference, 0) if kind == "payment" else 0)
                yield self._booked(kind, reference, whole, at)
        for reference, (amount, at) in lying.items():
            if amount and self.intended.get((books.BESIDE, reference), True):
                yield self._booked(books.BESIDE, reference, amount, at)

    def _place(self, idem: str) -> tuple[str, str]:
        """What an entry's key begins with, and our reference in it. What no payment took, in or
        out, is counted together, by the payment it came for."""
        prefix, reference, *_ = idem.split(":")
        if prefix == "part" and reference not in self.whole:
            return "excess", reference
        if prefix in ("refund", "refund-failed") and reference in self.transfers:
            return "excess", self.transfers[reference]
        return prefix, reference

    def _booked(self, kind: str, reference: str, amount: int, at: datetime) -> Booked:
        people = self.concerned.get((kind, reference), ())
        payee = self.payees.get(reference, "") if kind == "transfer" else ""
        return Booked(kind, reference, amount, at, payee, people)

    def known(self, key: Key) -> Known | None:
        """What we meant by something that the provider did and our ledger does not hold."""
        if key not in self.intended:
            return None
        return Known(is_over=self.intended[key], people=self.concerned[key])


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
