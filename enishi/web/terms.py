"""The words for the items of a post or an offer, and for the choices made in them."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

ITEMS: Words = {
    "title": _("Title"),
    "content": _("What to do"),
    "deliverable": _("What to deliver"),
    "acceptance": _("When a delivery is accepted"),
    "place": _("Place of work"),
    "amount": _("Price"),
    "deliver_on": _("Delivery date"),
    "milestones": _("Milestones"),
    "inspection_days": _("Days for inspection"),
    "revision_rounds": _("Rounds of revision in the price"),
    "rights": _("Rights"),
    "rights_note": _("About the rights"),
    "confidentiality": _("Confidentiality"),
    "confidentiality_note": _("About confidentiality"),
    "ai_use": _("Use of AI"),
    "ai_use_note": _("About the use of AI"),
}
PAPERS: Words = {
    "order_sheet": _("Order sheet"),
    "delivery_note": _("Delivery note"),
    "inspection_record": _("Inspection record"),
    "payment_statement": _("Payment statement"),
    "invoice": _("Invoice"),
    "receipt": _("Receipt"),
    "payment_record": _("Payment record"),
}
CHOICES: dict[str, Words] = {
    "rights": {
        "transfer": _("The copyright passes to the client with the payment"),
        "licence": _("The worker keeps the copyright and licenses the use"),
    },
    "confidentiality": {
        "none": _("Nothing in particular"),
        "work": _("What is learnt in the work is kept secret"),
        "strict": _("That the work exists is kept secret as well"),
    },
    "ai_use": {
        "free": _("May be used freely"),
        "ask": _("May be used when told beforehand"),
        "forbidden": _("May not be used"),
    },
    "invoice_mode": {
        "own": _("The worker issues a qualified invoice under their own number"),
        "agent": _("The operator issues a qualified invoice in its own name for the worker"),
        "unregistered": _("The worker is not registered: an invoice without a number is issued"),
    },
}

# Why income tax is withheld, or is not (CO10).
WITHHOLDING: Words = {
    "named": _("Withheld: the law names this kind of pay, and the client pays salaries too"),
    "payer_without_payroll": _("Not withheld: the client pays no salaries"),
    "payee_company": _("Not withheld: the worker is paid as a company"),
    "kind_not_named": _("Not withheld: the law does not name this kind of work"),
}


def choices(item: str) -> list[tuple[str, str | Promise]]:
    """The choices of an item, for a form field."""
    return list(CHOICES[item].items())


def item_name(item: str) -> str:
    return str(ITEMS.get(item, item))


def term_words(item: str, value: Any) -> str:
    """A value as a reader should see it: a chosen code in words, nothing as a dash."""
    return str(CHOICES.get(item, {}).get(value, value) or "—")
