"""Everything in a worker's profile on one page, for its owner: what is there, what is still open
and what it would bring, with the way to each form."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from enishi.profiles.completeness import policy
from enishi.profiles.completeness import queries as completeness
from enishi.profiles.completeness.policy import INTRODUCTION_LEAST, Facts, Part
from enishi.profiles.packages import queries as packages
from enishi.profiles.portfolio import queries as portfolio
from enishi.web.access import signed_in

from . import shown, words

Words = str | Promise
NEEDED = _("Needed for Regular")
ONE_SHOWN = _("Needed for Regular: this, or one of skills, portfolio and packages")
ONE_LEARNED = _("Needed for Regular: this, or the other of experience and qualifications")
# Of each part what it is called, where its form stands, and what it brings.
PARTS: dict[str, tuple[Words, str, Words]] = {
    "name": (_("Display name"), "settings", NEEDED),
    "image": (_("Picture"), "profile", NEEDED),
    "introduction": (_("About me"), "profile", NEEDED),
    "skills": (_("Skills"), "profile", ONE_SHOWN),
    "portfolio": (_("Portfolio"), "piece_new", ONE_SHOWN),
    "packages": (_("Service packages"), "package_new", ONE_SHOWN),
    "experience": (_("Business experience"), "experience_new", ONE_LEARNED),
    "qualifications": (_("Qualifications"), "qualification_new", ONE_LEARNED),
    "languages": (_("Languages"), "languages", _("Says in which languages one can talk with you")),
    "hours": (_("When I work"), "profile", _("Says when an answer can be expected")),
    "capacity": (_("Hours a week"), "profile", _("Says how much work fits in")),
    "rates": (_("Rate guide"), "rates", _("Says at once whether a budget fits")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A part as the page shows it."""

    name: str
    label: Words
    is_there: bool
    brings: Words
    href: str


@signed_in
@require_safe
def profile_parts(request: HttpRequest) -> HttpResponse:
    own = request.user.pk
    facts = completeness.facts(own)
    pieces = portfolio.pieces(own)
    context: dict[str, Any] = {
        "lines": lines(facts),
        "introduction": (facts.introduction, INTRODUCTION_LEAST),
        "pieces": shown.pieces(pieces),
        "packages": packages.mine(own),
        "kinds": words.kind_name,
        "experience": shown.experience(own),
        "credentials": shown.credentials(own),
        "languages": shown.languages(own),
        "weeks": shown.weeks(own, at=request.now),
        "rates": shown.rates(own),
    }
    return render(request, "profiles/parts.html", context)


def lines(facts: Facts) -> list[Line]:
    return [_line(part) for part in policy.completeness(facts)]


def _line(part: Part) -> Line:
    label, page, brings = PARTS[part.name]
    href = reverse(page) + ("?as=worker" if page == "profile" else "")
    return Line(part.name, label, part.is_there, brings, href)
