from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

PLACE = (
    "^(job|ask|relay|answer|proposal|decline|note|offer|refusal|withdrawal|delivery|revision|change"
    "|refund|thread|review|reply|profile|acceptance|report|decision|ruling)"
    "-([0-9]{1,18}|new|worker|client)$"
)


class Migration(migrations.Migration):
    """What is being written at an acceptance, in a report and in a decision is kept too."""

    dependencies = [("drafts", "0002_sent_form")]

    operations = [
        migrations.RemoveConstraint("draft", "draft_place_known"),
        AddConstraintNotValid(
            "draft",
            models.CheckConstraint(name="draft_place_known", condition=Q(place__regex=PLACE)),
        ),
    ]
