"""Reports about retaliation and extortion: the evidence from the record, and the decision."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts.policy import has_grade
from enishi.kit.errors import Refused
from enishi.reviews.policy import other_side
from enishi.safety import commands, queries
from enishi.safety.models import Report
from enishi.trust.kept import Key
from enishi.web.access import office_only
from enishi.web.forms import Form, Lines, refusal_on, sent
from enishi.web.once import once
from enishi.web.reviews.forms import ITEM_LABELS
from enishi.web.safety.forms import KINDS
from enishi.web.trust.cards import cards

from .reviews import EFFECTS

VERDICTS = [
    ("uphold", _("The record bears it out")),
    ("dismiss", _("The record does not bear it out; nothing follows")),
]
STAYS = ("", _("The review stays as it is"))


class DecisionForm(Form):
    verdict = forms.ChoiceField(
        label=_("Does the record bear it out?"), choices=VERDICTS, widget=forms.RadioSelect
    )
    effect = forms.ChoiceField(
        label=_("If it bears it out: the review"),
        choices=[STAYS, *((name, EFFECTS[name]) for name in ("hidden", "out"))],
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason (both sides read it)"), max_length=1_000, widget=Lines)

    def __init__(self, *args: Any, has_review: bool) -> None:
        """Where no review is in question, none is hidden or taken out."""
        super().__init__(*args)
        if not has_review:
            del self.fields["effect"]


@office_only()
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Open reports by due time, then the decided ones."""
    context = {
        "open": queries.open_reports(reader=request.user),
        "over": queries.decided_reports(reader=request.user),
        "kinds": KINDS,
    }
    return render(request, "office/reports.html", context)


@office_only()
@require_safe
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report with its evidence."""
    return _page(request, report_id, None)


@office_only("operator")
@require_POST
@once
def decision(request: HttpRequest, report_id: int) -> HttpResponse:
    """Upheld or dismissed, with the reason that both sides read."""
    found = queries.for_office(report_id, reader=request.user)
    has_review = queries.review_in_question(found) is not None
    form = DecisionForm(*sent(request), has_review=has_review)
    if form.is_valid():
        try:
            _decide(request, report_id, form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("office_report", report_id)
    return _page(request, report_id, form, status=422)


def _decide(request: HttpRequest, report_id: int, said: dict[str, Any]) -> None:
    act = {"by": request.user, "at": request.now, "reason": said["reason"]}
    if said["verdict"] == "uphold":
        commands.uphold(report_id, **act, effect=said.get("effect", ""))
    else:
        commands.dismiss(report_id, **act)


def _page(
    request: HttpRequest, report_id: int, form: DecisionForm | None, status: int = 200
) -> HttpResponse:
    found = queries.for_office(report_id, reader=request.user)
    is_operator = has_grade(request.user.office_grade, "operator")
    in_question = queries.review_in_question(found)
    context = {
        "report": found,
        "kind": KINDS[found.kind],
        "evidence": queries.evidence(found),
        "in_question": in_question,
        "cards": cards(_sides(found), "case", at=request.now),
        "labels": ITEM_LABELS,
        "form": form or DecisionForm(has_review=in_question is not None),
        "may_act": is_operator and found.status == "open",
    }
    return render(request, "office/report.html", context, status=status)


def _sides(found: Report) -> list[Key]:
    """Whom it is about, and who reported; on the sides of their contract, if there is one."""
    side = found.about.role
    if found.contract:
        side = "client" if found.contract.client_id == found.about_id else "worker"
    return [(found.about_id, side), (found.by_id, other_side(side))]
