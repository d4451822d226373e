"""What brings two people close, in words: every result says why (KN1)."""

from django.utils.translation import ngettext

from enishi.trust.closeness.policy import Closeness

from .formats import year_month
from .jinja import language


def told(near: Closeness | None) -> str:
    """To one of the two; empty: nothing is known."""
    if near is None or near.last_at is None:
        return ""
    sentence = ngettext(
        "You have worked together once, in %(month)s",
        "You have worked together %(num)s times, last in %(month)s",
        near.times,
    )
    return sentence % {"num": near.times, "month": year_month(near.last_at, language())}
