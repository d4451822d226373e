from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Invoices, receipts and yearly records. Old rows are of kinds that stay, so none is looked at."""

    dependencies = [("documents", "0005_place_is_taken")]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_kind_known"),
        AddConstraintNotValid(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            *("order_sheet", "delivery_note", "inspection_record"),
                            *("payment_statement", "invoice", "receipt", "payment_record"),
                        ],
                    )
                ),
                name="document_kind_known",
            ),
        ),
    ]
