"""A form that arrived leaves no draft behind. It names its draft in `draft` as place and version
(`proposal-7:3`); that it arrived is seen by the redirect with which every act of ours answers."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from enishi.drafts import commands
from enishi.drafts.policy import is_place
from enishi.web.paging import whole

Answer = Callable[[HttpRequest], HttpResponse]


class Sent:
    """Middleware, nearest to the views: what stands before them redirects for other reasons."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if self._arrived(request, response):
            place, _, version = request.POST.get("draft", "").partition(":")
            seen = whole(version)
            if is_place(place) and seen is not None:
                # A draft is the person's who typed it, whomever they act for.
                writer = getattr(request, "person", request.user)
                commands.sent(place, by=writer, seen=min(seen, commands.NEWEST))
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> None:
        request.reached_view = True  # type: ignore[attr-defined]  # our own attribute

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.reached_view = False  # type: ignore[attr-defined]  # refused: nothing arrived

    def _arrived(self, request: HttpRequest, response: HttpResponse) -> bool:
        return (
            request.method == "POST"
            and response.status_code == HTTPStatus.FOUND
            and getattr(request, "reached_view", False)
            and request.user.is_authenticated
        )
