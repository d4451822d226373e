"""Our side of the comparison: what is booked with the provider, what was intended, and whom it
concerns."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from enishi.contracts.models import Milestone
from enishi.escrow import queries as ledger
from enishi.payments.models import Chargeback, Payment, Payout, Refund

from . import books
from .books import Booked, Key, Known

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


class Market:
    """Read once, for one comparison. `total` is known when all of `booked` was read."""

    def __init__(self, provider: str) -> None:
        self.provider = provider
        self.total = 0  # yen that should lie there by our ledger, but for what is on its way
        self.concerned: dict[Key, tuple[int, ...]] = {}
        self.intended: dict[Key, bool] = {}  # whether it is over
        self.amounts: dict[Key, int] = {}  # of payments
        self.payees: dict[str, str] = {}
        self.whole: set[str] = set()  # payments that succeeded
        self.transfers: dict[str, str] = {}  # refunds of money beside our balance, and its payment
        self._read_payments()
        self._read_the_rest()

    def _read_payments(self) -> None:
        """A payment concerns the payer and whoever is to be paid from it."""
        workers = dict(Milestone.objects.values_list("pk", "contract__worker_id"))
        rows = Payment.objects.filter(provider=self.provider).values_list(
            *("key", "status", "ask_at", "amount", "payer_id", "purpose_kind", "purpose_id")
        )
        for key, status, ask_at, amount, payer_id, purpose_kind, purpose_id in rows.iterator():
            worker_id = workers.get(purpose_id) if purpose_kind == "milestone" else None
            people = (payer_id, worker_id) if worker_id else (payer_id,)
            self._note(("payment",), key, people, is_over=ask_at is None)
            self.amounts["payment", str(key)] = amount
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
            if kind is None or self.intended.get((kind, reference), True):
                self.total += amount
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
        return Known(self.intended[key], self.concerned[key], self.amounts.get(key))
