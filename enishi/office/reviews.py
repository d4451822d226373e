"""What the office reads of reviews: the private notes (RE1), one review with its rulings. Never a
review in which the reader is one of the two."""

from django.db.models import Q, QuerySet

from enishi.accounts.models import Account
from enishi.reviews.models import Review, ReviewQuerySet, Ruling

PAGE = 20


def notes(*, reader: Account, before: int | None = None) -> list[Review]:
    """Reviews with a note to the office, the newest first: a page and one more."""
    found = _of_others(reader).exclude(private_note="")
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: PAGE + 1])


def review(review_id: int, *, reader: Account) -> Review:
    return _of_others(reader).with_standing().get(pk=review_id)


def rulings(review_id: int) -> QuerySet[Ruling]:
    """What was decided about it, the newest first."""
    return Ruling.objects.filter(review=review_id).select_related("by").order_by("-number")


def _of_others(reader: Account) -> ReviewQuerySet:
    found = Review.objects.exclude(Q(author=reader) | Q(subject=reader))
    return found.select_related("author", "subject", "contract")
