"""What machines ask: is it alive, is it ready. Answered before host, session and time are looked
at, since a probe calls by address and must hear even when the database is gone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from . import views

Answer = Callable[[HttpRequest], HttpResponse]


def early(answer: Answer) -> Answer:
    """Middleware. The same views as in `urls.py`, without what stands around pages."""
    probes = {"/healthz": views.healthz, "/readyz": views.readyz}

    def inner(request: HttpRequest) -> HttpResponse:
        return probes.get(request.path_info, answer)(request)

    return inner
