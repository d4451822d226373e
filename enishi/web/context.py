"""What every page of the shell knows besides its own facts."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input

from enishi.kit.days import day_of
from enishi.messaging import queries as messaging
from enishi.notifications import queries as notifications


class Once:
    """One masked token a page: each of its forms may send the same."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _field(self) -> str:
        return csrf_input(self._request)

    def __html__(self) -> str:
        return self._field

    __str__ = __html__


def shell(request: HttpRequest) -> dict[str, Any]:
    """Unread counts for the signed-in reader and where the live stream is to be had."""
    now = getattr(request, "now", None)
    context: dict[str, Any] = {
        "csrf_input": Once(request),
        "rules": settings.RULES.on(day_of(now)) if now else settings.RULES,
        "stream_url": settings.STREAM_URL,
        "is_demo": not settings.LIVE,
        "is_copy": getattr(request, "is_copy", False),
        "now": now,
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["unread_messages"] = messaging.unread_total(user.pk)
        context["unread_notices"] = notifications.unread_count(user.pk)
    return context
