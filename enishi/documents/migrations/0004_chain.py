import hashlib
import json
import unicodedata

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q

import enishi.documents.constraints

BATCH = 500
GUARD = "ALTER TABLE documents_document {} TRIGGER document_append_only"


def chained(apps, schema_editor):
    """Each paper takes its place in the order in which they were issued."""
    documents = apps.get_model("documents", "Document").objects.using(
        schema_editor.connection.alias
    )
    ids = list(documents.order_by("at", "number").values_list("pk", flat=True))
    position, chain = 0, "0" * 64
    for start in range(0, len(ids), BATCH):
        batch = documents.in_bulk(ids[start : start + BATCH])
        for pk in ids[start : start + BATCH]:
            paper = batch[pk]
            position, chain = position + 1, _link(chain, paper.sha256)
            paper.position, paper.chain = position, chain
            body = json.loads(paper.body)
            paper.amount, paper.party_names = _amount(paper.kind, body), _names(body)
        documents.bulk_update(batch.values(), ["position", "chain", "amount", "party_names"])


def _link(before, sha256):
    return hashlib.sha256((before + sha256).encode()).hexdigest()


def _amount(kind, body):
    if kind == "order_sheet":
        return body["totals"]["amount"]
    return body["amount"] if kind in ("inspection_record", "payment_statement") else None


def _names(body):
    names = (body[side]["name"] for side in ("client", "worker"))
    return "\n".join(dict.fromkeys(map(_folded, names)))


def _folded(text):
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Migration(migrations.Migration):
    """All papers that stand become one chain, in one transaction: they can be read meanwhile, but
    none can be issued. Their records stay as they are."""

    dependencies = [("documents", "0003_place")]

    operations = [
        migrations.RunSQL(GUARD.format("DISABLE"), GUARD.format("ENABLE")),
        migrations.RunPython(chained, migrations.RunPython.noop),
        migrations.RunSQL(GUARD.format("ENABLE"), GUARD.format("DISABLE")),
        migrations.AddConstraint(
            "document",
            enishi.documents.constraints.FollowsTheLast(name="document_follows_the_last"),
        ),
        AddConstraintNotValid(
            "document",
            models.CheckConstraint(
                condition=Q(position__isnull=False, position__gte=1)
                & Q(chain__isnull=False, party_names__isnull=False),
                name="document_has_a_place",
            ),
        ),
    ]
