"""Every signal about a person, how it is reckoned and from what (SA5). Open as their page is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from enishi.profiles import queries as profiles
from enishi.reviews.policy import ESTABLISHED_FROM, ESTABLISHED_MEAN, SOME_FROM
from enishi.trust.kept import facts_of
from enishi.trust.signals import SIDES, Facts, signals
from enishi.web.access import open_to_all
from enishi.web.profiles.head import about

from . import showing


@open_to_all
@require_safe
def person_trust(request: HttpRequest, account_id: int) -> HttpResponse:
    viewer = request.user if request.user.is_authenticated else None
    person = profiles.person(account_id, viewer=viewer)
    known = facts_of([(account_id, side) for side in SIDES], at=request.now)
    side = request.GET.get("as", "")
    side = side if side in SIDES else _first(person)
    facts = known[account_id, side]
    title = _("Trust card of %(name)s") % {"name": person.name}
    context = {
        "person": person,
        "about": about(request, person, title=title),
        "side": side,
        "rows": showing.explained(signals(facts), account_id, side),
        "is_new": _is_new(facts),
        "limits": {
            "few": SOME_FROM - 1,
            "some": SOME_FROM,
            "most": ESTABLISHED_FROM - 1,
            "enough": ESTABLISHED_FROM,
            "mean": f"{ESTABLISHED_MEAN:.1f}",
        },
        "days": settings.RULES.trust_window_days,
    }
    return render(request, "trust/trust.html", context)


def _first(person: profiles.Person) -> str:
    """The side of which the person has a profile; of both, the worker's."""
    return "client" if person.client and not person.worker else "worker"


def _is_new(facts: Facts) -> bool:
    """Whether nothing was dealt yet on this side."""
    return not any((facts.ratings, facts.deals, facts.applicants, facts.funded, facts.replies))
