import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

import enishi.kit.constraints

UNFINISHED = ("created", "sent")
LOOKED_AT = ("confirmed", "refused")
MOVES = [
    ("created", "cancelled"),
    ("created", "failed"),
    ("created", "sent"),
    ("paid", "failed"),
    ("sent", "failed"),
    ("sent", "paid"),
]
ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def person(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        **more,
    )


def waiting():
    return [
        (name, models.DateTimeField(null=True)) for name in ("waiting_since", "due_at", "next_at")
    ]


def waiting_index(name):
    return models.Index(condition=Q(next_at__isnull=False), fields=["next_at", "id"], name=name)


class Migration(migrations.Migration):
    """Payouts by file, and accounts whose holder the office looks at. The next migration checks the
    payouts that stand, without keeping anyone from writing."""

    dependencies = [
        ("payments", "0004_payout_hold"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PayoutBatch",
            fields=[
                ("id", ID),
                *waiting(),
                ("status", models.CharField(default="made", max_length=10)),
                ("transfer_on", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("total", models.BigIntegerField()),
                ("sealed", models.TextField(blank=True, default="")),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("made_by", person()),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answer_sha256", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "indexes": [waiting_index("batch_waiting")],
                "constraints": [
                    enishi.kit.constraints.LegalMoves(
                        edges=[("made", "cancelled"), ("made", "sent"), ("sent", "settled")],
                        field="status",
                        name="batch_moves",
                        start="made",
                    ),
                    models.CheckConstraint(
                        condition=Q(due_at__isnull=False) | ~Q(status__in=["sent"]),
                        name="batch_waits_with_a_clock",
                    ),
                    models.UniqueConstraint(
                        condition=Q(status="made"),
                        fields=["status"],
                        name="batch_one_in_the_making",
                    ),
                    models.CheckConstraint(
                        condition=Q(count__gte=1, count__lte=9999, total__gt=0),
                        name="batch_fits_one_file",
                    ),
                    models.CheckConstraint(
                        condition=Q(status__in=("made", "cancelled"), sent_at=None)
                        | Q(status__in=("sent", "settled"), sent_at__isnull=False) & ~Q(sha256=""),
                        name="batch_sent_has_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HolderCheck",
            fields=[
                ("id", ID),
                *waiting(),
                (
                    "bank",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_of_holder",
                        to="payments.bankaccount",
                    ),
                ),
                ("status", models.CharField(default="waiting", max_length=10)),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("decided_by", person(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True, default="")),
            ],
            options={
                "indexes": [waiting_index("holder_check_waiting")],
                "constraints": [
                    enishi.kit.constraints.LegalMoves(
                        edges=[
                            ("waiting", "confirmed"),
                            ("waiting", "dropped"),
                            ("waiting", "refused"),
                        ],
                        field="status",
                        name="holder_moves",
                        start="waiting",
                    ),
                    models.CheckConstraint(
                        condition=Q(due_at__isnull=False) | ~Q(status__in=["waiting"]),
                        name="holder_waits_with_a_clock",
                    ),
                    models.CheckConstraint(
                        condition=~Q(reason=""), name="holder_check_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=Q(status__in=LOOKED_AT, decided_by__isnull=False)
                        | ~Q(status__in=LOOKED_AT) & Q(decided_by=None),
                        name="holder_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "bankaccount",
            "name",
            models.CharField(blank=True, db_default="", default="", max_length=48),
        ),
        migrations.AddField(
            "bankaccount", "sealed", models.TextField(blank=True, db_default="", default="")
        ),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE payments_payout ADD COLUMN batch_id bigint NULL",
                    "ALTER TABLE payments_payout DROP COLUMN batch_id",
                ),
                migrations.RunSQL(
                    "ALTER TABLE payments_payout ADD CONSTRAINT payments_payout_batch_id_fk "
                    "FOREIGN KEY (batch_id) REFERENCES payments_payoutbatch (id) "
                    "DEFERRABLE INITIALLY DEFERRED NOT VALID",
                    migrations.RunSQL.noop,
                ),
            ],
            [
                migrations.AddField(
                    "payout",
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payouts",
                        to="payments.payoutbatch",
                    ),
                )
            ],
        ),
        migrations.RemoveConstraint("payout", "payout_moves"),
        migrations.AddConstraint(
            "payout",
            enishi.kit.constraints.LegalMoves(
                edges=MOVES, field="status", name="payout_moves", start="created"
            ),
        ),
        migrations.RemoveConstraint("payout", "payout_unfinished_is_asked_about"),
        AddConstraintNotValid(
            "payout",
            models.CheckConstraint(
                name="payout_unfinished_is_asked_about",
                condition=Q(status__in=UNFINISHED, finished_at=None, batch=None)
                & Q(ask_at__isnull=False)
                | Q(status__in=UNFINISHED, finished_at=None, ask_at=None, batch__isnull=False)
                | ~Q(status__in=UNFINISHED) & Q(ask_at=None, finished_at__isnull=False),
            ),
        ),
        AddConstraintNotValid(
            "payout",
            models.CheckConstraint(
                name="payout_cancelled_with_its_batch",
                condition=~Q(status="cancelled") | Q(batch__isnull=False),
            ),
        ),
    ]
