"""How a worker's invoices are issued: own number, by the market as agent, or without a number."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from enishi.contracts.invoicing import issuing
from enishi.kit.errors import Refused
from enishi.profiles import commands, queries
from enishi.web.access import signed_in
from enishi.web.forms import Form, refusal_on, sent

BOXES = {"invoice.number_wrong": "number", "invoice.agent_needs_a_number": "number"}


class InvoiceForm(Form):
    use_required_attribute = False

    number = forms.CharField(label=_("Registration number"), max_length=40, required=False)
    is_by_agent = forms.BooleanField(
        label=_("Issue my invoices in the operator's name and under its number"), required=False
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invoice_registration(request: HttpRequest) -> HttpResponse:
    """What holds now, the form to change it, and what was said before."""
    said = queries.invoice_registrations(request.user.pk)
    start = {"number": said[0].number, "is_by_agent": said[0].is_by_agent} if said else None
    form = InvoiceForm(*sent(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            commands.register_invoices(by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused, BOXES)
        else:
            return redirect("invoice_registration")
    context = {
        "form": form,
        "said": said,
        "how": issuing(request.user.pk),
        "operator": settings.OPERATOR,
    }
    status = 422 if form.is_bound else 200
    return render(request, "profiles/invoicing.html", context, status=status)
