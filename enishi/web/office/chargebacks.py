"""A payment that a bank took back, on the office's desk: the record and the market's side."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from enishi.accounts.policy import has_grade
from enishi.contracts.models import Milestone
from enishi.kit.errors import Refused
from enishi.office import evidence
from enishi.payments.commands import chargebacks
from enishi.payments.models import Chargeback
from enishi.web.access import office_only
from enishi.web.forms import Form, Lines, refusal_on, sent
from enishi.web.once import once
from enishi.web.payments.reasons import COMPLAINTS


class AnswerForm(Form):
    use_required_attribute = False

    text = forms.CharField(
        label=_("The market's side, as the bank will read it"), max_length=20_000, widget=Lines
    )


@office_only()
@require_http_methods(["GET", "HEAD", "POST"])
@once
def chargeback(request: HttpRequest, chargeback_id: int) -> HttpResponse:
    """What happened, what is owed; treasurers tell the bank the market's side, once."""
    rows = Chargeback.objects.select_related("payment__payer")
    found = get_object_or_404(rows, pk=chargeback_id)
    may_act = has_grade(request.user.office_grade, "treasurer")
    form = AnswerForm(*sent(request), initial={"text": evidence.text(found)})
    if request.method == "POST" and may_act and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            chargebacks.answer(found.pk, by=request.user, at=request.now, text=text)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("office_chargeback", found.pk)
    context = {
        "chargeback": found,
        "complaints": COMPLAINTS,
        "form": form,
        "may_act": may_act,
        "deal": _deal(found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "office/chargeback.html", context, status=status)


def _deal(found: Chargeback) -> int | None:
    """The contract that was paid for."""
    if found.payment.purpose_kind != "milestone":
        return None
    rows = Milestone.objects.filter(pk=found.payment.purpose_id)
    return rows.values_list("contract_id", flat=True).first()
