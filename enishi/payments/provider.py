"""The port to the one who really moves money: what we ask of a payment provider, in our own words.

Every call may be repeated with the same key. Two errors leave it: `Unavailable` says nothing about
the effect, so one asks again; `Declined` is a definite no. What cannot be true is `Nonsense`, which
says nothing either.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class Unavailable(Exception):
    """No answer, or one that says nothing about the effect. `answered`: the call itself ended, so
    a new attempt needs a new key."""

    def __init__(self, message: str, *, answered: bool = False) -> None:
        super().__init__(message)
        self.answered = answered


class Nonsense(Unavailable):
    """An answer that cannot be true: another sum than was asked for, another currency than yen.
    Nothing is booked for it; it is asked again, and a person must look."""


class Declined(Exception):
    """The provider refused, and nothing happened."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Forged(Exception):
    """A webhook that was not signed by the provider, or was signed too long ago."""


@dataclass(frozen=True, slots=True)
class Order:
    """A payment that we ask the provider to take."""

    key: str  # idempotency key of this attempt
    reference: str  # our own name for it, comes back in every webhook
    amount: int
    description: str
    email: str
    language: str
    return_url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the provider says of a payment now."""

    id: str
    status: str  # requires_payment | processing | succeeded | cancelled
    amount: int
    page: str  # where the payer goes; empty: nowhere any more
    charge: str = ""  # what a refund names
    customer: str = ""  # the provider's name of the payer, for this one payment
    arrived: int = 0  # yen that ever came for it by bank transfer, a part or too much included
    returned: int = 0  # yen of these that went back, beside the payment itself
    failed_try: str = ""  # names the newest try that failed; empty: none did
    failure_code: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What the provider says of a refund or a payout now."""

    id: str
    status: str  # sent | succeeded | failed
    failure_code: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What the provider says of a payment that the payer's bank took back, or asks about."""

    id: str
    charge: str  # the payment, as a refund names it
    status: str  # inquiry (no money moved) | open | answered | won | lost
    amount: int
    reason: str
    answer_within: timedelta  # from now; zero or less: too late


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the provider's books about our balance there."""

    id: str
    kind: str  # payment | refund | refund_back | transfer | transfer_back | chargeback |
    # chargeback_back | beside (bank transfers of one payment that it has not taken, as a sum);
    # anything else is named as the provider names it
    reference: str  # ours, or the provider's name of a complaint; empty: it carries none
    source: str  # the provider's name of what moved it
    amount: int  # signed: what it adds to our balance
    fee: int  # what the provider keeps of it
    currency: str  # "jpy"
    account: str  # whom a transfer went to, as the provider names them; else empty
    is_live: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank account as the provider keeps it: we hold its tokens, never its number."""

    payee: str
    token: str
    name: str
    last4: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A verified webhook: that something happened to the object we call `reference`."""

    id: str
    name: str
    kind: str  # payment | transfer | refund | payout | chargeback; empty: none of our business
    # Ours; for a chargeback the provider's name of it, for a transfer that of the payer: these
    # carry none of ours.
    reference: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address to which the provider sends events."""

    url: str
    is_on: bool
    events: tuple[str, ...]  # their names; "*" is all of them


@dataclass(frozen=True, slots=True)
class Standing:
    """What the provider says of our account there, and of the key that we use."""

    key: str  # full | restricted | unknown
    is_live: bool
    account: str
    country: str
    currency: str
    takes_payments: bool
    pays_out: bool
    abilities: Mapping[str, str]  # each with "active", "pending" or "inactive"
    unreadable: tuple[str, ...]  # rights that we need and the key lacks
    needless: tuple[str, ...]  # rights that it has and nobody needs
    endpoints: tuple[Endpoint, ...]
    by_hand: tuple[str, ...]  # newest payments that somebody would have to capture
    ahead: timedelta | None  # of this machine's clock; None: it did not say


class Provider(Protocol):
    def open_payment(self, order: Order) -> Found: ...
    def payment(self, name: str) -> Found: ...
    def cancel_payment(self, name: str) -> Found: ...
    def refund(
        self, *, charge: str, amount: int, key: str, reference: str, again: bool
    ) -> Transfer: ...
    def refund_transfer(
        self, *, customer: str, amount: int, key: str, reference: str, again: bool
    ) -> Transfer: ...
    def refund_state(self, name: str) -> Transfer: ...
    def add_bank(
        self, *, payee: str, email: str, bank: str, branch: str, holder: str, number: str, key: str
    ) -> Bank: ...
    def pay_out(
        self, *, payee: str, token: str, amount: int, key: str, reference: str, again: bool
    ) -> Transfer: ...
    def payout_state(self, *, payee: str, name: str) -> Transfer: ...
    def take_back(self, *, reference: str, key: str) -> None: ...
    def complaint(self, name: str) -> Complaint: ...
    def answer_complaint(self, name: str, *, text: str, key: str) -> Complaint: ...
    def movements(self, since: datetime | None) -> Iterator[Movement]: ...
    def holdings(self) -> int: ...
    def standing(self) -> Standing: ...
    def notice(self, body: bytes, signature: str) -> Notice: ...
