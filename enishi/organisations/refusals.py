"""What the commands of organisations say when they refuse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .lifecycle import MEMBERSHIP

_STATES: dict[str, Any] = {
    "invited": _("This person has not answered the invitation yet. It can be withdrawn."),
    "active": _("This invitation was accepted already."),
    "declined": _("This invitation was declined already."),
    "withdrawn": _("This invitation was withdrawn. Please ask the organisation for a new one."),
    "lapsed": _("This invitation has lapsed. Please ask the organisation for a new one."),
    "left": _("This person has left the organisation already."),
    "removed": _("This person was removed from the organisation already."),
}

SENTENCES: dict[str, Any] = {
    **{f"membership.{verb}.{state}": _STATES[state] for state, verb in MEMBERSHIP.refused},
    "membership.not_a_business": _(
        "Members act for a business: an organisation or a sole trader. Please say so in your "
        "profile as client."
    ),
    "membership.organisation_works": _(
        "This account has applied or worked as a worker, and members would read that. Please open "
        "an account of its own for the organisation."
    ),
    "membership.oneself": _("This is the address of the organisation itself."),
    "membership.too_many": _("An organisation may have %(most)s members at most."),
    "membership.invited_already": _(
        "This address was invited already. It can be invited again once that invitation is over."
    ),
    "membership.active_already": _("This address belongs to a member already."),
    "membership.office": _(
        "Somebody of the office cannot act for a client. Please use another account."
    ),
    "membership.other_side": _(
        "You have applied to this organisation or work for it, so you cannot act for it as well."
    ),
    "membership.organisation_stopped": _("This organisation is stopped by the office for now."),
    "membership.mail_unverified": _(
        "Please confirm your e-mail address first. The invitation was sent to it."
    ),
    "membership.only_the_owner": _("Only the owner names who stands in."),
    "membership.for_deciders": _(
        "This is decided by the owner of %(organisation)s, and by the stand-in while the owner is "
        "away. Nothing was changed."
    ),
    "membership.not_for_organisations": _(
        "That belongs to your own account. You act for %(organisation)s at the moment, so nothing "
        "was changed."
    ),
    "membership.own_organisation": _(
        "You act for the organisation that wrote this post, so you cannot apply to it."
    ),
    "membership.organisation_works_not": _(
        "An organisation orders work and does not apply for it. Please apply with an account of "
        "your own."
    ),
}
