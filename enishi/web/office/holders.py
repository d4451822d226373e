"""An account whose holder is not its owner by name: a treasurer looks, then confirms or refuses."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts.policy import has_grade
from enishi.payments.commands import holders
from enishi.payments.models import HolderCheck
from enishi.web.access import office_only
from enishi.web.forms import sent
from enishi.web.once import once

from .act_forms import RefusalForm
from .deciding import buttons, with_reason
from .fresh import freshly


@office_only()
@require_safe
def holder(request: HttpRequest, check_id: int) -> HttpResponse:
    """Both names, what the owner says, and who decided."""
    return _page(request, check_id, RefusalForm())


def _page(
    request: HttpRequest, check_id: int, form: RefusalForm, status: int = 200
) -> HttpResponse:
    rows = HolderCheck.objects.select_related("bank__account", "decided_by")
    found = get_object_or_404(rows, pk=check_id)
    is_mine = found.bank.account_id == request.user.pk
    is_treasurer = has_grade(request.user.office_grade, "treasurer")
    may = found.status == "waiting" and is_treasurer and not is_mine
    context = {"check": found, "form": form} | buttons(request, may=may)
    return render(request, "office/holder.html", context, status=status)


@office_only("treasurer")
@require_POST
@freshly
@once
def confirmation(request: HttpRequest, check_id: int) -> HttpResponse:
    """The holder is right: payouts go there."""
    holders.confirm(check_id, by=request.user, at=request.now)
    return redirect("office_holder", check_id)


@office_only("treasurer")
@require_POST
@freshly
@once
def refusal(request: HttpRequest, check_id: int) -> HttpResponse:
    """Nothing is sent there; the owner reads why."""
    form = RefusalForm(*sent(request))
    if with_reason(form, partial(holders.refuse, check_id, by=request.user, at=request.now)):
        return redirect("office_holder", check_id)
    return _page(request, check_id, form, status=422)
