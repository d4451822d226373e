import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import enishi.kit.constraints


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Membership",
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
                ("email", models.EmailField(max_length=254)),
                ("status", models.CharField(default="invited", max_length=9)),
                ("invited_at", models.DateTimeField()),
                ("joined_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("stands_in_since", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at", "id"],
                        name="membership_waiting",
                    ),
                    models.Index(fields=["organisation", "id"], name="membership_of_organisation"),
                    models.Index(
                        condition=models.Q(("status", "active")),
                        fields=["account"],
                        name="membership_of_person",
                    ),
                    models.Index(
                        condition=models.Q(("status", "invited")),
                        fields=["email"],
                        name="membership_offered",
                    ),
                ],
                "constraints": [
                    enishi.kit.constraints.LegalMoves(
                        edges=[
                            ("active", "left"),
                            ("active", "removed"),
                            ("invited", "active"),
                            ("invited", "declined"),
                            ("invited", "lapsed"),
                            ("invited", "withdrawn"),
                        ],
                        field="status",
                        name="membership_moves",
                        start="invited",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", False),
                            models.Q(("status__in", ["invited"]), _negated=True),
                            _connector="OR",
                        ),
                        name="membership_waits_with_a_clock",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account", None),
                            models.Q(("organisation", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                        name="membership_is_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account__isnull", False),
                                ("joined_at__isnull", False),
                                ("status__in", ("active", "left", "removed")),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ("active", "left", "removed")), _negated=True
                                ),
                                ("account", None),
                                ("joined_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="membership_has_a_person_once_joined",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="membership_address_in_small_letters",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("invited", "active"))),
                        fields=("organisation", "email"),
                        name="membership_one_per_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "active")),
                        fields=("organisation", "account"),
                        name="membership_one_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stands_in_since", None), ("status", "active"), _connector="OR"
                        ),
                        name="stand_in_is_an_active_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stands_in_since__isnull", False)),
                        fields=("organisation",),
                        name="stand_in_one_per_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoodIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "since"], name="stood_in_of_organisation")
                ],
                "constraints": [
                    enishi.kit.constraints.AppendOnly(name="stood_in_append_only"),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))),
                        name="stood_in_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
