"""What brings two people close, in words: every result says why (KN1)."""

from django.utils.translation import gettext as _

from enishi.trust.closeness.policy import Closeness

from .formats import year_month
from .jinja import language


def told(near: Closeness | None) -> str:
    """To one of the two; empty: nothing is known."""
    if near is None or near.last_at is None:
        return ""
    once = _("You have worked together once, in %(month)s")
    often = _("You have worked together %(num)s times, last in %(month)s")
    facts = {"num": near.times, "month": year_month(near.last_at, language())}
    return (once if near.times == 1 else often) % facts
