from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

# What the same two people agreed within 30 days of the first contract of an order belongs to it.
FILL = """
do $$
declare
    one record; client bigint; worker bigint; began timestamptz;
begin
    for one in select id, client_id, worker_id, agreed_at from contracts_contract
                where agreed_at is not null order by client_id, worker_id, agreed_at, id loop
        if client is distinct from one.client_id or worker is distinct from one.worker_id
           or one.agreed_at - began > interval '30 days' then
            client := one.client_id; worker := one.worker_id; began := one.agreed_at;
        end if;
        update contracts_contract set order_at = began where id = one.id;
    end loop;
end $$
"""


class Migration(migrations.Migration):
    """RA7: contracts know their order. Locks the rows it fills, and nothing else."""

    dependencies = [("contracts", "0008_threads_of_the_past_rest")]

    operations = [
        migrations.AddField("contract", "order_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        AddConstraintNotValid(
            "contract",
            models.CheckConstraint(
                name="contract_agreed_belongs_to_an_order",
                condition=Q(agreed_at=None, order_at=None)
                | Q(agreed_at__isnull=False, order_at__lte=F("agreed_at")),
            ),
        ),
    ]
