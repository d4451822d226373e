from django.db import migrations

from enishi.escrow.constraints import BY_INDEX

POST = "escrow_post(text, text, timestamptz, text, bigint, jsonb, text[], bigint[], bigint[], bigint[])"
FUNCTIONS = ("entry_is_whole()", "line_moves_balances()", POST)


class Migration(migrations.Migration):
    """The functions stand as they are; only how their queries are planned changes."""

    dependencies = [("escrow", "0012_yen_in_range_is_valid")]

    operations = [
        migrations.RunSQL(
            [f"ALTER FUNCTION {name} {BY_INDEX}" for name in FUNCTIONS],
            [f"ALTER FUNCTION {name} RESET enable_seqscan" for name in FUNCTIONS],
        ),
    ]
