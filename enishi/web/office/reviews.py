"""Reviews on the office's desk: the notes written to it, and what is shown of a review."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts.policy import has_grade
from enishi.kit.errors import Refused
from enishi.office import reviews as desk
from enishi.reviews import ruling
from enishi.web.access import office_only
from enishi.web.forms import Form, Lines, refusal_on, sent
from enishi.web.once import once
from enishi.web.paging import keyset
from enishi.web.reviews.forms import ITEM_LABELS

EFFECTS = {
    "hidden": _("Hide the comment; the rating still counts"),
    "out": _("Take the review out of the scores"),
    "restored": _("Show it as it was written"),
}


class RulingForm(Form):
    effect = forms.ChoiceField(
        label=_("What is shown"), choices=list(EFFECTS.items()), widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Reason (both sides read it)"), max_length=1_000, widget=Lines)


@office_only()
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """What people wrote to the office with their reviews, the newest first."""
    found = desk.notes(reader=request.user, before=keyset(request))
    context = {
        "rows": found[: desk.PAGE],
        "older": found[desk.PAGE - 1].pk if len(found) > desk.PAGE else None,
        "is_first_page": keyset(request) is None,
    }
    return render(request, "office/reviews.html", context)


@office_only()
@require_safe
def review(request: HttpRequest, review_id: int) -> HttpResponse:
    """One review whole, with its note and what was decided about it."""
    return _page(request, review_id, RulingForm())


@office_only("operator")
@require_POST
@once
def decision(request: HttpRequest, review_id: int) -> HttpResponse:
    form = RulingForm(*sent(request))
    desk.review(review_id, reader=request.user)
    if form.is_valid():
        try:
            ruling.rule(review_id, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("office_review", review_id)
    return _page(request, review_id, form, status=422)


def _page(
    request: HttpRequest, review_id: int, form: RulingForm, status: int = 200
) -> HttpResponse:
    found = desk.review(review_id, reader=request.user)
    is_operator = has_grade(request.user.office_grade, "operator")
    context = {
        "review": found,
        "labels": ITEM_LABELS[found.side],
        "rulings": list(desk.rulings(review_id)),
        "effects": EFFECTS,
        "form": form,
        "may_act": is_operator and found.published_at is not None,
    }
    return render(request, "office/review.html", context, status=status)
