"""Our books against the provider's: the runs, each difference with its evidence."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.office import reconciling
from enishi.office.models import Difference, Reconciliation
from enishi.payments.provider import Declined, Unavailable
from enishi.web import formats
from enishi.web.access import office_only
from enishi.web.jinja import language

from .difference_words import ADVICE, DIFFERENCES, MOVEMENTS

SHOWN = 50
LABELS = {
    "amount": gettext_lazy("Amount"),
    "fee": gettext_lazy("Fee"),
    "currency": gettext_lazy("Currency"),
    "source": gettext_lazy("Name there"),
    "account": gettext_lazy("To account"),
    "at": gettext_lazy("When"),
}


@office_only()
@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    """What is open, what was found before, and when the books were last held together."""
    rows = Difference.objects.order_by("due_at", "id")
    context = {
        "open": rows.filter(status="open")[:SHOWN],
        "over": rows.exclude(status="open").order_by("-ended_at", "-id")[:SHOWN],
        "runs": Reconciliation.objects.select_related("by").order_by("-id")[:10],
        "names": DIFFERENCES,
        "movements": MOVEMENTS,
        "may_act": has_grade(request.user.office_grade, "treasurer"),
    }
    return render(request, "office/differences.html", context)


@office_only("treasurer")
@require_POST
def reconcile(request: HttpRequest) -> HttpResponse:
    """Hold the books together now."""
    try:
        run = reconciling.reconcile(at=request.now, by=request.user)
    except (Unavailable, Declined):
        messages.error(request, _("The payment provider does not answer. Nothing was changed."))
    else:
        said = _("%(count)s movements compared, %(found)s differences.")
        messages.success(request, said % {"count": run.compared, "found": run.found})
    return redirect("office_differences")


@office_only()
@require_safe
def difference(request: HttpRequest, difference_id: int) -> HttpResponse:
    """One difference: what either side says, whom it hits, how it ended."""
    found = get_object_or_404(Difference, pk=difference_id)
    people = Account.objects.filter(pk__in=found.people).order_by("pk")
    context = {
        "difference": found,
        "ours": _said(found.ours),
        "theirs": _said(found.theirs),
        "name": DIFFERENCES[found.kind],
        "advice": ADVICE[found.kind],
        "movement": MOVEMENTS.get(found.movement, found.movement),
        "people": people,
        "may_act": has_grade(request.user.office_grade, "treasurer"),
    }
    return render(request, "office/difference.html", context)


def _said(facts: dict[str, Any]) -> list[tuple[str, Any]]:
    """What one side's books say, as rows; what they do not say is left out."""
    spoken = language()
    rows: list[tuple[str, Any]] = []
    for name, label in LABELS.items():
        value = facts.get(name)
        if value in (None, ""):
            continue
        if name in ("amount", "fee"):
            value = formats.yen(value, spoken)
        elif name == "at":
            value = formats.ymd_hm(datetime.fromisoformat(value), spoken)
        rows.append((str(label), value))
    return rows
