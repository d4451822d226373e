"""How long someone who tried too often has to wait, told truthfully (A6). The counting is allauth's
and stands in the database, so all processes share it."""

import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

APP, FAILED = "allauth.account", "login_failed"
CODE = "too_many_login_attempts"
A_MINUTE = 60


def of_address(address: str) -> str:
    """The name under which tries at one address are counted, however the host was called."""
    return f"address:{address.strip().lower()}"


def of_second_factor(account_id: int) -> str:
    """As allauth's `check_rate_limit` names it."""
    return f"mfa-auth-user-{account_id}"


def left(request: HttpRequest, key: str) -> int:
    """Whole seconds until one more try at `key` is counted as allowed; 0 if it is now."""
    now = time.time()  # noqa: TID251  # tries are noted in real time by allauth
    waits = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=FAILED):
        name = ratelimit.get_cache_key(request, app=APP, action=FAILED, rate=rate, key=key)
        tries = cache.get(name, [])  # the newest comes first
        if len(tries) >= rate.amount:
            waits.append(tries[rate.amount - 1] + rate.duration - now)
    return math.ceil(max(waits))


def told(request: HttpRequest, page: HttpResponse, form: BaseForm, key: str = "") -> HttpResponse:
    """The page of a refused form; 429 with the time to wait if it was refused for trying too
    often. The page is not drawn yet, so the sentence goes where the vague one stood."""
    for field, faults in list(form.errors.as_data().items()):
        if not any(fault.code == CODE for fault in faults):
            continue
        seconds = max(left(request, key), 1) if key else A_MINUTE
        form.errors[field] = form.error_class([sentence(seconds)])
        page.status_code = 429
        page.headers["Retry-After"] = str(seconds)
    return page


def sentence(seconds: int) -> str:
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "Too many attempts. Please try again in %(num)s minute.",
        "Too many attempts. Please try again in %(num)s minutes.",
        minutes,
    ) % {"num": minutes}
