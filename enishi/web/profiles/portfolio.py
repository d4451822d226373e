"""The portfolio: a piece as all may read it, and the forms in which its owner writes it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.files.models import StoredFile
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles import queries as profiles
from enishi.profiles.models import Piece
from enishi.profiles.portfolio import commands, policy, queries
from enishi.web.access import open_to_all, signed_in
from enishi.web.files.sending import show
from enishi.web.forms import refusal_on
from enishi.web.middleware import say

from . import words
from .head import about
from .piece_form import NUMBERS, PieceForm, initial, with_kept

REFUSED_AT = {"piece.link_wrong": "link", "piece.image_gone": "image_1"}


@open_to_all
@require_safe
def piece(request: HttpRequest, account_id: int, piece_id: int) -> HttpResponse:
    viewer = request.user if request.user.is_authenticated else None
    person = profiles.person(account_id, viewer=viewer)
    shown = Piece.objects.get(pk=piece_id, account_id=account_id)
    images = queries.images([shown.pk]).get(shown.pk, [])
    context = {
        "person": person,
        "piece": shown,
        "images": images,
        "skills": words.skill_names(shown.skills),
        "category": words.category_name(shown.category),
        "years": words.years(shown),
        "host": policy.host(shown.link) if shown.link else None,
        "about": about(request, person, title=shown.title, text=shown.text),
    }
    return render(request, "profiles/piece.html", context)


@signed_in
@require_safe
def kept_image(request: HttpRequest, image_id: UUID) -> HttpResponse:
    """A picture of one's own that waits for its form; no browser keeps it past the session."""
    if image_id not in queries.kept(request.user.pk, [image_id]):
        raise Http404
    response = show(request, get_object_or_404(StoredFile, pk=image_id))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def piece_new(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def piece_edit(request: HttpRequest, piece_id: int) -> HttpResponse:
    return _form_page(request, Piece.objects.get(pk=piece_id, account=request.user))


@signed_in
@require_POST
def piece_removal(request: HttpRequest, piece_id: int) -> HttpResponse:
    commands.remove(piece_id, by=request.user, at=request.now)
    messages.success(request, _("The piece is taken out."))
    return redirect("profile_parts")


@signed_in
@require_POST
def piece_place(request: HttpRequest, piece_id: int) -> HttpResponse:
    is_up = request.POST.get("to") != "down"
    commands.move(piece_id, by=request.user, at=request.now, is_up=is_up)
    return redirect("profile_parts")


def _form_page(request: HttpRequest, piece: Piece | None) -> HttpResponse:
    of = {"account_id": request.user.pk, "piece_id": piece.pk if piece else None}
    if request.method != "POST":
        start = initial(piece, queries.images([piece.pk]).get(piece.pk, [])) if piece else {}
        return _shown(request, PieceForm(initial=start, **of), piece)
    kept, faults = _keep(request)
    form = PieceForm(with_kept(request.POST, kept), **of)
    is_sound = form.is_valid()
    for number, sentence in faults.items():
        form.add_error(f"image_{number}", sentence)
    if is_sound and not faults and (written := _write(request, form, piece)):
        messages.success(request, _("Saved. This is how others see it."))
        return redirect("piece", request.user.pk, written.pk)
    return _shown(request, form, piece, status=422)


def _keep(request: HttpRequest) -> tuple[dict[int, UUID], dict[int, str]]:
    """The pictures that came along, kept one by one; and of the others why not."""
    kept, faults = {}, {}
    for number in NUMBERS:
        upload = request.FILES.get(f"image_{number}")
        if upload is None:
            continue
        try:
            kept[number] = commands.keep_image(upload, by=request.user, at=request.now).pk
        except Refused as refused:
            faults[number] = say(refused)
    return kept, faults


def _write(request: HttpRequest, form: PieceForm, piece: Piece | None) -> Piece | None:
    told = {"by": request.user, "at": request.now, "shown": form.shown(), "images": form.images}
    try:
        return commands.change(piece.pk, **told) if piece else commands.add(**told)
    except Refused as refused:
        refusal_on(form, refused, REFUSED_AT)
        return None


def _shown(
    request: HttpRequest, form: PieceForm, piece: Piece | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "piece": piece,
        "images_most": limits.IMAGES_MOST,
        "skills_most": limits.PIECE_SKILLS_MOST,
    }
    return render(request, "profiles/piece_form.html", context, status=status)
