"""What an invoice and a receipt state (CO11), and under whose number an invoice is issued. Pure.

Money is whole yen, days are "YYYY-MM-DD" in Tokyo, times are ISO 8601 with their offset.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from enishi.kit import invoice_numbers
from enishi.kit.money import tax_inside

from .deductions import deductible_on
from .papers import INVOICE_MODES
from .slips import Slip

OWN, AGENT, UNREGISTERED = INVOICE_MODES


class Issuer(TypedDict):
    name: str
    registration_number: str  # "T" and 13 digits, or empty


class AtRate(TypedDict):
    """Everything on one invoice that is taxed alike."""

    rate: int  # hundredths of a percent
    amount: int  # tax included
    tax: int  # rounded once


class Share(TypedDict):
    """What the client may deduct of the tax although the worker is not registered."""

    rate: int
    until_on: str | None


class Invoice(Slip):
    """請求書: own number, issued by the market as agent, or without a number (区分記載)."""

    mode: str
    issuer: Issuer
    supplied_on: str
    by_rate: list[AtRate]
    amount: int
    tax: int
    withholding: int
    funds: int  # what is to be paid: A − W, which waited in escrow
    deduction: Share | None


class Receipt(Slip):
    """領収書: that the client's money came into escrow."""

    issuer: Issuer
    paid_at: str
    amount: int
    means: str  # empty: the provider did not say
    payment_id: int


def mode(number: str, *, is_by_agent: bool, operator_number: str) -> str:
    """The market issues in its own name only where both are registered and the worker said so."""
    if not number:
        return UNREGISTERED
    return AGENT if is_by_agent and operator_number else OWN


def by_rate(lines: Iterable[tuple[int, int]]) -> list[AtRate]:
    """Amounts with their rates, put together: the tax of each rate is rounded once."""
    sums: dict[int, int] = {}
    for amount, rate in lines:
        sums[rate] = sums.get(rate, 0) + amount
    return [
        {"rate": rate, "amount": amount, "tax": tax_inside(amount, rate)}
        for rate, amount in sorted(sums.items(), reverse=True)
    ]


def deduction(mode: str, day: date) -> Share | None:
    """For the notice on an invoice without a number."""
    if mode != UNREGISTERED:
        return None
    found = deductible_on(day)
    return {"rate": found.rate, "until_on": found.until.isoformat() if found.until else None}


def faults_of_invoice(body: Mapping[str, Any]) -> list[str]:
    found = [] if body["mode"] in INVOICE_MODES else ["mode"]
    number = body["issuer"]["registration_number"]
    is_right = number == "" if body["mode"] == UNREGISTERED else invoice_numbers.is_sound(number)
    if not is_right:
        found.append("issuer")
    rows = body["by_rate"]
    if rows != by_rate((row["amount"], row["rate"]) for row in rows):
        found.append("by_rate")
    found += [name for name in ("amount", "tax") if body[name] != sum(row[name] for row in rows)]
    if body["funds"] != body["amount"] - body["withholding"] or body["withholding"] < 0:
        found.append("funds")
    if body["deduction"] != deduction(body["mode"], date.fromisoformat(body["supplied_on"])):
        found.append("deduction")
    return found


def faults_of_receipt(body: Mapping[str, Any]) -> list[str]:
    found = [] if body["amount"] > 0 else ["amount"]
    return found + ([] if body["issuer"]["name"].strip() else ["issuer"])
