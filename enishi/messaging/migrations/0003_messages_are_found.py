from collections import defaultdict

from django.db import migrations

from enishi.messaging.searching import looked_in

BATCH = 1000


def fill(apps, schema_editor):
    """In the order of their ids, a batch at a time: nobody waits for more than one of them."""
    messages = apps.get_model("messaging", "Message").objects.using(schema_editor.connection.alias)
    files = apps.get_model("messaging", "MessageFile").objects.using(messages.db)
    unfilled = messages.filter(looked_in=None, author__isnull=False).order_by("id")
    last = 0
    while batch := list(unfilled.filter(id__gt=last)[:BATCH]):
        last = batch[-1].pk
        names = defaultdict(list)
        attached = files.filter(message__in=batch).order_by("id")
        for message_id, name in attached.values_list("message_id", "file__name"):
            names[message_id].append(name)
        for message in batch:
            message.looked_in = looked_in(message.body, names[message.pk])
        messages.bulk_update(batch, ["looked_in"])


class Migration(migrations.Migration):
    """What was said before it could be searched for. May be stopped and run again."""

    atomic = False

    dependencies = [("messaging", "0002_message_looked_in"), ("files", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
