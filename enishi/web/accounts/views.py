"""One's own account: settings, role, language, leaving."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from django.conf import settings as market
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.accounts import commands
from enishi.contracts import queries as contracts
from enishi.profiles.names import queries as names
from enishi.web.access import open_to_all, signed_in
from enishi.web.onward import page_of_ours

from . import second_factor
from .forms import LanguageForm, NameForm, RoleForm
from .sentences import SIMILAR_NAME

A_YEAR = 365 * 24 * 60 * 60


@signed_in
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    return _settings(request, NameForm(initial={"name": request.user.name}))


@signed_in
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return _settings(request, form, status=422)
    commands.rename(by=request.user, name=form.cleaned_data["name"])
    messages.success(request, _("Your display name is saved."))
    if names.has_double(request.user.pk, form.cleaned_data["name"]):
        messages.warning(request, str(SIMILAR_NAME))
    return redirect("settings")


@signed_in
@require_POST
def role(request: HttpRequest) -> HttpResponse:
    """The session gets a new key with the role, so that a key of the old one is worthless (A4).
    A page that asked for the other side gets its reader back; otherwise the desk."""
    commands.switch_role(by=request.user, role=request.POST.get("role", ""))
    request.session.cycle_key()
    return redirect(page_of_ours(request, market.LOGIN_REDIRECT_URL))


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembered with the account, and in a cookie for the time before signing in."""
    form = LanguageForm(request.POST)
    back = page_of_ours(request, "/")
    if not form.is_valid():
        return redirect(back)
    chosen = form.cleaned_data["language"]
    if request.user.is_authenticated:
        commands.speak(by=request.user, language=chosen)
    response = redirect(back)
    response.set_cookie(
        market.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=A_YEAR,
        secure=market.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def closing(request: HttpRequest) -> HttpResponse:
    """Leaving is refused only while money or a deal is open, and the page says which (PE6)."""
    still_open = contracts.open_deals(request.user.pk)
    if request.method != "POST":
        return render(request, "settings/closing.html", {"still_open": still_open})
    spoken = request.user.language
    commands.close(by=request.user, at=request.now, still_open=contracts.open_deals)
    logout(request, show_message=False)
    with override(spoken):
        messages.success(request, _("Your account is closed. Thank you for the time with us."))
    return redirect("home")


def _settings(request: HttpRequest, form: NameForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "role_form": RoleForm(initial={"role": request.user.role}),
        "language_form": LanguageForm(initial={"language": request.user.language}),
        "second_factor": second_factor.is_active(request.user),
    }
    return render(request, "settings/settings.html", context, status=status)
