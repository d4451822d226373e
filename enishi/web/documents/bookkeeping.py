"""Payments of a span of days for an accounting program, or for one's own spreadsheet."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from enishi.documents import bookkeeping as books
from enishi.documents import queries
from enishi.documents.bookkeeping import Payment
from enishi.documents.programs import PROGRAMS
from enishi.kit.cells import Cell
from enishi.kit.days import day_of
from enishi.web import terms
from enishi.web.access import signed_in
from enishi.web.fields import DayField
from enishi.web.forms import Form

from . import sending

DAYS_MOST = 366
CHOICES = (
    ("table", gettext_lazy("A plain table")),
    ("freee", gettext_lazy("freee")),
    ("moneyforward", gettext_lazy("Money Forward Cloud Accounting")),
    ("yayoi", gettext_lazy("Yayoi Accounting")),
)


class BooksForm(Form):
    use_required_attribute = False

    since = DayField(label=gettext_lazy("Accepted from"))
    until = DayField(label=gettext_lazy("Accepted until"))
    program = forms.ChoiceField(
        label=gettext_lazy("For which program"), choices=CHOICES, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        elif since and until and (until - since).days >= DAYS_MOST:
            self.add_error("until", _("Please choose one year at the most."))
        return given


@signed_in
@require_safe
def bookkeeping(request: HttpRequest) -> HttpResponse:
    """Which days, and for which program; last month to begin with."""
    last = day_of(request.now).replace(day=1) - timedelta(days=1)
    start = {"since": last.replace(day=1), "until": last, "program": "table"}
    return render(request, "documents/bookkeeping.html", {"form": BooksForm(initial=start)})


@signed_in
@require_safe
def bookkeeping_table(request: HttpRequest) -> HttpResponse:
    """The file itself; a question that is not understood comes back with what was typed."""
    form = BooksForm(request.GET)
    if not form.is_valid():
        return render(request, "documents/bookkeeping.html", {"form": form}, status=422)
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    payments = _payments(request.user.pk, since, until)
    name = f"{form.cleaned_data['program']}-{since:%Y%m%d}-{until:%Y%m%d}.csv"
    program = PROGRAMS.get(form.cleaned_data["program"])
    if program is None:
        return sending.table(_plain(payments), name=name)
    return sending.table(program.rows(payments), name=name, encoding=program.encoding)


def _payments(reader_id: int, since: date, until: date) -> Iterable[Payment]:
    invoices = (paper.facts for paper in queries.of_kind("invoice", reader_id, since, until))
    statements = (
        (paper.number, paper.facts)
        for paper in queries.of_kind("payment_statement", reader_id, since, until)
    )
    return books.payments(statements, invoices, reader_id)


def _plain(payments: Iterable[Payment]) -> list[list[Cell]]:
    heads: list[Cell] = [_("Day"), _("Number"), _("You were"), _("Other side"), _("Title")]
    heads += [_("Amount (yen, tax included)"), _("Consumption tax"), _("System fee")]
    heads += [_("Tax on the fee"), _("Withholding tax"), _("Worker receives"), _("Invoices")]
    heads += [_("Registration number"), _("Deductible share of the tax")]
    return [heads, *(_line(one) for one in payments)]


def _line(one: Payment) -> list[Cell]:
    """The fee is the worker's; the share of the tax is the client's."""
    is_client = one.side == "client"
    fees: list[Cell] = ["", "", one.withholding, ""] if is_client else []
    fees = fees or [one.fee, one.fee_tax, one.withholding, one.net]
    role = _("client") if is_client else _("worker")
    invoice = terms.term_words("invoice_mode", one.mode) if one.mode else ""
    share = f"{one.deductible // 100}%" if is_client and one.mode else ""
    words: list[Cell] = [one.day.isoformat(), one.number, role, one.other, one.title]
    return [*words, one.amount, one.tax, *fees, invoice, one.registration_number, share]
