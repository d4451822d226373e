from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_leaves")]

    operations = [
        migrations.AddField("account", "signed_in_on", models.DateField(null=True)),
        migrations.RunSQL(
            "update accounts_account"
            " set signed_in_on = (last_login at time zone 'Asia/Tokyo')::date"
            " where last_login is not null",
            migrations.RunSQL.noop,
        ),
    ]
