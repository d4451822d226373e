"""The office decides what is shown of a review. The review itself stays as it was written."""

from datetime import datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.contracts.models import Contract
from enishi.kit.errors import Refused

from .commands import tell
from .models import Review, Ruling


@transaction.atomic
def rule(review_id: int, *, by: Account, at: datetime, effect: str, reason: str) -> Ruling:
    """Hide the comment, take the review out of the scores, or show it again as it was written. The
    reason is told to both sides.

    Raises Refused where nothing has appeared yet, where it stands so already, without a reason, and
    for whoever is one of the two people."""
    review = Review.objects.select_for_update().get(pk=review_id)
    if not has_grade(by.office_grade, "operator"):
        raise Refused.because("ruling.not_operator")
    if by.pk in (review.author_id, review.subject_id):
        raise Refused.because("ruling.own_review")
    if review.published_at is None:
        raise Refused.because("review.not_published")
    if not reason.strip():
        raise Refused.because("ruling.reason_missing")
    last = review.rulings.order_by("-number").first()
    if effect == (last.effect if last else "restored"):
        raise Refused.because("ruling.stands_so")
    ruling = Ruling.objects.create(
        review=review,
        number=last.number + 1 if last else 1,
        effect=effect,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    contract = Contract.objects.get(pk=review.contract_id)
    people = [review.author_id, review.subject_id]
    facts = {"rule": effect, "reason": ruling.reason, "review": review.pk}
    tell("review.ruled", contract, by=by, at=at, people=people, **facts)
    return ruling
