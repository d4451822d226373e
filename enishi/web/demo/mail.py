"""The letter box of a demo market: mail that would have been sent, open to all, gone when live."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enishi.notifications import queries
from enishi.notifications.models import OutgoingMail
from enishi.web.access import open_to_all
from enishi.web.paging import keyset

# The HTML of a mail is drawn as a mail program would: styles of its own, nothing else.
AS_MAIL = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'"
)
LONGEST = 254


@require_safe
@open_to_all
def mails(request: HttpRequest) -> HttpResponse:
    _demo_only()
    to = request.GET.get("to", "").replace("\0", "").strip()[:LONGEST]
    page = queries.mails(keyset(request), to)
    older = {"before": page.earlier} | ({"to": to} if to else {})
    context = {
        "mails": page.lines,
        "to": to,
        "older_url": f"{request.path}?{urlencode(older)}" if page.earlier else "",
    }
    return render(request, "demo/mails.html", context)


@require_safe
@open_to_all
def mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    _demo_only()
    return render(request, "demo/mail.html", {"mail": get_object_or_404(OutgoingMail, pk=mail_id)})


@require_safe
@open_to_all
def html(request: HttpRequest, mail_id: int) -> HttpResponse:
    _demo_only()
    found = get_object_or_404(OutgoingMail.objects.exclude(html=""), pk=mail_id)
    return HttpResponse(found.html, headers={"Content-Security-Policy": AS_MAIL})


def _demo_only() -> None:
    if settings.LIVE:
        raise Http404
