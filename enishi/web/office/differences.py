"""Our books against the provider's: the runs, each difference with its evidence."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.office import reconciling
from enishi.office.models import Difference, Reconciliation
from enishi.payments.provider import Declined, Unavailable
from enishi.web.access import office_only

from .difference_words import ADVICE, DIFFERENCES, MOVEMENTS

SHOWN = 50


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
        "name": DIFFERENCES[found.kind],
        "advice": ADVICE[found.kind],
        "movement": MOVEMENTS.get(found.movement, found.movement),
        "people": people,
        "may_act": has_grade(request.user.office_grade, "treasurer"),
    }
    return render(request, "office/difference.html", context)
