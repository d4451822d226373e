"""What every page of the shell knows besides its own facts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from enishi.messaging import queries as messaging
from enishi.notifications import queries as notifications


def shell(request: HttpRequest) -> dict[str, Any]:
    """Unread counts for the signed-in reader and where the live stream is to be had."""
    context: dict[str, Any] = {
        "rules": settings.RULES,
        "stream_url": settings.STREAM_URL,
        "is_demo": not settings.LIVE,
        "now": getattr(request, "now", None),
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        context["unread_messages"] = messaging.unread_total(user.pk)
        context["unread_notices"] = notifications.unread_count(user.pk)
    return context
