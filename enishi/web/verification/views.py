"""A person sees what is checked about them, hands in documents, makes the pledge."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.kit.errors import Refused
from enishi.verification import policy, queries, texting
from enishi.verification.commands import asking
from enishi.verification.models import Verification
from enishi.web.access import signed_in
from enishi.web.forms import refusal_on, sent
from enishi.web.legal.texts import TEXTS
from enishi.web.once import once

from .forms import DocumentForm, PledgeForm
from .words import ABOUT, ICONS, KINDS, PAPERS

A_YEAR = 365  # days
BOXES = {
    "verification.paper_never": "paper",
    "verification.paper_unknown": "paper",
    "verification.title_missing": "title",
    "verification.title_too_long": "title",
    "verification.number_wrong": "number",
    **{
        f"document.{code}": "files"
        for code in (
            *("none", "too_large", "not_a_picture", "locked"),
            *("too_many_pixels", "unreadable", "too_many_pages"),
        )
    },
}


def pledge_version() -> str:
    return TEXTS["pledge"].version.isoformat()


@signed_in
@require_safe
def verifications(request: HttpRequest) -> HttpResponse:
    """Every kind: what it is, where it stands, what comes next."""
    return _overview(request, PledgeForm())


def _overview(request: HttpRequest, form: PledgeForm, status: int = 200) -> HttpResponse:
    mine = queries.of_account(request.user)
    context = {
        "form": form,
        "rows": [_row(kind, mine) for kind in KINDS],
        "has_messages": texting.is_there(),
        "now": request.now,
        "pledge": TEXTS["pledge"],
    }
    return render(request, "verification/verifications.html", context, status=status)


def _row(kind: str, mine: list[Verification]) -> dict[str, Any]:
    """The latest of this kind, and the one that stands; of qualifications all that count."""
    own = [one for one in mine if one.kind == kind]
    counting = [one for one in own if one.status != "retracted"]
    rules = settings.RULES
    numbers = {
        "kept": rules.document_kept_days,
        "years": rules.verification_valid_days // A_YEAR,
    }
    about = ABOUT[kind]
    return {
        "kind": kind,
        "name": KINDS[kind],
        "icon": ICONS[kind],
        "what": str(about.what),
        "brings": str(about.brings),
        "keeps": str(about.keeps) % numbers,
        "latest": counting[0] if counting else None,
        "standing": next((one for one in own if one.status == "approved"), None),
        "all": _of_each_name(counting) if kind == "qualification" else counting[:1],
    }


def _of_each_name(rows: list[Verification]) -> list[Verification]:
    """The newest of each qualification."""
    found: dict[str, Verification] = {}
    for one in rows:
        found.setdefault(one.title, one)
    return list(found.values())


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@once
def documents(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand in documents for one kind; what is wrong is said, and the other boxes stay."""
    if kind not in policy.BY_DOCUMENT:
        raise Http404
    named = {"title": request.GET.get("title", "")[: policy.TITLE_LENGTH]}
    form = DocumentForm(kind, *sent(request, files=True), initial=named)
    if request.method == "POST" and form.is_valid():
        try:
            asking.submit(kind, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused, BOXES)
        else:
            messages.success(request, _("The office has your documents, sealed, and decides."))
            return redirect("verifications")
    context = {
        "form": form,
        "kind": kind,
        "name": KINDS[kind],
        "about": ABOUT[kind],
        "megabytes": settings.RULES.document_megabytes,
        "never": [PAPERS[one] for one in policy.NEVER_SENT],
    }
    status = 422 if form.is_bound else 200
    return render(request, "verification/documents.html", context, status=status)


@signed_in
@require_POST
@once
def retraction(request: HttpRequest, verification_id: int) -> HttpResponse:
    """Take it back before it is decided: its pictures are erased at once."""
    asking.retract(verification_id, by=request.user, at=request.now)
    messages.success(request, _("It is taken back, and its pictures are erased."))
    return redirect("verifications")


@signed_in
@require_POST
@once
def pledge(request: HttpRequest) -> HttpResponse:
    form = PledgeForm(*sent(request))
    if not form.is_valid():
        return _overview(request, form, status=422)
    asking.pledge(by=request.user, at=request.now, version=pledge_version())
    messages.success(request, _("Your pledge is kept, with the version you read."))
    return redirect("verifications")
