from django.db import migrations, models

import enishi.escrow.constraints

# Lines are written once, so those that stand are filled behind the triggers, by the owner alone.
FILL = """
    ALTER TABLE escrow_line DISABLE TRIGGER USER;
    UPDATE escrow_line line SET at = entry.at FROM escrow_entry entry
     WHERE entry.id = line.entry_id;
    UPDATE escrow_line line SET after = said.after
      FROM (SELECT id, sum(amount) OVER (PARTITION BY account_id ORDER BY id) AS after
              FROM escrow_line) said
     WHERE said.id = line.id;
    ALTER TABLE escrow_line ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Each line says when it was written and the balance after it, so that a statement need not
    sum up what came before."""

    dependencies = [("escrow", "0003_what_is_owed_is_valid")]

    operations = [
        migrations.AddField("line", "at", models.DateTimeField(null=True)),
        migrations.AddField("line", "after", models.BigIntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("line", "at", models.DateTimeField()),
        migrations.AlterField("line", "after", models.BigIntegerField()),
        migrations.RemoveConstraint("line", "line_moves_balances"),
        migrations.AddConstraint(
            "line",
            enishi.escrow.constraints.LinesMoveBalances(
                name="line_moves_balances", says=["at", "after"]
            ),
        ),
    ]
