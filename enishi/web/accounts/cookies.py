"""The cookie that names a session: a new one at every step that gains something (A4), and taken
away only by signing out."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.middleware import SessionMiddleware
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase


class Sessions(SessionMiddleware):
    """Django deletes the cookie whenever a request's session is gone. But a page looks for news in
    the background: such a look, begun with the old key and answered after the new one was given
    (new password, new role, second factor), would take the new cookie away and sign the person
    out. A key that opens nothing harms nobody, so it is left to expire."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and not cookie.value and not hasattr(request, "is_signing_out"):
            del answer.cookies[settings.SESSION_COOKIE_NAME]
        return answer


@receiver(user_logged_out)
def _signing_out(request: HttpRequest | None, **more: Any) -> None:
    if request is not None:
        request.is_signing_out = True  # type: ignore[attr-defined]  # read by `Sessions`
