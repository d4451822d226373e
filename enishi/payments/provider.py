"""The port to the one who really moves money: what we ask of a payment provider, in our own words.

Every call may be repeated with the same key. Two errors leave it: `Unavailable` says nothing about
the effect, so one asks again; `Declined` is a definite no.
"""

from dataclasses import dataclass
from typing import Protocol


class Unavailable(Exception):
    """No answer, or one that says nothing about the effect. `answered`: the call itself ended, so
    a new attempt needs a new key."""

    def __init__(self, message: str, *, answered: bool = False) -> None:
        super().__init__(message)
        self.answered = answered


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
    failed_try: str = ""  # names the newest try that failed; empty: none did
    failure_code: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What the provider says of a refund or a payout now."""

    id: str
    status: str  # sent | succeeded | failed
    failure_code: str = ""


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
    kind: str  # payment | refund | payout; empty: none of our business
    reference: str


class Provider(Protocol):
    def open_payment(self, order: Order) -> Found: ...
    def payment(self, name: str) -> Found: ...
    def cancel_payment(self, name: str) -> Found: ...
    def refund(
        self, *, charge: str, amount: int, key: str, reference: str, again: bool
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
    def notice(self, body: bytes, signature: str) -> Notice: ...
