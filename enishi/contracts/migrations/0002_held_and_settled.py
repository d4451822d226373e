from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

from enishi.kit.constraints import LegalMoves

EDGES = [
    ("delivered", "accepted"),
    ("delivered", "disputed"),
    ("delivered", "revising"),
    ("delivered", "settled"),
    ("disputed", "settled"),
    ("funded", "delivered"),
    ("funded", "disputed"),
    ("funded", "held"),
    ("funded", "refunded"),
    ("funded", "settled"),
    ("held", "funded"),
    ("held", "refunded"),
    ("revising", "delivered"),
    ("revising", "disputed"),
    ("revising", "refunded"),
    ("revising", "settled"),
    ("unfunded", "cancelled"),
    ("unfunded", "funded"),
]
WAITING = ["funded", "held", "delivered", "revising"]


class Migration(migrations.Migration):
    """A milestone may be held while a bank decides, and settled by the office. The next migration
    checks the rows that stand, without keeping anyone from writing."""

    dependencies = [("contracts", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("milestone", "milestone_moves"),
        migrations.AddConstraint(
            "milestone",
            LegalMoves(name="milestone_moves", field="status", start="unfunded", edges=EDGES),
        ),
        migrations.RemoveConstraint("milestone", "milestone_waits_with_a_clock"),
        AddConstraintNotValid(
            "milestone",
            models.CheckConstraint(
                name="milestone_waits_with_a_clock",
                condition=Q(due_at__isnull=False) | ~Q(status__in=WAITING),
            ),
        ),
        migrations.AddField("milestone", "settled_amount", models.BigIntegerField(null=True)),
        AddConstraintNotValid(
            "milestone",
            models.CheckConstraint(
                name="milestone_settled_within_its_price",
                condition=~Q(status="settled")
                | Q(
                    ended_at__isnull=False,
                    settled_amount__gte=0,
                    settled_amount__lte=F("amount"),
                    fee__gte=0,
                    fee_tax__gte=0,
                    withheld__gte=0,
                ),
            ),
        ),
    ]
