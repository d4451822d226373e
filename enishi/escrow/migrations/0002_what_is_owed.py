from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

import enishi.escrow.constraints

KINDS = (
    *("fund", "release", "refund", "refund_failed", "payout", "payout_failed"),
    *("split", "chargeback", "chargeback_won", "recovery", "write_off", "correction"),
)


class Migration(migrations.Migration):
    """People may owe the market, and the market has money of its own. The constraints are checked
    against the rows that stand in the next migration, without keeping anyone from writing."""

    dependencies = [("escrow", "0001_initial")]

    operations = [
        migrations.AddField("account", "ceiling", models.BigIntegerField(null=True)),
        migrations.RemoveConstraint("account", "account_only_clearing_has_no_floor"),
        AddConstraintNotValid(
            "account",
            models.CheckConstraint(
                name="account_bounds_by_its_kind",
                condition=Q(floor__isnull=False, floor=0, ceiling=None)
                | Q(floor=None, ceiling=None, code__startswith="clearing:")
                | Q(floor=None, ceiling=None, code__startswith="own:")
                | Q(floor=None, ceiling__isnull=False, ceiling=0, code__startswith="receivable:"),
            ),
        ),
        AddConstraintNotValid(
            "account",
            models.CheckConstraint(
                name="account_below_its_ceiling",
                condition=Q(ceiling=None) | Q(balance__lte=F("ceiling")),
            ),
        ),
        migrations.RemoveConstraint("account", "account_balance_follows_lines"),
        migrations.AddConstraint(
            "account",
            enishi.escrow.constraints.BalanceFollowsLines(
                name="account_balance_follows_lines", fixed=["code", "floor", "ceiling"]
            ),
        ),
        migrations.RemoveConstraint("entry", "entry_kind_known"),
        AddConstraintNotValid(
            "entry",
            models.CheckConstraint(name="entry_kind_known", condition=Q(kind__in=KINDS)),
        ),
    ]
