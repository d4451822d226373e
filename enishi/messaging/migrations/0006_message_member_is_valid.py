from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all messages, and lets everyone write meanwhile."""

    dependencies = [("messaging", "0005_message_member")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE messaging_message VALIDATE CONSTRAINT messaging_message_member_id_fk",
            migrations.RunSQL.noop,
        ),
        ValidateConstraint("message", "message_member_writes_for_another"),
    ]
