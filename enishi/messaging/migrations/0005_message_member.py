from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Who wrote it, where the author is an organisation (PE3). The next one looks at what stands,
    without keeping anyone from writing."""

    dependencies = [
        ("messaging", "0004_reply_waits"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE messaging_message ADD COLUMN member_id bigint NULL",
                    "ALTER TABLE messaging_message DROP COLUMN member_id",
                ),
                migrations.RunSQL(
                    "ALTER TABLE messaging_message ADD CONSTRAINT messaging_message_member_id_fk "
                    "FOREIGN KEY (member_id) REFERENCES accounts_account (id) "
                    "DEFERRABLE INITIALLY DEFERRED NOT VALID",
                    migrations.RunSQL.noop,
                ),
            ],
            [
                migrations.AddField(
                    "message",
                    "member",
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
        AddConstraintNotValid(
            "message",
            models.CheckConstraint(
                name="message_member_writes_for_another",
                condition=Q(member=None) | Q(author__isnull=False) & ~Q(author=F("member")),
            ),
        ),
    ]
