"""What a client paid to each worker in one year, and withheld (支払調書). Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypedDict

from .papers import Party


class Sums(TypedDict):
    payments: int  # how many
    amount: int  # tax included
    tax: int
    withholding: int


class PaidTo(Sums):
    worker: Party


class PaymentRecord(TypedDict):
    """支払記録: a payment counts in the year of its acceptance, when it fell due."""

    version: Literal[1]
    year: int
    until_on: str
    is_whole: bool  # the year was over
    client: Party
    rows: list[PaidTo]
    totals: Sums


def paid_to(statements: Iterable[Mapping[str, Any]], client_id: int) -> list[PaidTo]:
    """The payment statements of one client put together by worker, the largest sum first. A worker
    is named as last."""
    rows: dict[int, PaidTo] = {}
    for statement in statements:
        if statement["client"]["account_id"] != client_id:
            continue
        worker = statement["worker"]
        row = rows.get(worker["account_id"]) or _nothing(worker)
        rows[worker["account_id"]] = {
            "worker": worker,
            "payments": row["payments"] + 1,
            "amount": row["amount"] + statement["amount"],
            "tax": row["tax"] + statement["tax"],
            "withholding": row["withholding"] + statement["withholding"],
        }
    return sorted(rows.values(), key=lambda row: (-row["amount"], row["worker"]["account_id"]))


def _nothing(worker: Party) -> PaidTo:
    return {"worker": worker, "payments": 0, "amount": 0, "tax": 0, "withholding": 0}


def totals(rows: Iterable[PaidTo]) -> Sums:
    found = list(rows)
    return {
        "payments": sum(row["payments"] for row in found),
        "amount": sum(row["amount"] for row in found),
        "tax": sum(row["tax"] for row in found),
        "withholding": sum(row["withholding"] for row in found),
    }


def faults_of_record(body: Mapping[str, Any]) -> list[str]:
    found = [] if body["rows"] else ["rows"]
    if body["totals"] != totals(body["rows"]):
        found.append("totals")
    last = date(body["year"], 12, 31).isoformat()
    if body["until_on"] > last or (body["is_whole"] and body["until_on"] != last):
        found.append("until_on")
    return found
