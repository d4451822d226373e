"""What cannot be read is refused at the door, with a page that says so: an address that is no text.
PostgreSQL keeps no NUL, and bytes that are no UTF-8 would be kept as something else."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def understood(answer: Answer) -> Answer:
    """Middleware. A cookie with a NUL is as good as none: refusing it would shut its owner out."""

    def inner(request: HttpRequest) -> HttpResponse:
        if not is_text(request.META.get("QUERY_STRING", "")):
            raise BadRequest("The query is no text.")
        request.COOKIES = {
            name: value for name, value in request.COOKIES.items() if "\0" not in value
        }
        return answer(request)

    return inner


def is_text(query: str) -> bool:
    """Whether a query, as it came in the address, is UTF-8 without a NUL."""
    raw = unquote_to_bytes(query.encode("latin-1", "replace"))
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False
