"""A form that has its effect once, however often it is sent (M4): the token of a page, which each
page has of its own, tells its forms from those of any other page."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from enishi.drafts import sending
from enishi.drafts.models import SentForm

from . import errors
from .onward import back

BESIDE = (errors.TOKEN, "draft")  # what differs from try to try
View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Nearest to the view, below everything that sends people elsewhere first. Forms without an
    effect, refused or incomplete, may be sent again with the same token."""

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = _sending(request)
        if form is None:
            return view(request, *args, **kwargs)
        with sending.turn(form) as is_turn:
            if not is_turn:
                return errors.sent_again(request, is_busy=True)
            if known := sending.known(form):
                return _again(request, form, known)
            with sending.noted(form, at=request.now):  # type: ignore[attr-defined]  # our own
                response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseRedirect):
                sending.led(form, to=response.url)
            return response

    sent.is_once = True  # type: ignore[attr-defined]  # asked for by the tests
    return sent


def _sending(request: HttpRequest) -> sending.Sending | None:
    token = request.POST.get(errors.TOKEN, "") if request.method == "POST" else ""
    if not token or request.user.pk is None:
        return None
    # The token is kept nowhere: without it nobody finds out by trying what was written.
    written = sha256(token.encode("utf-8", "surrogatepass"))
    for name, values in sorted(request.POST.lists()):
        if name not in BESIDE:
            written.update(repr((name, values)).encode("utf-8", "surrogatepass"))
    for name, files in sorted(request.FILES.lists()):
        told = [(one.name, one.size, getattr(one, "digest", b"")) for one in files]
        written.update(repr((name, told)).encode())
    key = sha256(f"{request.user.pk} {request.path} {token}".encode("utf-8", "surrogatepass"))
    return sending.Sending(request.user.pk, key.digest(), written.digest())


def _again(request: HttpRequest, form: sending.Sending, known: SentForm) -> HttpResponse:
    if bytes(known.content) != form.content:
        return errors.sent_again(request, is_busy=False)
    if not known.led_to:
        messages.success(request, _("This has arrived. It was done once."))
    return HttpResponseRedirect(known.led_to or back(request))
