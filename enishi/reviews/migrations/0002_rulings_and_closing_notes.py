import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from enishi.kit.constraints import AppendOnly

KEY = {"auto_created": True, "primary_key": True, "serialize": False, "verbose_name": "ID"}


class Migration(migrations.Migration):
    """What the office decides is shown of a review, and what a client answers at the end."""

    dependencies = [
        ("contracts", "0007_ended_by_whose_fault_is_valid"),
        ("reviews", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosingNote",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("better", models.TextField(blank=True, default="")),
                ("again", models.CharField(blank=True, default="", max_length=7)),
                ("written_at", models.DateTimeField()),
                (
                    "contract",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing_note",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="closing_note_again_known",
                        condition=Q(again__in=("", "yes", "perhaps", "no")),
                    ),
                    models.CheckConstraint(
                        name="closing_note_says_something",
                        condition=~Q(again="") | Q(better__regex=r"\S"),
                    ),
                    AppendOnly(name="closing_note_append_only"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("number", models.PositiveSmallIntegerField()),
                ("effect", models.CharField(max_length=8)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rulings",
                        to="reviews.review",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["review", "number"], name="ruling_number_once"),
                    models.CheckConstraint(
                        name="ruling_effect_known",
                        condition=Q(effect__in=("hidden", "out", "restored")),
                    ),
                    models.CheckConstraint(
                        name="ruling_has_a_reason", condition=Q(reason__regex=r"\S")
                    ),
                    AppendOnly(name="ruling_append_only"),
                ],
            },
        ),
    ]
