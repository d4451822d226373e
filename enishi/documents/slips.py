"""What the slips of one milestone state: its delivery, its inspection, its payment (CO11). Pure.

Money is whole yen, days are "YYYY-MM-DD" in Tokyo, times are ISO 8601 with their offset.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, NotRequired, TypedDict

from .papers import Party

ACCEPTED_BY = ("client", "rules")


class Slip(TypedDict):
    """What every slip names: the deal, the part of it, and both sides."""

    version: Literal[1]
    contract_id: int
    order_number: str  # of the order sheet it belongs to
    title: str
    milestone: int
    milestone_title: str
    client: Party
    worker: Party


class DeliveredFile(TypedDict):
    name: str
    size: int  # bytes
    sha256: str


class DeliveryNote(Slip):
    """納品書: what was handed over, and when."""

    delivery: int  # the first is 1; each round of revision brings another
    due_on: str
    delivered_at: str
    body: str
    files: list[DeliveredFile]
    inspect_until_on: str  # at the end of that day it is accepted without an answer (CL4)


class InspectionRecord(Slip):
    """検収書: that the delivery was accepted, by whom, after how many rounds."""

    delivery: int
    delivered_at: str
    accepted_at: str
    accepted_by: str  # "client", or "rules" when nobody answered in time (CL4)
    revisions: int
    amount: int


class PaymentStatement(Slip):
    """支払明細書: the price taken apart down to what the worker receives (CO8, CO9, CO10)."""

    delivered_at: str  # empty: nothing was delivered, the office settled it
    accepted_at: str  # or settled by the office
    pay_until_on: str
    paid_before: int  # on this contract, before this payment: the fee's tiers go by it
    amount: int
    tax: int
    withholding: int
    funds: int
    fee: int
    fee_tax: int
    net: int
    settled: NotRequired["Settled"]  # only when the office divided the escrow


class Settled(TypedDict):
    """How the office divided an escrow: the whole price, and what went back to the client."""

    price: int
    returned: int
    reason: str


SUMS = ("paid_before", "amount", "tax", "withholding", "funds", "fee", "fee_tax", "net")


def faults_of_delivery(body: Mapping[str, Any]) -> list[str]:
    found = [] if body["delivery"] >= 1 else ["delivery"]
    if not body["body"].strip() and not body["files"]:
        found.append("body")
    return found


def faults_of_inspection(body: Mapping[str, Any]) -> list[str]:
    found = [] if body["accepted_by"] in ACCEPTED_BY else ["accepted_by"]
    found += [] if body["delivery"] >= 1 else ["delivery"]
    found += [] if body["revisions"] >= 0 else ["revisions"]
    return found + _order(body, "delivered_at", "accepted_at")


def faults_of_payment(body: Mapping[str, Any]) -> list[str]:
    found = [name for name in SUMS if body[name] < 0]
    if body["funds"] != body["amount"] - body["withholding"]:
        found.append("funds")
    if body["net"] != body["funds"] - body["fee"] - body["fee_tax"]:
        found.append("net")
    if settled := body.get("settled"):
        found += [] if body["amount"] <= settled["price"] else ["amount"]
        found += [] if settled["returned"] >= 0 else ["returned"]
    elif not body["delivered_at"]:
        found.append("delivered_at")
    return found + (_order(body, "delivered_at", "accepted_at") if body["delivered_at"] else [])


def _order(body: Mapping[str, Any], first: str, then: str) -> list[str]:
    is_ordered = datetime.fromisoformat(body[first]) <= datetime.fromisoformat(body[then])
    return [] if is_ordered else [then]
