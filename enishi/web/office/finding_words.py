"""Why a group in the review graph is shown to the office, one sentence for each sign."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.web import formats
from enishi.web.jinja import language


def signs(found: Sequence[str], facts: Mapping[str, Any], people: int) -> list[str]:
    """In the order in which the detector names them."""
    spoken = language()
    of_facts = {
        "people": people,
        "busiest": facts["busiest"],
        "deals": facts["deals"],
        "median": formats.yen(facts["median"], spoken),
        "usual": formats.yen(facts["usual"], spoken),
    }
    return [SENTENCES[sign](facts) % of_facts for sign in found]


def _outside(facts: Mapping[str, Any]) -> str:
    if not facts["outside"]:
        return _("In these twelve months none of them dealt with anybody else.")
    return ngettext(
        "Outside the group they dealt with hardly anybody: with %(num)s person.",
        "Outside the group they dealt with hardly anybody: with %(num)s people.",
        facts["outside"],
    ) % {"num": facts["outside"]}


SENTENCES = {
    "circle": lambda facts: _(
        "Money goes round: most of those who pay within the group are also paid within it."
    ),
    "cheap": lambda facts: _(
        "The sums are small: half of the contracts cost %(median)s or less, where %(usual)s is "
        "usual in this market."
    ),
    "linked": lambda facts: _("Two of them are paid at the same bank account."),
    "burst": lambda facts: _(
        "It came all at once: %(busiest)s of %(deals)s contracts lie within 30 days."
    ),
    "closed": _outside,
}
