from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all contracts, and lets everyone write in them meanwhile."""

    dependencies = [("contracts", "0009_orders")]

    operations = [ValidateConstraint("contract", "contract_agreed_belongs_to_an_order")]
