"""How the worker's invoices would be issued, said before anyone agrees (CO11)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from enishi.contracts.invoicing import Issuing, issuing
from enishi.documents.deductions import deductible_on
from enishi.documents.invoices import UNREGISTERED
from enishi.web import formats, terms
from enishi.web.jinja import language


@dataclass(frozen=True, slots=True)
class Words:
    """What the sheet says, and what it means for the client."""

    says: str
    note: str


def words(worker_id: int, *, today: date) -> Words:
    how = issuing(worker_id)
    return Words(terms.term_words("invoice_mode", how.mode), _note(how, today))


def _note(how: Issuing, today: date) -> str:
    if how.mode != UNREGISTERED:
        return _("Number on the invoice: %(number)s") % {"number": how.number}
    found = deductible_on(today)
    if found.until is None:
        return _("The client cannot deduct the consumption tax in this price.")
    facts = {
        "share": formats.percent(found.rate / 10_000),
        "day": formats.ymd(found.until, language()),
    }
    return (
        _("For work accepted until %(day)s, clients who file the tax deduct %(share)s of it.")
        % facts
    )
