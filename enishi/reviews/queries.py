"""What may be read of reviews: the published ones by all, one's own by its author."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from enishi.accounts.models import Account
from enishi.contracts.models import Contract
from enishi.kit.compiled import compiled

from . import policy, site
from .models import ClosingNote, Review
from .policy import Closing
from .sieve import EVERYTHING, Sieve

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Summary:
    """All published ratings of a person on one side. Means are exact."""

    count: int
    mean: Fraction | None
    adjusted: Fraction | None
    distribution: dict[int, int]
    items: dict[str, Fraction]
    weight: str
    kept: int = 0  # promises that the other side says were kept, of `promised` (ME6)
    promised: int = 0


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review as it is read. The author of a strictly confidential contract stays unnamed; what
    the office took out or hid says so, and its words are for the two people alone."""

    id: int
    contract_id: int
    author_id: int | None
    author_name: str
    side: str
    scores: dict[str, int]
    overall: int
    comment: str
    written_at: datetime
    published_at: datetime | None
    reply: str
    replied_at: datetime | None
    reply_until: datetime | None
    standing: str = ""  # hidden | out: by a decision of the office
    ruled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[ReviewLine]
    older: str  # the keyset of the next page, "" on the last one


@dataclass(frozen=True, slots=True)
class ContractReviews:
    """The state of a contract's reviews for one of its two people."""

    contract_id: int
    title: str
    side: str  # of the viewer
    other_id: int
    other_name: str
    mine: ReviewLine | None
    theirs: ReviewLine | None  # only once published
    they_have_written: bool
    can_write: bool
    can_reply: bool
    closes_at: datetime | None
    is_alone: bool  # only one side may rate (RE3)
    closing: Closing | None  # the client's answers, once this viewer may read them
    asks_closing: bool  # RE4: they were not asked yet
    job_id: int | None  # the post to copy, and
    thread_id: int  # the conversation to write in, for another order


@dataclass(frozen=True, slots=True)
class ToWrite:
    contract_id: int
    title: str
    other_name: str
    closes_at: datetime


def summary(account_id: int, side: str) -> Summary:
    """With the adjusted mean, for which all published reviews are read."""
    rows = _sums([account_id], side)
    return _summed(rows[0], site.mean(side), side) if rows else _summary({}, {}, None)


def brief(account_id: int, side: str) -> Summary:
    """Without the adjusted mean, for cards."""
    return summaries([account_id], side).get(account_id) or _summary({}, {}, None)


def summaries(account_ids: Iterable[int], side: str) -> dict[int, Summary]:
    """Summaries for a list of people, in one query. Who has no review is absent."""
    return {row["subject"]: _summed(row, None, side) for row in _sums(list(account_ids), side)}


@compiled
def _sums(account_ids: list[int], side: str) -> QuerySet[Review, Any]:
    counted = Review.objects.counted().filter(side=side)
    stars = {
        f"star_{value}": Count("pk", filter=Q(overall=value))
        for value in range(policy.LOWEST, policy.HIGHEST + 1)
    }
    sums = {f"sum_{item}": Sum(item) for item in policy.ITEMS}
    kept = {
        f"{answer}_{promise}": Count("pk", filter=Q(**{promise: answer}))
        for promise in policy.PROMISES
        for answer in ("kept", "broken")
    }
    rows = counted.filter(subject__in=account_ids).values("subject")
    return rows.annotate(**stars, **sums, **kept).order_by("subject")


def _summed(row: dict[str, int], site: Fraction | None, side: str) -> Summary:
    found = _summary(
        {value: row[f"star_{value}"] for value in range(policy.HIGHEST, 0, -1)},
        {item: row[f"sum_{item}"] for item in policy.ITEMS},
        site,
    )
    if side != "client":  # it is clients who promise
        return found
    kept = sum(row[f"kept_{promise}"] for promise in policy.PROMISES)
    broken = sum(row[f"broken_{promise}"] for promise in policy.PROMISES)
    return replace(found, kept=kept, promised=kept + broken)


def recent(
    account_id: int, side: str, *, size: int, before: str = "", sieve: Sieve = EVERYTHING
) -> Page:
    """The newest published reviews about a person that a sieve lets through, a page at a time."""
    reviews = sieve.of(Review.objects.published().about(account_id, side).with_standing())
    if key := _key(before):
        at, last = key
        reviews = reviews.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=last))
    found = list(
        reviews.select_related("author", "contract").order_by("-published_at", "-pk")[: size + 1]
    )
    shown = found[:size]
    older = _keyset(shown[-1]) if len(found) > size else ""
    return Page(lines=[_line(review) for review in shown], older=older)


def of_contract(contract_id: int, *, viewer: Account, at: datetime) -> ContractReviews:
    """What a party sees of its contract's reviews; strangers find no contract."""
    contract = _contract.get(contract_id, viewer.pk)
    return of_known(contract, viewer=viewer, at=at)


@compiled
def _contract(contract_id: int, viewer_id: int) -> QuerySet[Contract]:
    return (
        Contract.objects.seen_by(viewer_id)
        .select_related("client", "worker")
        .filter(pk=contract_id)
    )


