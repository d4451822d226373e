"""Doors that open only to a second factor shown just now: whoever moves money shows it again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from enishi.web.accounts import second_factor

View = Callable[..., HttpResponse]
PAGES = {
    "act_id": "office_act",
    "batch_id": "office_batch",
    "check_id": "office_holder",
    "verification_id": "office_verification",
    "look_id": "office_look",
}


def freshly(view: View) -> View:
    """Only with a second factor shown just now; the way there leads back to the page."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if second_factor.is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.path
        for name, page in PAGES.items():
            if name in kwargs:
                back = reverse(page, args=[kwargs[name]])
        return redirect(second_factor.way_to_show(request.user, back))

    return asked
