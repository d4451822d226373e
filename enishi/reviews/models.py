"""What each side of a contract says about the other: blind until both have spoken, then fixed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enishi.contracts.models import Contract

from .constraints import StandsAsWritten
from .policy import HIGHEST, ITEMS, LOWEST

SIDES = ("client", "worker")


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> "ReviewQuerySet":
        return self.filter(published_at__isnull=False)

    def about(self, account: Any, side: str) -> "ReviewQuerySet":
        """What is said about a person on one of their two sides."""
        return self.filter(subject=account, side=side)


class Review(models.Model):
    """`side` is the side the rated person (`subject`) stood on."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="reviews")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    side = models.CharField(max_length=6)
    skill = models.PositiveSmallIntegerField()
    quality = models.PositiveSmallIntegerField()
    schedule = models.PositiveSmallIntegerField()
    communication = models.PositiveSmallIntegerField()
    partnership = models.PositiveSmallIntegerField()
    overall = models.PositiveSmallIntegerField()
    comment = models.TextField()
    private_note = models.TextField(default="")  # for the office alone
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    reply = models.TextField(null=True)  # null until it is given, then fixed
    replied_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "author"], name="review_once_per_side"),
            models.CheckConstraint(
                name="review_is_about_the_other", condition=~Q(author=F("subject"))
            ),
            models.CheckConstraint(name="review_side_known", condition=Q(side__in=SIDES)),
            models.CheckConstraint(
                name="review_scores_from_1_to_5",
                condition=Q(
                    **{f"{item}__range": (LOWEST, HIGHEST) for item in (*ITEMS, "overall")}
                ),
            ),
            models.CheckConstraint(
                name="review_published_after_it_was_written",
                condition=Q(published_at=None) | Q(published_at__gte=F("written_at")),
            ),
            models.CheckConstraint(
                name="review_reply_follows_publication",
                condition=Q(reply=None, replied_at=None)
                | Q(
                    ~Q(reply=""),
                    reply__isnull=False,
                    replied_at__isnull=False,
                    published_at__isnull=False,
                    replied_at__gte=F("published_at"),
                ),
            ),
            StandsAsWritten(
                name="review_stands_as_written",
                fixed=[
                    *("contract", "author", "subject", "side", *ITEMS, "overall"),
                    *("comment", "private_note", "written_at"),
                ],
                once=["published_at", "reply", "replied_at"],
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject", "side", "-published_at", "-id"],
                name="review_shown",
                condition=Q(published_at__isnull=False),
            ),
        ]

    @property
    def scores(self) -> dict[str, int]:
        return {item: getattr(self, item) for item in ITEMS}


class WeightOfReviewer(models.Model):
    """Of whom reviews count less than in full towards the site's mean, and how much, in percent.
    The reviews themselves, and what they say about the rated person, stay as they are."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="weight_as_reviewer"
    )
    percent = models.PositiveSmallIntegerField()
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="weight_of_reviewer_below_full", condition=Q(percent__gte=0, percent__lt=100)
            ),
        ]
