from django.db import migrations

OVER = """
    update messaging_thread thread set rests_since = over.at
      from (select thread_id, max(ended_at) as at from (
                select thread_id, ended_at, status in ('completed', 'ended', 'expired') as is_over
                  from contracts_contract
                union all
                select thread_id, ended_at, status in ('declined', 'withdrawn', 'lapsed', 'hired')
                  from proposals_proposal) deals
             group by thread_id having bool_and(is_over) and max(ended_at) is not null) over
     where thread.id = over.thread_id and thread.rests_since is null
"""


class Migration(migrations.Migration):
    """What is said after the end of a deal waits for nobody (ME3), also where it ended before this
    was kept. Locks the rows it writes, one after the other, and nothing else."""

    dependencies = [
        ("contracts", "0007_ended_by_whose_fault_is_valid"),
        ("messaging", "0004_reply_waits"),
        ("proposals", "0001_initial"),
    ]

    operations = [migrations.RunSQL(OVER, migrations.RunSQL.noop)]
