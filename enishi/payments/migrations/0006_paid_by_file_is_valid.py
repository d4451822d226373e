from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models

ONCE = "payout_once_in_a_batch"


class Migration(migrations.Migration):
    """Reads all payouts, and lets everyone write meanwhile."""

    atomic = False

    dependencies = [("payments", "0005_paid_by_file")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE payments_payout VALIDATE CONSTRAINT payments_payout_batch_id_fk",
            migrations.RunSQL.noop,
        ),
        ValidateConstraint("payout", "payout_unfinished_is_asked_about"),
        ValidateConstraint("payout", "payout_cancelled_with_its_batch"),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {ONCE} "
                    "ON payments_payout (batch_id, account_id)",
                    migrations.RunSQL.noop,
                ),
                migrations.RunSQL(
                    f"ALTER TABLE payments_payout ADD CONSTRAINT {ONCE} UNIQUE USING INDEX {ONCE}",
                    f"ALTER TABLE payments_payout DROP CONSTRAINT {ONCE}",
                ),
            ],
            [
                migrations.AddConstraint(
                    "payout",
                    models.UniqueConstraint(fields=["batch", "account"], name=ONCE),
                )
            ],
        ),
    ]
