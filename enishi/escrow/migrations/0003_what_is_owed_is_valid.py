from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Reads all accounts and entries, and lets everyone write in them meanwhile."""

    dependencies = [("escrow", "0002_what_is_owed")]

    operations = [
        ValidateConstraint("account", "account_bounds_by_its_kind"),
        ValidateConstraint("account", "account_below_its_ceiling"),
        ValidateConstraint("entry", "entry_kind_known"),
    ]
