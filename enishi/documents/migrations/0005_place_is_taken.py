from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models

UNIQUE = "document_place_taken_once"


class Migration(migrations.Migration):
    """No place is empty, none is taken twice. Proved beside the work of others: what is validated
    or indexed first is not looked at again."""

    atomic = False

    dependencies = [("documents", "0004_chain")]

    operations = [
        ValidateConstraint("document", "document_has_a_place"),
        migrations.AlterField("document", "party_names", models.TextField()),
        migrations.AlterField("document", "position", models.BigIntegerField()),
        migrations.AlterField("document", "chain", models.CharField(max_length=64)),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    f"CREATE UNIQUE INDEX CONCURRENTLY {UNIQUE} ON documents_document (position)",
                    migrations.RunSQL.noop,
                ),
                migrations.RunSQL(
                    f"ALTER TABLE documents_document ADD CONSTRAINT {UNIQUE} "
                    f"UNIQUE USING INDEX {UNIQUE}",
                    f"ALTER TABLE documents_document DROP CONSTRAINT {UNIQUE}",
                ),
            ],
            [
                migrations.AddConstraint(
                    "document", models.UniqueConstraint(fields=["position"], name=UNIQUE)
                )
            ],
        ),
    ]
