import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import enishi.kit.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contracts", "0007_ended_by_whose_fault_is_valid"),
        ("messaging", "0003_messages_are_found"),
        ("reviews", "0004_promises_are_valid"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("waiting_since", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("kind", models.CharField(max_length=12)),
                ("status", models.CharField(default="open", max_length=10)),
                ("text", models.TextField()),
                ("reported_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True, default="")),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.contract",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reviews.review",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.thread",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at", "id"],
                        name="report_waiting",
                    )
                ],
                "constraints": [
                    enishi.kit.constraints.LegalMoves(
                        edges=[("open", "dismissed"), ("open", "upheld")],
                        field="status",
                        name="report_moves",
                        start="open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", False),
                            models.Q(("status__in", ["open"]), _negated=True),
                            _connector="OR",
                        ),
                        name="report_waits_with_a_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("retaliation", "extortion"))),
                        name="report_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("about")), _negated=True),
                        name="report_is_about_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text__regex", "\\S")), name="report_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("status__in", ("upheld", "dismissed")),
                                ("decided_by__isnull", False),
                                ("decision__regex", "\\S"),
                                models.Q(("decided_by", models.F("by")), _negated=True),
                                models.Q(("decided_by", models.F("about")), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status__in", ("upheld", "dismissed")), _negated=True),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="report_decided_by_somebody_else",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("by", "thread"),
                        name="report_one_open_per_thread",
                    ),
                ],
            },
        ),
    ]
