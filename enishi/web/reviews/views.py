"""Rating the other side of a finished contract, answering a rating, reading them all."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enishi.kit.errors import Refused
from enishi.profiles import queries as profiles
from enishi.reviews import commands, listing, policy, queries
from enishi.web.access import open_to_all, signed_in
from enishi.web.forms import refusal_on

from . import filtering, ordering, themes
from .forms import ITEM_LABELS, ReplyForm, ReviewForm


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The form while one may still rate; afterwards, what has been said."""
    state = queries.of_contract(contract_id, viewer=request.user, at=request.now)
    rated = policy.other_side(state.side)
    kind = {"side": rated, "asks_closing": state.asks_closing}
    if request.method != "POST":
        return _review(request, state, ReviewForm(**kind))
    form = ReviewForm(request.POST, **kind)
    if not form.is_valid():
        return _review(request, state, form, status=422)
    try:
        commands.write(contract_id, by=request.user, at=request.now, **form.answers)
    except Refused as refused:
        if not state.can_write:
            raise
        refusal_on(form, refused)
        return _review(request, state, form, status=422)
    if state.is_alone:
        messages.success(request, _("Your review has appeared."))
    else:
        messages.success(request, _("Your review is kept. It appears when both have written."))
    return redirect("review", contract_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, review_id: int) -> HttpResponse:
    line = queries.to_reply(review_id, viewer=request.user)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"line": line, "form": form, "labels": ITEM_LABELS[line.side]}
        return render(request, "reviews/reply.html", context, status=status)
    commands.reply(review_id, by=request.user, at=request.now, text=form.cleaned_data["text"])
    messages.success(request, _("Your reply appears under the review."))
    return redirect("review", line.contract_id)


@open_to_all
@require_safe
def person_reviews(request: HttpRequest, account_id: int) -> HttpResponse:
    """Published reviews of a person on one side, newest first: all, or those that are asked for."""
    shown = profiles.person(account_id, viewer=None)
    side = "client" if request.GET.get("as") == "client" else "worker"
    asked = {name: request.GET.get(name, "") for name in ("stars", "low", "theme", "tone")}
    sieve = listing.asked(account_id, side, **asked)
    page = queries.recent(
        account_id,
        side,
        size=settings.RULES.page_size,
        before=request.GET.get("before", ""),
        sieve=sieve,
    )
    context = {
        "person": shown,
        "side": side,
        "summary": queries.summary(account_id, side),
        "themes": themes.lines(account_id, side),
        "page": page,
        "filters": filtering.groups(side, sieve),
        "chips": filtering.chips(account_id, side, sieve),
        "sieve": sieve,
        "older": filtering.address(account_id, side, sieve, before=page.older),
        "labels": ITEM_LABELS[side],
        "is_mine": request.user.pk == account_id,
    }
    return render(request, "reviews/person_reviews.html", context)


def _review(
    request: HttpRequest, state: queries.ContractReviews, form: ReviewForm, status: int = 200
) -> HttpResponse:
    context = {"state": state, "form": form, "labels": ITEM_LABELS}
    context["again"] = ordering.again(state)
    return render(request, "reviews/review.html", context, status=status)
