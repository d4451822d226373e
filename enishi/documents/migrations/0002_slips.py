from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Papers of a milestone. Old rows are of the one kind there was, so none is looked at."""

    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_kind_known"),
        AddConstraintNotValid(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "order_sheet",
                            "delivery_note",
                            "inspection_record",
                            "payment_statement",
                        ],
                    )
                ),
                name="document_kind_known",
            ),
        ),
    ]
