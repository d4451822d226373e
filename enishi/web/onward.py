"""Where a reader may be sent on from `next`: a page of ours, written as a path (I5)."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_page_of_ours(wanted: str) -> bool:
    """A whole address, a name or a path without its first slash is none: a browser, Django and
    the libraries read those differently."""
    return wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)


def page_of_ours(request: HttpRequest, otherwise: str) -> str:
    """The page that the request names in `next`, or the other one."""
    wanted: str = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if is_page_of_ours(wanted) else otherwise


def back(request: HttpRequest) -> str:
    """The page the person came from, if it is ours."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return came_from
    return "/"
