"""The letter box of a demo market: mail that would have been sent, open to all, gone when live."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from enishi.notifications import mailing, queries
from enishi.notifications.models import OutgoingMail
from enishi.web.access import open_to_all
from enishi.web.guard import HEADER
from enishi.web.paging import keyset

SANDBOX = "sandbox allow-top-navigation-by-user-activation; default-src 'none'"
STYLE = re.compile(r'style="([^"]*)"')
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
    return HttpResponse(found.html, headers={HEADER: _as_mail()})


@cache
def _as_mail() -> str:
    """A mail is drawn as a mail program would: with the styles of our own letter, nothing else."""
    styles = set(STYLE.findall(mailing.letter_source()))
    hashes = (b64encode(sha256(style.encode()).digest()).decode() for style in sorted(styles))
    allowed = " ".join(f"'sha256-{one}'" for one in hashes)
    return f"{SANDBOX}; style-src-attr 'unsafe-hashes' {allowed}; frame-ancestors 'none'"


def _demo_only() -> None:
    if settings.LIVE:
        raise Http404
