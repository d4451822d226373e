"""Keyset paging: a page is named by the key it stands before, never by a number that moves."""

from django.http import HttpRequest

DIGITS = 18  # what a bigint surely holds


def keyset(request: HttpRequest) -> int | None:
    """The `?before=` of this request; anything but a key means the first page."""
    return whole(request.GET.get("before", ""))


def whole(text: str) -> int | None:
    is_key = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if is_key else None
