"""The orders of a list of applicants in words: what each goes by, and why somebody stands there."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.jobs.catalogue import read as catalogue
from enishi.trust.applicants.policy import Fit
from enishi.web.jinja import language

LABELS = {
    "newest": gettext_lazy("Newest first"),
    "closeness": gettext_lazy("Closest first"),
    "price": gettext_lazy("Lowest price first"),
    "fit": gettext_lazy("Best fit first"),
}
REASONS = {
    "newest": gettext_lazy("The latest application comes first."),
    "closeness": gettext_lazy(
        "Those with whom you have worked most often come first, and of two alike, more recently. "
        "Everyone else follows, the latest application first."
    ),
    "price": gettext_lazy("The lowest price comes first, and of two alike, the later application."),
    "fit": gettext_lazy(
        "One point for each of these: a skill that your post names and the profile shows, paid "
        "work in this category before, a delivery date by the day in your post, a price of no "
        "more than in your post. Nothing else counts. The most points come first."
    ),
}


def reason(order: str) -> list[str]:
    """Why the list goes as it goes."""
    rules = settings.RULES
    newcomers = _(
        "Whatever the order, one place in %(place)s is for workers with fewer than %(contracts)s "
        "finished contracts, so that newcomers are read, too."
    )
    numbers = {"place": rules.newcomer_place, "contracts": rules.newcomer_contracts}
    return [str(REASONS[order]), newcomers % numbers]


def fit_points(fit: Fit | None) -> dict[str, Any] | None:
    """Each thing that was looked at, and whether it holds."""
    if fit is None:
        return None
    looked = [(_skills(fit), bool(fit.skills))] if fit.skills_named else []
    looked.append((_("Paid work in this category"), fit.knows_category))
    if fit.in_time is not None:
        looked.append((_("Delivers by your day"), fit.in_time))
    looked.append((_("Price within your post"), fit.in_budget))
    return {"points": fit.points, "most": fit.points_most, "looked": looked}


def _skills(fit: Fit) -> str:
    facts = {"shared": len(fit.skills), "named": fit.skills_named}
    counted = _("%(shared)s of %(named)s skills") % facts
    return f"{counted}: {_named(fit.skills)}" if fit.skills else counted


def _named(skill_ids: Iterable[str]) -> str:
    names = {skill.id: skill.name(language()) for skill in catalogue.skills()}
    between = "、" if language() == "ja" else ", "
    return between.join(names[each] for each in skill_ids if each in names)
