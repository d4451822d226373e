"""One account on the office's desk; operators stop it or let it in again, saying why (PE4)."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts import commands
from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.contracts.models import Contract
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.office.calling import called
from enishi.office.models import Finding
from enishi.payments import queries as payments
from enishi.trust.signals import SIDES
from enishi.web.access import office_only
from enishi.web.forms import Form, Lines, sent
from enishi.web.trust.cards import cards

from .deciding import with_reason

SHOWN = 20
EVENTS = {
    "account.joined": _("Signed up"),
    "account.appointed": _("Appointed to the office"),
    "account.dismissed": _("No longer of the office"),
    "account.suspended": _("Suspended"),
    "account.restored": _("Let in again"),
    "account.closed": _("Closed"),
}


class StateForm(Form):
    reason = forms.CharField(
        label=_("Reason (the person reads it)"), max_length=1_000, widget=Lines
    )


@office_only()
@require_safe
def person(request: HttpRequest, account_id: int) -> HttpResponse:
    """What the office may know of an account: its state, its deals, what happened to it."""
    return _page(request, get_object_or_404(Account, pk=account_id), StateForm())


@office_only("operator")
@require_POST
def suspension(request: HttpRequest, account_id: int) -> HttpResponse:
    """Stop an account: its sessions end at once, its records and money claims stay."""
    return _act(request, account_id, commands.suspend)


@office_only("operator")
@require_POST
def restoration(request: HttpRequest, account_id: int) -> HttpResponse:
    return _act(request, account_id, commands.restore)


def _act(request: HttpRequest, account_id: int, verb: commands.StateVerb) -> HttpResponse:
    form = StateForm(*sent(request))
    if with_reason(form, partial(verb, account_id, by=request.user, at=request.now)):
        return redirect("office_person", account_id)
    return _page(request, get_object_or_404(Account, pk=account_id), form, status=422)


def _page(
    request: HttpRequest, account: Account, form: StateForm, status: int = 200
) -> HttpResponse:
    events = Event.objects.filter(subject_kind="account", subject_id=str(account.pk))
    context = {
        "account": account,
        "form": form,
        "may_act": has_grade(request.user.office_grade, "operator"),
        "may_move": has_grade(request.user.office_grade, "treasurer"),
        "payable": ledger.payable_of(account.pk),
        "owed": ledger.owed_by(account.pk),
        "is_held": payments.is_held(account.pk),
        "holds": payments.holds_of(account.pk, most=SHOWN),
        "deals": Contract.objects.seen_by(account).order_by("-id")[:SHOWN],
        "findings": Finding.objects.filter(people__contains=[account.pk]).order_by("-id")[:SHOWN],
        "called": called,
        "cards": cards([(account.pk, side) for side in _sides(account)], "case", at=request.now),
        "event_names": EVENTS,
        "events": events.order_by("-id")[:SHOWN],
    }
    return render(request, "office/person.html", context, status=status)


def _sides(account: Account) -> tuple[str, ...]:
    """People of the office deal with nobody."""
    return () if account.is_office else SIDES
