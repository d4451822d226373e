"""Files for the bank: what is due, a new file, one file with its rows, its download and the bank's
answer. Only treasurers hold a file in their hands, and with a second factor shown just now."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.accounts.policy import has_grade
from enishi.kit.errors import Refused
from enishi.office import batches as office
from enishi.payments import connection, numbers
from enishi.payments.commands import batching
from enishi.payments.models import PayoutBatch
from enishi.web.access import office_only
from enishi.web.fields import DayField
from enishi.web.forms import Form, Lines, refusal_on, sent
from enishi.web.once import once
from enishi.web.payments.reasons import REASONS

from .deciding import buttons
from .fresh import freshly

SHOWN = 50
ROWS = 200
LARGEST = 4 * 1024 * 1024  # bytes of an answer; the largest file has a third of it
DAY = "transfer_on"
BOXES = {"batch.no_transfer_day": DAY, "batch.too_late": DAY}


class BatchForm(Form):
    use_required_attribute = False

    transfer_on = DayField(label=gettext_lazy("Transfer day"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=1_000, widget=Lines)


class AnswerForm(Form):
    use_required_attribute = False

    answer = forms.FileField(label=gettext_lazy("The bank's answer"), allow_empty_file=True)


def _is_treasurer(request: HttpRequest) -> bool:
    return has_grade(request.user.office_grade, "treasurer")


@office_only()
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """Every file by newest, and what the next one would hold."""
    rows = PayoutBatch.objects.defer("sealed").select_related("made_by").order_by("-id")
    first = office.first_day(at=request.now)
    context = {
        "batches": rows[:SHOWN],
        "plan": office.plan(at=request.now, transfer_on=first),
        "is_by_file": connection.is_by_file(),
        "may_act": _is_treasurer(request),
    }
    return render(request, "office/batches.html", context)


@office_only("treasurer")
@require_http_methods(["GET", "HEAD", "POST"])
@freshly
@once
def make(request: HttpRequest) -> HttpResponse:
    """A file with everything that is due; nothing leaves before another treasurer approves it."""
    first = office.first_day(at=request.now)
    initial = {DAY: first, "reason": _("What is due to workers.")}
    form = BatchForm(*sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            act = office.make(by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused, BOXES)
        else:
            return redirect("office_act", act.pk)
    day = form.cleaned_data.get(DAY, first) if form.is_bound else first
    context = {
        "form": form,
        "plan": office.plan(at=request.now, transfer_on=day),
        "shown": ROWS,
        "is_by_file": connection.is_by_file(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "office/batch_new.html", context, status=status)


@office_only()
@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One file: who is paid how much, who decided it, what the bank said. No number of an account
    but its last four digits."""
    return _page(request, batch_id, AnswerForm())


def _page(request: HttpRequest, batch_id: int, form: Form, status: int = 200) -> HttpResponse:
    found = get_object_or_404(PayoutBatch.objects.defer("sealed"), pk=batch_id)
    may = _is_treasurer(request) and found.status in ("sent", "settled")
    rows = found.payouts.select_related("account", "bank").order_by("id")
    context: dict[str, Any] = {
        "batch": found,
        "act": office.act_of(found),
        "rows": rows[:ROWS],
        "reasons": REASONS,
        "more": max(found.count - ROWS, 0),
        "form": form,
    } | buttons(request, may=may)
    return render(request, "office/batch.html", context, status=status)


@office_only("treasurer")
@require_safe
@freshly
def file(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The file itself, once two treasurers agreed; to be saved, never shown or kept on the way."""
    found = get_object_or_404(PayoutBatch, pk=batch_id, status__in=("sent", "settled"))
    content = numbers.unseal_file(found.sealed)
    response = HttpResponse(content, content_type="application/octet-stream")
    name = f"furikomi-{found.transfer_on:%Y%m%d}-{found.pk}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@office_only("treasurer")
@require_POST
@freshly
@once
def answer(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The bank's answer is read and booked whole, or not at all."""
    form = AnswerForm(*sent(request, files=True))
    if form.is_valid():
        try:
            booked = batching.settle(
                batch_id, _content(form.cleaned_data["answer"]), by=request.user, at=request.now
            )
        except Refused as refused:
            refusal_on(form, refused, dict.fromkeys([refused.code], "answer"))
        else:
            _say(request, booked)
            return redirect("office_batch", batch_id)
    return _page(request, batch_id, form, status=422)


def _content(upload: Any) -> bytes:
    """Nothing of a file that is far too large to be an answer: then it has no shape."""
    return upload.read() if upload.is_kept and upload.size <= LARGEST else b""


def _say(request: HttpRequest, booked: batching.Booked) -> None:
    if booked == batching.Booked(0, 0):
        messages.info(request, _("This answer was booked before. Nothing was changed."))
        return
    said = _("Booked: %(paid)s arrived, %(failed)s were not taken by a bank.")
    messages.success(request, said % {"paid": booked.paid, "failed": booked.failed})
