"""Payments as a bookkeeper enters them, from the statements and invoices that were issued. Pure.

Accounts bear the names that Japanese programs give them; prices are booked with their tax inside.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from enishi.kit.days import day_of

WHOLE = 10_000  # hundredths of a percent: all of the tax may be deducted
SALES, FEES, OWNER = "売上高", "支払手数料", "事業主貸"
RECEIVABLE, PAYABLE = "売掛金", "未払金"
OUTSOURCING, PREPAID, HELD = "外注費", "前払金", "預り金"


@dataclass(frozen=True, slots=True)
class Payment:
    """One accepted milestone as one side books it."""

    day: date
    number: str  # of the payment statement
    side: str  # client | worker
    other: str
    title: str
    rate: int  # of consumption tax
    deductible: int  # what the client may deduct of it
    mode: str  # of the invoice; empty: none was issued
    registration_number: str
    amount: int
    tax: int
    fee: int
    fee_tax: int
    withholding: int
    net: int
    funds: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal. `taxed` says which side carries the tax: debit, credit or neither."""

    payment: Payment
    debit: str
    credit: str
    amount: int
    tax: int = 0
    taxed: str = ""


def payments(
    statements: Iterable[tuple[str, Mapping[str, Any]]],
    invoices: Iterable[Mapping[str, Any]],
    reader_id: int,
) -> Iterator[Payment]:
    """Statements with their numbers, and what their invoices say, as the reader books them."""
    billed = {_part(invoice): invoice for invoice in invoices}
    for number, facts in statements:
        yield _payment(number, facts, billed.get(_part(facts)), reader_id)


def _part(facts: Mapping[str, Any]) -> tuple[int, int]:
    return facts["contract_id"], facts["milestone"]


def _payment(
    number: str, facts: Mapping[str, Any], invoice: Mapping[str, Any] | None, reader_id: int
) -> Payment:
    is_client = facts["client"]["account_id"] == reader_id
    deduction = invoice["deduction"] if invoice else None
    sums = ("amount", "tax", "fee", "fee_tax", "withholding", "net", "funds")
    return Payment(
        day=day_of(datetime.fromisoformat(facts["accepted_at"])),
        number=number,
        side="client" if is_client else "worker",
        other=facts["worker" if is_client else "client"]["name"],
        title=f"{facts['title']} {facts['milestone']}. {facts['milestone_title']}",
        rate=invoice["by_rate"][0]["rate"] if invoice else 1_000,
        deductible=deduction["rate"] if deduction else WHOLE,
        mode=invoice["mode"] if invoice else "",
        registration_number=invoice["issuer"]["registration_number"] if invoice else "",
        **{name: facts[name] for name in sums},
    )


def entries(payment: Payment) -> list[Entry]:
    """Worker: sale, fee with its tax, what was withheld. Client: cost, what is withheld and owed to
    the tax office, and what the escrow paid."""
    one = payment
    if one.side == "worker":
        found = [
            Entry(one, RECEIVABLE, SALES, one.amount, one.tax, "credit"),
            Entry(one, FEES, RECEIVABLE, one.fee + one.fee_tax, one.fee_tax, "debit"),
            Entry(one, OWNER, RECEIVABLE, one.withholding),
        ]
    else:
        found = [
            Entry(one, OUTSOURCING, PAYABLE, one.amount, one.tax, "debit"),
            Entry(one, PAYABLE, HELD, one.withholding),
            Entry(one, PAYABLE, PREPAID, one.funds),
        ]
    return [entry for entry in found if entry.amount]
