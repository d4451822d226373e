from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

from enishi.reviews.constraints import StandsAsWritten

ANSWERS = ("", "none", "kept", "broken")
FIXED = [
    *("contract", "author", "subject", "side", "skill", "quality", "schedule", "communication"),
    *("partnership", "overall", "comment", "private_note", "written_at", "more_work", "more_pay"),
]


def _answer() -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", max_length=6)


class Migration(migrations.Migration):
    """Whether promises were kept (ME6): asked with a review, and fixed like the rest of it."""

    dependencies = [("reviews", "0002_rulings_and_closing_notes")]

    operations = [
        migrations.AddField("review", "more_work", _answer()),
        migrations.AddField("review", "more_pay", _answer()),
        AddConstraintNotValid(
            "review",
            models.CheckConstraint(
                name="review_promises_known",
                condition=Q(more_work__in=ANSWERS, more_pay__in=ANSWERS),
            ),
        ),
        migrations.RemoveConstraint("review", "review_stands_as_written"),
        migrations.AddConstraint(
            "review",
            StandsAsWritten(
                name="review_stands_as_written",
                fixed=FIXED,
                once=["published_at", "reply", "replied_at"],
            ),
        ),
    ]
