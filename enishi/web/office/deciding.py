"""Pages on which the office decides: the buttons, or first the way to them, and a reason."""

from collections.abc import Callable

from django.http import HttpRequest

from enishi.kit.errors import Refused
from enishi.web.accounts import second_factor
from enishi.web.forms import Form, refusal_on


def buttons(request: HttpRequest, *, may: bool) -> dict[str, bool | str]:
    """For the template: `may_act`, or `way_in`, where whoever may shows the second factor again."""
    is_fresh = second_factor.is_fresh(request)
    way_in = second_factor.way_to_show(request.user, request.path) if may and not is_fresh else ""
    return {"may_act": may and is_fresh, "way_in": way_in}


def with_reason(form: Form, act: Callable[..., object]) -> bool:
    """Whether `act(reason=…)` was done, with what the form says. If not, it says what was wrong."""
    if not form.is_valid():
        return False
    try:
        act(reason=form.cleaned_data["reason"])
    except Refused as refused:
        refusal_on(form, refused)
        return False
    return True
