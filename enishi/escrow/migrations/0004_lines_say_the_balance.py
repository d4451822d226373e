from django.db import migrations, models

import enishi.escrow.constraints

# Lines are written once, so those that stand are filled behind the triggers, by the owner alone.
FILL = """
    ALTER TABLE escrow_line DISABLE TRIGGER USER;
    ALTER TABLE escrow_account DISABLE TRIGGER USER;
    UPDATE escrow_line line SET at = entry.at FROM escrow_entry entry
     WHERE entry.id = line.entry_id;
    UPDATE escrow_line line SET after = said.after, credited = said.credited
      FROM (SELECT id,
                   sum(amount) OVER (PARTITION BY account_id ORDER BY id) AS after,
                   sum(greatest(amount, 0)) OVER (PARTITION BY account_id ORDER BY id) AS credited
              FROM escrow_line) said
     WHERE said.id = line.id;
    UPDATE escrow_account account SET credited = said.credited
      FROM (SELECT account_id, sum(greatest(amount, 0)) AS credited FROM escrow_line GROUP BY 1) said
     WHERE said.account_id = account.id;
    ALTER TABLE escrow_account ENABLE TRIGGER USER;
    ALTER TABLE escrow_line ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Each line says when it was written and the sums after it, so that a statement need not add up
    what came before."""

    dependencies = [("escrow", "0003_what_is_owed_is_valid")]

    operations = [
        migrations.AddField("account", "credited", models.BigIntegerField(default=0)),
        migrations.AddField("line", "at", models.DateTimeField(null=True)),
        migrations.AddField("line", "after", models.BigIntegerField(null=True)),
        migrations.AddField("line", "credited", models.BigIntegerField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("line", "at", models.DateTimeField()),
        migrations.AlterField("line", "after", models.BigIntegerField()),
        migrations.AlterField("line", "credited", models.BigIntegerField()),
        migrations.RemoveConstraint("line", "line_moves_balances"),
        migrations.AddConstraint(
            "line",
            enishi.escrow.constraints.LinesMoveBalances(
                name="line_moves_balances", says=["at", "after", "credited"]
            ),
        ),
        migrations.RemoveConstraint("account", "account_balance_follows_lines"),
        migrations.AddConstraint(
            "account",
            enishi.escrow.constraints.BalanceFollowsLines(
                name="account_balance_follows_lines",
                fixed=["code", "floor", "ceiling"],
                sums=["balance", "credited"],
            ),
        ),
    ]
