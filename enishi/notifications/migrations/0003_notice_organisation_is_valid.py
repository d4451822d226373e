from django.db import migrations


class Migration(migrations.Migration):
    """Reads all notices, and lets everyone write meanwhile."""

    dependencies = [("notifications", "0002_notice_organisation")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE notifications_notice "
            "VALIDATE CONSTRAINT notifications_notice_organisation_id_fk",
            migrations.RunSQL.noop,
        ),
    ]
