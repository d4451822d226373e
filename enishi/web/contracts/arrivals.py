"""The next-step bar while a payment is on its way: nothing has arrived, or a part has."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from enishi.contracts.pay import Pay
from enishi.contracts.queries import Turn
from enishi.payments.queries import PaymentView
from enishi.web import formats
from enishi.web.jinja import language, strong

from .step import Step, about


def step(turn: Turn, part: Pay | None, side: str, paying: PaymentView, *, status: str) -> Step:
    """The provider's page tells what is to be paid, so the way there stays open, and the clock goes
    on until all of the money is here. `status` is the contract's."""
    milestone = turn.milestone
    mine = side == "client"
    what, then = _part(paying, status, mine=mine) if paying.arrived else _nothing(part, mine=mine)
    return Step(
        turn="yours" if mine else "theirs",
        what=what,
        about=about(milestone) if milestone else "",
        due_at=turn.due_at,
        since=milestone.waiting_since if milestone else None,
        then=then,
        actions=_page(milestone.pk if milestone else 0) if mine else [],
        milestone_id=milestone.pk if milestone else None,
        verb="paying",
    )


def _nothing(part: Pay | None, *, mine: bool) -> tuple[str, str]:
    """A card being settled, or a bank transfer that the client may still have to make."""
    what = (
        _("Complete the payment of %(amount)s, unless you have transferred it already")
        if mine
        else _("The client has begun to pay %(amount)s")
    )
    then = _(
        "Nothing has arrived yet. A bank transfer takes until the bank sends it on; "
        "money that comes after the deadline goes back in full."
    )
    return what % {"amount": formats.yen(part.funded, language()) if part else ""}, then


def _part(paying: PaymentView, status: str, *, mine: bool) -> tuple[str, str]:
    """Less than was asked for came by bank transfer: nobody should begin yet."""
    sums = {"whole": paying.amount, "arrived": paying.arrived, "missing": paying.missing}
    said = {name: formats.yen(yen, language()) for name, yen in sums.items()}
    if mine:
        what = _("Transfer the missing %(missing)s to the same account")
        then = _(
            "%(arrived)s of %(whole)s has arrived. The worker does not begin before the rest is "
            "here. If %(missing)s is still missing then, what has arrived goes back to you, "
            "and the contract expires."
        )
        if status == "active":
            then = _(
                "%(arrived)s of %(whole)s has arrived. The worker does not begin before the rest "
                "is here. If %(missing)s is still missing then, what has arrived goes back to "
                "you, and this milestone and those after it are cancelled."
            )
    else:
        what = _("Please do not begin yet: %(missing)s is still missing")
        then = _(
            "%(arrived)s of %(whole)s has arrived. If the rest is not here by then, what has "
            "arrived goes back to the client. That leaves no mark on you."
        )
    return what % said, Markup(then) % {name: strong(yen) for name, yen in said.items()}


def _page(milestone_id: int) -> list[dict[str, Any]]:
    return [{"label": _("To the payment page"), "post": reverse("funding", args=[milestone_id])}]
