from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Who acted where the account is an organisation (PE3). The next one looks at what stands."""

    dependencies = [("events", "0004_reports_by_day")]

    operations = [
        migrations.AddField("event", "member_id", models.BigIntegerField(null=True)),
        AddConstraintNotValid(
            "event",
            models.CheckConstraint(
                name="event_member_acts_for_an_account",
                condition=Q(member_id=None) | Q(by_id__isnull=False) & ~Q(by_id=F("member_id")),
            ),
        ),
    ]
