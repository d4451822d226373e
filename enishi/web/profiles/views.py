"""Who people are: the page all may read, and the form in which one writes one's own side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from enishi.files.models import StoredFile
from enishi.kit.errors import Refused
from enishi.profiles import commands, policy, queries
from enishi.profiles.completeness import queries as completeness
from enishi.profiles.models import ClientProfile, WorkerProfile
from enishi.profiles.names import queries as names
from enishi.profiles.packages import queries as packages
from enishi.profiles.portfolio import queries as portfolio
from enishi.reviews import queries as reviews
from enishi.web.access import open_to_all, signed_in
from enishi.web.files.sending import show
from enishi.web.forms import refusal_on
from enishi.web.reviews import themes
from enishi.web.reviews.forms import ITEM_LABELS
from enishi.web.trust import cards

from . import shown, words
from .forms import ClientForm, WorkerForm
from .head import about
from .parts import lines

SHOWN_REVIEWS = 5
FORMS = {"worker": WorkerForm, "client": ClientForm}
PROFILES = {"worker": WorkerProfile, "client": ClientProfile}


@open_to_all
@require_safe
def person(request: HttpRequest, account_id: int) -> HttpResponse:
    viewer = request.user if request.user.is_authenticated else None
    found = queries.person(account_id, viewer=viewer)
    sides = cards.sides_of(account_id, at=request.now)
    context = {
        "person": found,
        "about": about(request, found),
        "has_double": names.has_double(account_id, found.name),
        "parts": _parts(request, found),
        "lines": lines(completeness.facts(account_id)) if found.is_self and found.worker else [],
        "labels": ITEM_LABELS,
        "checked": dict(sides["worker"].checked),
        "team": cards.team_of(account_id) if _is_business(found) else "",
        "rank": (sides["worker"].rank or "unranked") if found.worker else "",
        "trust": {side: cards.rows(account_id, sides[side], "profile") for side in sides},
        "rating_of": {
            side: {
                "summary": reviews.summary(account_id, side),
                "page": reviews.recent(account_id, side, size=SHOWN_REVIEWS),
                "themes": themes.lines(account_id, side),
            }
            for side in ("worker", "client")
        },
    }
    return render(request, "profiles/person.html", context)


def _is_business(found: queries.Person) -> bool:
    return found.client is not None and policy.is_business(found.client.kind)


def _parts(request: HttpRequest, found: queries.Person) -> dict[str, Any]:
    """What stands beside the introduction."""
    own = found.id
    offers = packages.offered(own)
    return {
        "skills": words.skill_names(found.worker.skills) if found.worker else [],
        "orders": list(filter(None, map(words.category_name, found.client.orders)))
        if found.client
        else [],
        "working": _working(found.worker) if found.worker else [],
        "pieces": shown.pieces(portfolio.pieces(own)),
        "packages": [(one, words.kind_name(one.subcategory)) for one in offers],
        "experience": shown.experience(own),
        "credentials": shown.credentials(own),
        "languages": shown.languages(own),
        "weeks": shown.weeks(own, at=request.now),
        "rates": shown.rates(own),
    }


@open_to_all
@require_safe
def image(request: HttpRequest, account_id: int, image_id: UUID) -> HttpResponse:
    """The picture of a person whose page is open, or of their portfolio, and no other file."""
    queries.person(account_id, viewer=None)
    is_theirs = queries.shows_image(account_id, image_id)
    if not is_theirs and not portfolio.shows_image(account_id, image_id):
        raise Http404
    return show(request, get_object_or_404(StoredFile, pk=image_id))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own side as worker or as client; the present role's side comes first."""
    side = request.GET.get("as", "")
    side = side if side in FORMS else request.user.role
    present = PROFILES[side].objects.filter(pk=request.user.pk).first()
    if request.method != "POST":
        form = FORMS[side](initial=_initial(side, present))
        return _form(request, side, form, present)
    form = FORMS[side](request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, side, form, present, status=422)
    write = commands.present_worker if side == "worker" else commands.present_client
    try:
        write(by=request.user, at=request.now, **form.cleaned_data)
    except Refused as refused:  # answered here, because a redirect would lose what was typed
        refusal_on(form, refused, {"profile.has_members": "kind"})
        return _form(request, side, form, present, status=422)
    messages.success(request, _("Your profile is saved. This is how others see it."))
    return redirect("person", request.user.pk)


def _form(
    request: HttpRequest,
    side: str,
    form: WorkerForm | ClientForm,
    present: WorkerProfile | ClientProfile | None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "side": side,
        "image_id": present.image_id if present else None,
        "skills_most": policy.SKILLS_MOST,
    }
    return render(request, f"profiles/{side}_form.html", context, status=status)


def _initial(side: str, present: WorkerProfile | ClientProfile | None) -> dict[str, Any]:
    if present is None:
        return {"payee_kind": "individual", "address_shown": "full"}
    names = [name for name in FORMS[side].base_fields if name not in ("image", "drop_image")]
    return {name: getattr(present, name) for name in names}


def _working(side: queries.WorkerSide) -> list[tuple[str, str]]:
    """Hours, capacity and rates: those that are stated."""
    hours = side.weekly_hours
    rows = [
        (_("Working times"), side.hours),
        (_("Hours a week"), ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours})
        if hours
        else ("", ""),
        (_("Rates as a guide"), side.rate_guide),
    ]
    return [row for row in rows if row[1]]
