from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """For which organisation a stand-in is told (PE3). The next one looks at what stands."""

    dependencies = [
        ("notifications", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE notifications_notice ADD COLUMN organisation_id bigint NULL",
                    "ALTER TABLE notifications_notice DROP COLUMN organisation_id",
                ),
                migrations.RunSQL(
                    "ALTER TABLE notifications_notice ADD CONSTRAINT "
                    "notifications_notice_organisation_id_fk "
                    "FOREIGN KEY (organisation_id) REFERENCES accounts_account (id) "
                    "DEFERRABLE INITIALLY DEFERRED NOT VALID",
                    migrations.RunSQL.noop,
                ),
            ],
            [
                migrations.AddField(
                    "notice",
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                )
            ],
        ),
    ]
