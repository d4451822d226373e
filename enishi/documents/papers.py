"""What the papers of a deal state, as plain JSON values, and when one is complete. Pure.

Money is whole yen, days are "YYYY-MM-DD" in Tokyo, times are ISO 8601 with their offset.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, TypedDict

from enishi.kit.rules import Rules

SUMS = ("amount", "tax", "fee", "fee_tax", "withholding", "funds", "net")
PARTY_KINDS = ("company", "sole_trader", "individual")
RIGHTS = ("transfer", "licence")
CONFIDENTIALITY = ("none", "work", "strict")
AI_USE = ("free", "ask", "forbidden")
INVOICE_MODES = ("own", "agent", "unregistered")


class Party(TypedDict):
    """One side, as it was named when the paper was made."""

    account_id: int
    name: str
    kind: str
    registration_number: str  # "T" and 13 digits, or empty


class OrderMilestone(TypedDict):
    number: int
    title: str
    amount: int  # A, tax included
    deliver_on: str
    pay_on: str  # if delivered on time and inspected on the last day
    tax: int
    fee: int
    fee_tax: int
    withholding: int
    funds: int  # what the client puts in escrow: A − W
    net: int  # what the worker receives: A − W − F − tax on F


class Totals(TypedDict):
    amount: int
    tax: int
    fee: int
    fee_tax: int
    withholding: int
    funds: int
    net: int


class Difference(TypedDict):
    """One point in which the offer differs from the post, confirmed by the worker (CO2)."""

    item: str
    posted: str
    offered: str
    confirmed_at: str


class OrderSheet(TypedDict):
    """発注書: everything the law and CO1 ask an order to state."""

    version: Literal[1]
    contract_id: int
    ordered_at: str
    client: Party
    worker: Party
    title: str
    content: str
    deliverable: str
    acceptance: str  # empty: nothing beyond the content
    place: str  # empty: no fixed place
    milestones: list[OrderMilestone]
    totals: Totals
    inspection_days: int
    payout_days: int
    legal_payment_days: int
    consumption_tax: int
    fee_tiers: list[list[int]]
    fee_above_tiers: int
    fee_counts_from: int  # what the two had paid before, where that counts (CO9)
    withholding_reason: str
    revision_rounds: int
    rights: str
    rights_note: str
    confidentiality: str
    confidentiality_note: str
    ai_use: str
    ai_use_note: str
    invoice_mode: str  # how invoices would be issued on that day (CO11)
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: the letters of its numbers, the typst file that draws it, and the way to
    the amount in its record."""

    prefix: str
    template: str
    amount: tuple[str, ...] = ()


KINDS = {
    "order_sheet": Kind("OS", "order_sheet.typ", ("totals", "amount")),
    "delivery_note": Kind("DN", "slip.typ"),
    "inspection_record": Kind("IR", "slip.typ", ("amount",)),
    "payment_statement": Kind("PS", "slip.typ", ("amount",)),
    "invoice": Kind("IV", "bill.typ", ("amount",)),
    "receipt": Kind("RC", "bill.typ", ("amount",)),
    "payment_record": Kind("PR", "payment_record.typ", ("totals", "amount")),
}

WORDED = ("ordered_at", "title", "content", "deliverable")
STATED = ("acceptance", "place", "rights_note", "confidentiality_note", "ai_use_note")
COUNTED = ("inspection_days", "payout_days", "legal_payment_days")
PART_WORDED = ("title", "deliver_on", "pay_on")
CHOICES = {
    "rights": RIGHTS,
    "confidentiality": CONFIDENTIALITY,
    "ai_use": AI_USE,
    "invoice_mode": INVOICE_MODES,
}
RATES = (
    *("consumption_tax", "fee_tiers", "fee_above_tiers", "fee_counts_from"),
    *("withholding_reason", "differences"),
)


def standing_terms(rules: Rules) -> dict[str, Any]:
    """The part of an order sheet that the rules of the market decide."""
    return {
        "payout_days": rules.payout_days,
        "legal_payment_days": rules.legal_payment_days,
        "consumption_tax": rules.consumption_tax,
        "fee_tiers": [list(tier) for tier in rules.fee_tiers],
        "fee_above_tiers": rules.fee_above_tiers,
        "fee_counts_from": rules.rates.fee_counts_from,
    }


def missing(sheet: Mapping[str, Any]) -> list[str]:
    """The legal items of CO1 that an order sheet lacks. Empty: it may be agreed."""
    found = [name for name in WORDED if not _worded(sheet.get(name))]
    found += [name for name in STATED if not isinstance(sheet.get(name), str)]
    found += [name for name in COUNTED if not _positive(sheet.get(name))]
    found += [name for name, known in CHOICES.items() if sheet.get(name) not in known]
    found += [name for name in RATES if sheet.get(name) is None]
    found += [side for side in ("client", "worker") if not _party(sheet.get(side))]
    if not _whole(sheet.get("revision_rounds")):
        found.append("revision_rounds")
    return found + _missing_money(sheet)


def _missing_money(sheet: Mapping[str, Any]) -> list[str]:
    parts = sheet.get("milestones") or []
    if not parts:
        return ["milestones"]
    found = [name for name in PART_WORDED if not all(_worded(part.get(name)) for part in parts)]
    for name in SUMS:
        rows = [*parts, sheet.get("totals") or {}]
        if not all(_whole(row.get(name)) for row in rows):
            found.append(name)
    if "amount" not in found and not all(_positive(part["amount"]) for part in parts):
        found.append("amount")
    return found


def contradictions(sheet: OrderSheet) -> list[str]:
    """Sums and days of a complete order sheet that do not agree with each other (CO8)."""
    found = [
        name
        for name in SUMS
        if sheet["totals"][name] != sum(part[name] for part in sheet["milestones"])  # type: ignore[literal-required]  # SUMS are the keys of Totals
    ]
    latest = timedelta(days=sheet["legal_payment_days"])
    for part in sheet["milestones"]:
        if part["funds"] != part["amount"] - part["withholding"]:
            found.append("funds")
        if part["net"] != part["funds"] - part["fee"] - part["fee_tax"]:
            found.append("net")
        if date.fromisoformat(part["pay_on"]) - date.fromisoformat(part["deliver_on"]) > latest:
            found.append("pay_on")
    return list(dict.fromkeys(found))


def _worded(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _positive(value: object) -> bool:
    return _whole(value) and value != 0


def _party(side: Any) -> bool:
    return bool(side) and _worded(side.get("name")) and side.get("kind") in PARTY_KINDS
