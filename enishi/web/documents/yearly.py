"""What a client paid in a year: a page, a table to save, and a paper on demand."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enishi.contracts import queries as contracts
from enishi.contracts import yearly
from enishi.contracts.commands import recording
from enishi.documents import queries
from enishi.kit.days import day_of
from enishi.web.access import signed_in
from enishi.web.paging import whole

from . import sending

FIRST_YEAR = 2000


@signed_in
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """One year of payments, this one if none is named."""
    today, year = day_of(request.now), _year(request.GET.get("year", ""), request)
    found = yearly.record(request.user, year, at=request.now)
    first = queries.first_statement(request.user.pk) or today
    context = {
        "record": found,
        "remittances": contracts.remittances(request.user.pk, at=request.now),
        "until": date.fromisoformat(found["until_on"]),
        "years": range(today.year, first.year - 1, -1),
    }
    return render(request, "documents/payments.html", context)


@signed_in
@require_safe
def payments_table(request: HttpRequest) -> HttpResponse:
    """The same year for a spreadsheet."""
    year = _year(request.GET.get("year", ""), request)
    found = yearly.record(request.user, year, at=request.now)
    heads = [_("Worker"), _("Paid as"), _("Registration number"), _("Payments")]
    heads += [_("Amount (yen, tax included)"), _("Consumption tax"), _("Withholding tax")]
    rows = [
        [row["worker"]["name"], row["worker"]["kind"], row["worker"]["registration_number"]]
        + [row[name] for name in ("payments", "amount", "tax", "withholding")]
        for row in found["rows"]
    ]
    return sending.table([heads, *rows], name=f"payments-{year}.csv")


@signed_in
@require_POST
def payment_records(request: HttpRequest) -> HttpResponse:
    """Put the year on paper."""
    year = _year(request.POST.get("year", ""), request)
    paper = recording.record_year(year, by=request.user, at=request.now)
    return redirect("document", paper.pk)


def _year(typed: str, request: HttpRequest) -> int:
    """Anything but a year of the market means this one."""
    this, year = day_of(request.now).year, whole(typed)
    return year if year is not None and FIRST_YEAR <= year <= this else this
