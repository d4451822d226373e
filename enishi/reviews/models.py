"""What each side of a contract says about the other: blind until both have spoken, then fixed."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from enishi.contracts.models import Contract
from enishi.kit.constraints import AppendOnly

from .constraints import StandsAsWritten
from .policy import AGAIN, EFFECTS, HIGHEST, ITEMS, KEPT, LOWEST, PROMISES

SIDES = ("client", "worker")


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> "ReviewQuerySet":
        return self.filter(published_at__isnull=False)

    def counted(self) -> "ReviewQuerySet":
        """Published, and in the scores: all but those that the office took out."""
        return self.published().exclude(pk__in=Ruling.objects.taken_out())

    def with_standing(self) -> "ReviewQuerySet":
        """With `standing`, the effect of its last ruling or None, and `ruled_at`."""
        last = Ruling.objects.filter(review=OuterRef("pk")).order_by("-number")
        return self.annotate(
            standing=Subquery(last.values("effect")[:1]), ruled_at=Subquery(last.values("at")[:1])
        )

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
    more_work = models.CharField(max_length=6, default="", db_default="", blank=True)  # ME6
    more_pay = models.CharField(max_length=6, default="", db_default="", blank=True)  # ME6
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
                name="review_promises_known",
                condition=Q(more_work__in=("", *KEPT), more_pay__in=("", *KEPT)),
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
                    *("comment", "private_note", "written_at", *PROMISES),
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


class RulingQuerySet(models.QuerySet["Ruling"]):
    def taken_out(self) -> "models.QuerySet[Ruling, Any]":
        """Ids of the reviews whose last ruling took them out of the scores."""
        return self._last().filter(effect="out").values("review")

    def not_shown(self) -> "models.QuerySet[Ruling, Any]":
        """Ids of the reviews whose words are not shown: those, and the hidden ones."""
        return self._last().filter(effect__in=("out", "hidden")).values("review")

    def _last(self) -> "RulingQuerySet":
        later = Ruling.objects.filter(review=OuterRef("review"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))


class Ruling(models.Model):
    """A decision of the office about what is shown of a review. The review itself stands as it was
    written; the last ruling, by number, counts."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="rulings", db_index=False)
    number = models.PositiveSmallIntegerField()
    effect = models.CharField(max_length=8)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = RulingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="ruling_number_once"),
            models.CheckConstraint(name="ruling_effect_known", condition=Q(effect__in=EFFECTS)),
            models.CheckConstraint(name="ruling_has_a_reason", condition=Q(reason__regex=r"\S")),
            AppendOnly(name="ruling_append_only"),
        ]


class Spoken(models.Model):
    """What the comment of a review speaks of, as `theme:tone`, by the lexicon of that digest. It
    can always be heard anew."""

    review = models.OneToOneField(Review, models.PROTECT, primary_key=True, related_name="spoken")
    lexicon = models.CharField(max_length=12)
    themes = ArrayField(models.CharField(max_length=20), default=list)


class ClosingNote(models.Model):
    """What the client answers at the end: what would make it a 5, and whether they order again
    (RE4). The worker reads it when the reviews appear, not before (RE2)."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="closing_note")
    better = models.TextField(default="", blank=True)
    again = models.CharField(max_length=7, default="", blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closing_note_again_known", condition=Q(again__in=("", *AGAIN))
            ),
            models.CheckConstraint(
                name="closing_note_says_something",
                condition=~Q(again="") | Q(better__regex=r"\S"),
            ),
            AppendOnly(name="closing_note_append_only"),
        ]


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


class SiteMean(models.Model):
    """All published ratings of one side together, each times its author's percent: `total` of the
    ratings, `heavy` of the percents. It can always be reckoned anew."""

    side = models.CharField(max_length=6, primary_key=True)
    heavy = models.BigIntegerField()
    total = models.BigIntegerField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="site_mean_side_known", condition=Q(side__in=SIDES)),
            models.CheckConstraint(name="site_mean_of_something", condition=Q(heavy__gt=0)),
        ]
