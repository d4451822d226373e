from django.db import migrations

from enishi.profiles.text import counted

BATCH = 1000


def count(apps, schema_editor):
    """In the order of their ids, a batch at a time: nobody waits for more than one of them. Which
    characters count, the database does not know."""
    profiles = apps.get_model("profiles", "WorkerProfile")
    sides = profiles.objects.using(schema_editor.connection.alias)
    told = sides.exclude(introduction="").filter(introduction_length=0).order_by("pk")
    last = 0
    while batch := list(told.filter(pk__gt=last).only("introduction")[:BATCH]):
        last = batch[-1].pk
        for side in batch:
            side.introduction_length = counted(side.introduction)
        sides.bulk_update(batch, ["introduction_length"])


class Migration(migrations.Migration):
    """Introductions from before this was kept. May be stopped and run again."""

    atomic = False

    dependencies = [("profiles", "0006_introduction_length")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
