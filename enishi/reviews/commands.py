"""Every write to a review: write it, publish what is due, reply once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts.commands import ending
from enishi.contracts.models import Contract
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.kit.errors import Refused

from . import policy, spoken
from .closing import keep
from .models import Review
from .policy import Closing


@transaction.atomic
def write(
    contract_id: int,
    *,
    by: Account,
    at: datetime,
    scores: Mapping[str, int],
    overall: int,
    comment: str,
    private_note: str = "",
    closing: Closing | None = None,
    promises: Mapping[str, str] = {},
) -> Review:
    """One side says how it was. Nobody reads it until the other has spoken or the window closes;
    where only one side may rate (RE3), it appears at once. `closing`: what RE4 asks a client;
    `promises`: which of PROMISES were kept (ME6)."""
    contract = Contract.objects.select_for_update().seen_by(by).get(pk=contract_id)
    _refuse_unless_open(contract, by, at)
    if not policy.is_rating(overall, scores):
        raise Refused.because("review.not_complete")
    if not comment.strip():
        raise Refused.because("review.comment_missing")
    about_worker = contract.client_id == by.pk
    if closing and about_worker and contract.status == "completed":
        keep(contract, closing, at=at)
    review = Review.objects.create(
        contract=contract,
        author=by,
        subject_id=contract.worker_id if about_worker else contract.client_id,
        side="worker" if about_worker else "client",
        overall=overall,
        comment=comment,
        private_note=private_note,
        written_at=at,
        **scores,
        **promises,
    )
    spoken.keep([(review.pk, comment)])
    expected = len(policy.raters(contract.status, contract.fault))
    people, due = [review.subject_id] if expected > 1 else [], contract.reviews_close_at
    tell("review.written", contract, by=by, at=at, people=people, due=due, review=review.pk)
    written = list(Review.objects.filter(contract=contract))
    if len(written) == expected:
        _publish(contract, written, at=at)
        ending.reviewed(contract)
    return review


@transaction.atomic
def publish_remaining(event: Event) -> None:
    """The window has closed: what one side wrote appears alone (RE2, CL17)."""
    contract = Contract.objects.select_for_update().get(pk=event.subject_id)
    left = list(Review.objects.filter(contract=contract, published_at=None))
    if left:
        _publish(contract, left, at=event.at)


@transaction.atomic
def reply(review_id: int, *, by: Account, at: datetime, text: str) -> Review:
    """The rated person answers in public, once."""
    review = Review.objects.select_for_update().get(pk=review_id, subject=by)
    if review.published_at is None:
        raise Refused.because("review.not_published")
    if review.replied_at:
        raise Refused.because("review.replied_already")
    days = settings.RULES.review_reply_days
    if at >= policy.reply_until(review.published_at, days):
        raise Refused.because("review.reply_too_late", days=days)
    if not text.strip():
        raise Refused.because("review.reply_empty")
    review.reply, review.replied_at = text, at
    review.save(update_fields=["reply", "replied_at"])
    contract = Contract.objects.get(pk=review.contract_id)
    people = [review.author_id, review.subject_id]
    tell("review.replied", contract, by=by, at=at, people=people, review=review.pk, text=text)
    return review


def _refuse_unless_open(contract: Contract, by: Account, at: datetime) -> None:
    side = "client" if contract.client_id == by.pk else "worker"
    if contract.status == "ended" and side not in policy.raters("ended", contract.fault):
        fault = contract.fault
        raise Refused.because("review.other_side_rates" if fault else "review.ended_early")
    if contract.status not in ("completed", "ended") or contract.reviews_close_at is None:
        raise Refused.because("review.not_finished")
    if at >= contract.reviews_close_at:
        raise Refused.because("review.window_closed")
    if Review.objects.filter(contract=contract, author=by).exists():
        raise Refused.because("review.written_already")


def _publish(contract: Contract, reviews: list[Review], *, at: datetime) -> None:
    for review in reviews:
        review.published_at = at
        review.save(update_fields=["published_at"])
    people = [contract.client_id, contract.worker_id]
    shown = [review.pk for review in reviews]
    until = policy.reply_until(at, settings.RULES.review_reply_days)
    tell("review.published", contract, by=None, at=at, people=people, due=until, reviews=shown)


def tell(
    name: str,
    contract: Contract,
    *,
    by: Account | None,
    at: datetime,
    people: Iterable[int],
    due: datetime | None = None,
    **facts: object,
) -> None:
    """Record on the contract, so that its timeline shows it, with the words a letter needs."""
    record(
        name,
        contract,
        by=by,
        at=at,
        people=people,
        title=contract.title,
        client=contract.client.name,
        worker=contract.worker.name,
        client_id=contract.client_id,
        worker_id=contract.worker_id,
        due=due.isoformat() if due else None,
        **facts,
    )
