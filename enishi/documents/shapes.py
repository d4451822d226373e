"""Of each kind of paper but the order sheet: what it must state, and what makes it wrong. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from . import invoices, records, slips

BODIES: dict[str, Any] = {
    "delivery_note": slips.DeliveryNote,
    "inspection_record": slips.InspectionRecord,
    "payment_statement": slips.PaymentStatement,
    "invoice": invoices.Invoice,
    "receipt": invoices.Receipt,
    "payment_record": records.PaymentRecord,
}
FAULTS: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "delivery_note": slips.faults_of_delivery,
    "inspection_record": slips.faults_of_inspection,
    "payment_statement": slips.faults_of_payment,
    "invoice": invoices.faults_of_invoice,
    "receipt": invoices.faults_of_receipt,
    "payment_record": records.faults_of_record,
}


def faults(kind: str, body: Mapping[str, Any]) -> list[str]:
    """Items that are missing or do not agree with each other. Empty: it may be issued."""
    shape = BODIES[kind]
    missing = [
        name
        for name in shape.__annotations__
        if name in shape.__required_keys__ and name not in body
    ]
    return missing or FAULTS[kind](body)