@compiled
def _written(contract_id: int) -> QuerySet[Review]:
    found = Review.objects.filter(contract_id=contract_id).with_standing()
    return found.select_related("author", "contract")


@compiled
def _noted(contract_id: int) -> QuerySet[ClosingNote]:
    return ClosingNote.objects.filter(contract_id=contract_id)


def of_known(contract: Contract, *, viewer: Account, at: datetime) -> ContractReviews:
    """The same for a contract that was read already, with both people."""
    by_me = {review.author_id == viewer.pk: review for review in _written(contract.pk)}
    mine, theirs = by_me.get(True), by_me.get(False)
    shown = theirs if theirs and theirs.published_at else None
    is_client = contract.client_id == viewer.pk
    other = contract.worker if is_client else contract.client
    side = "client" if is_client else "worker"
    raters = policy.raters(contract.status, contract.fault)
    can_write = mine is None and side in raters and _is_open(contract, at)
    note = _noted.first(contract.pk) if contract.status == "completed" else None
    by_client = mine if is_client else theirs
    is_shown = is_client or policy.note_is_shown(
        is_reviewed=bool(by_client and by_client.published_at),
        closes_at=contract.reviews_close_at,
        at=at,
    )
    return ContractReviews(
        contract_id=contract.pk,
        title=contract.title,
        side=side,
        other_id=other.pk,
        other_name=other.name,
        mine=_line(mine, named=True) if mine else None,
        theirs=_line(shown, named=True) if shown else None,
        they_have_written=theirs is not None,
        can_write=can_write,
        can_reply=_may_reply(shown, at),
        closes_at=contract.reviews_close_at,
        is_alone=len(raters) == 1,
        closing=Closing(note.better, note.again) if note and is_shown else None,
        asks_closing=is_client and can_write and contract.status == "completed" and not note,
        job_id=contract.job_id,
        thread_id=contract.thread_id,
    )


def to_reply(review_id: int, *, viewer: Account) -> ReviewLine:
    """The published review about me that I may answer."""
    reviews = Review.objects.published().filter(subject=viewer).with_standing()
    return _line(reviews.select_related("author", "contract").get(pk=review_id), named=True)


def to_write(account_id: int, *, at: datetime, size: int = 20) -> list[ToWrite]:
    """Finished contracts that this person can still review, the nearest end first, and those that
    ended early by the other side's fault (RE3)."""
    mine = Q(client=account_id) | Q(worker=account_id)
    early = Q(client=account_id, fault="worker") | Q(worker=account_id, fault="client")
    rows = (
        Contract.objects.filter(mine, Q(status="completed") | Q(early, status="ended"))
        .filter(reviews_close_at__gt=at)
        .exclude(reviews__author=account_id)
        .order_by("reviews_close_at", "pk")
        .values_list("pk", "title", "client_id", "client__name", "worker__name", "reviews_close_at")
    )
    return [
        ToWrite(pk, title, worker if client_id == account_id else client, closes_at)
        for pk, title, client_id, client, worker, closes_at in rows[:size]
        if closes_at is not None
    ]


def _summary(distribution: dict[int, int], sums: dict[str, int], site: Fraction | None) -> Summary:
    distribution = distribution or dict.fromkeys(range(policy.HIGHEST, 0, -1), 0)
    count, mean = sum(distribution.values()), policy.mean(distribution)
    return Summary(
        count=count,
        mean=mean,
        adjusted=policy.adjusted(distribution, site),
        distribution=distribution,
        items={item: Fraction(total, count) for item, total in sums.items()} if count else {},
        weight=policy.weight(count, mean),
    )


def _line(review: Review, *, named: bool = False) -> ReviewLine:
    hidden = not named and review.contract.confidentiality == "strict"
    published = review.published_at
    standing: str = getattr(review, "standing", None) or ""
    standing = "" if standing == "restored" else standing
    is_told = named or not standing
    return ReviewLine(
        id=review.pk,
        contract_id=review.contract_id,
        author_id=None if hidden else review.author_id,
        author_name="" if hidden else review.author.name,
        side=review.side,
        scores=review.scores,
        overall=review.overall,
        comment=review.comment if is_told else "",
        written_at=review.written_at,
        published_at=published,
        reply=(review.reply or "") if is_told else "",
        replied_at=review.replied_at,
        reply_until=(
            policy.reply_until(published, settings.RULES.review_reply_days) if published else None
        ),
        standing=standing,
        ruled_at=getattr(review, "ruled_at", None) if standing else None,
    )


def _is_open(contract: Contract, at: datetime) -> bool:
    closes_at = contract.reviews_close_at
    return closes_at is not None and at < closes_at


def _may_reply(review: Review | None, at: datetime) -> bool:
    if review is None or review.published_at is None or review.replied_at:
        return False
    return at < policy.reply_until(review.published_at, settings.RULES.review_reply_days)


def _keyset(review: Review) -> str:
    assert review.published_at is not None
    return f"{(review.published_at - EPOCH) // MICROSECOND}-{review.pk}"


def _key(before: str) -> tuple[datetime, int] | None:
    """The keyset of a page, or None for the first page and for anything that is no keyset."""
    at, _, last = before.partition("-")
    try:
        return EPOCH + int(at) * MICROSECOND, int(last)
    except (ValueError, OverflowError):
        return None
