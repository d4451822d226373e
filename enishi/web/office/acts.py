"""Acts on money: a treasurer proposes, another approves or refuses, each with a second factor shown
in the last minutes (PE2)."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.accounts.policy import has_grade
from enishi.kit.errors import Refused
from enishi.office import commands
from enishi.office.models import MoneyAct
from enishi.web.access import office_only
from enishi.web.forms import refusal_on, sent
from enishi.web.once import once

from .act_forms import FORMS, RefusalForm
from .act_words import LEADS, NAMES, outcome, subject_of
from .deciding import buttons, with_reason
from .fresh import freshly


@office_only("treasurer")
@require_http_methods(["GET", "HEAD", "POST"])
@freshly
@once
def propose(request: HttpRequest, kind: str, subject_id: int) -> HttpResponse:
    """Ask for an act; nothing moves before another treasurer approves it."""
    if kind not in FORMS:
        raise Http404
    subject = subject_of(kind, subject_id)
    form = FORMS[kind](*sent(request))
    if request.method == "POST" and form.is_valid():
        words = {"reason": form.cleaned_data["reason"], "facts": form.facts()}
        try:
            act = commands.propose(kind, subject_id, by=request.user, at=request.now, **words)
        except Refused as refused:
            refusal_on(form, refused, {"milestone.part_out_of_range": "part"})
        else:
            return redirect("office_act", act.pk)
    context = {"form": form, "kind": kind, "subject": subject, "subject_id": subject_id}
    words = {"name": NAMES[kind], "lead": LEADS[kind]}
    status = 422 if form.is_bound else 200
    return render(request, "office/act_new.html", context | words, status=status)


@office_only()
@require_safe
def act(request: HttpRequest, act_id: int) -> HttpResponse:
    """One act: what it does, why, who proposed it, who decided."""
    return _page(request, act_id, RefusalForm())


def _page(request: HttpRequest, act_id: int, form: RefusalForm, status: int = 200) -> HttpResponse:
    rows = MoneyAct.objects.select_related("proposed_by", "decided_by")
    found = get_object_or_404(rows, pk=act_id)
    is_open = found.status == "proposed"
    is_mine = found.proposed_by_id == request.user.pk
    is_treasurer = has_grade(request.user.office_grade, "treasurer")
    context = {
        "act": found,
        "name": NAMES[found.kind],
        "lead": LEADS[found.kind],
        "subject": subject_of(found.kind, found.subject_id),
        "outcome": outcome(found),
        "form": form,
        "may_withdraw": is_open and is_mine,
    } | buttons(request, may=is_open and is_treasurer and not is_mine)
    return render(request, "office/act.html", context, status=status)


@office_only("treasurer")
@require_POST
@freshly
@once
def approval(request: HttpRequest, act_id: int) -> HttpResponse:
    """The second treasurer agrees, and it happens."""
    form = RefusalForm({"reason": "-"})
    form.is_valid()
    try:
        commands.approve(act_id, by=request.user, at=request.now)
    except Refused as refused:
        refusal_on(form, refused)
        return _page(request, act_id, form, status=422)
    return redirect("office_act", act_id)


@office_only("treasurer")
@require_POST
@freshly
@once
def refusal(request: HttpRequest, act_id: int) -> HttpResponse:
    """The second treasurer does not agree, and says why."""
    form = RefusalForm(*sent(request))
    if with_reason(form, partial(commands.refuse, act_id, by=request.user, at=request.now)):
        return redirect("office_act", act_id)
    return _page(request, act_id, form, status=422)


@office_only("treasurer")
@require_POST
@once
def withdrawal(request: HttpRequest, act_id: int) -> HttpResponse:
    """Whoever proposed it takes it back."""
    commands.withdraw(act_id, by=request.user, at=request.now)
    return redirect("office_act", act_id)
