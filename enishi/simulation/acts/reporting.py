"""Some workers feel punished with a review, and tell the office; an operator decides (SA6)."""

from datetime import datetime

from enishi.accounts.models import Account
from enishi.reviews.models import Review
from enishi.safety import commands as safety
from enishi.safety.models import Report
from enishi.simulation.market import voices
from enishi.simulation.world import World

LOW = 2  # stars


def is_suspect(review: Review) -> bool:
    return review.overall <= LOW and review.pk % 2 == 0


def report(world: World, review: Review, at: datetime) -> None:
    """The office looks at it on the next day."""
    made = _report(review, at)
    if made:
        world.later(at, 1, decide, made)


def one_waits(world: World, at: datetime) -> None:
    """Yesterday's: whoever opens the desk finds a case to decide."""
    known = Report.objects.values("review")
    low = Review.objects.published().filter(side="worker", overall__lte=LOW)
    newest = low.exclude(pk__in=known).order_by("-published_at", "-pk").first()
    if newest:
        _report(newest, at)


def _report(review: Review, at: datetime) -> Report | None:
    if not _operator():
        return None
    words = voices.after_review("reports")[review.pk % 2]
    kind = {"kind": "retaliation", "text": words}
    return safety.report("review", review.pk, by=review.subject, at=at, **kind)


def decide(world: World, made: Report, at: datetime) -> None:
    """Half of them are borne out by the record, and the review is taken out of the scores."""
    operator = _operator()
    if operator is None:
        return
    no, yes = voices.after_review("report_decisions")
    if made.pk % 2:
        safety.uphold(made.pk, by=operator, at=at, reason=yes, effect="out")
    else:
        safety.dismiss(made.pk, by=operator, at=at, reason=no)


def _operator() -> Account | None:
    return Account.objects.filter(office_grade="operator").order_by("pk").first()
