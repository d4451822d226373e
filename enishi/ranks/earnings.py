"""What was earned in each category over the last 365 days, kept so that a position is counted by
index. Written from the milestones that were paid (RA6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from enishi.contracts.models import Contract, Milestone
from enishi.jobs.models import Job
from enishi.kit.prepared import rows

from .models import Earning

PAID = f"""
    select contract.worker_id as account_id, job.category,
           sum(coalesce(milestone.settled_amount, milestone.amount)) as yen
      from {Milestone._meta.db_table} milestone
      join {Contract._meta.db_table} contract on contract.id = milestone.contract_id
      join {Job._meta.db_table} job on job.id = contract.job_id
     where milestone.status in ('accepted', 'settled')
       and milestone.ended_at >= %(since)s and milestone.ended_at <= %(at)s
       and (%(accounts)s::bigint[] is null or contract.worker_id = any(%(accounts)s))
     group by contract.worker_id, job.category
    having sum(coalesce(milestone.settled_amount, milestone.amount)) > 0
"""
# One statement: whoever reads meanwhile sees the sums of before or of after.
REFRESH = f"""
    with paid as ({PAID}),
    gone as (
        delete from {Earning._meta.db_table} kept
         where (%(accounts)s::bigint[] is null or kept.account_id = any(%(accounts)s))
           and not exists (select from paid where paid.account_id = kept.account_id
                              and paid.category = kept.category))
    insert into {Earning._meta.db_table} as kept (account_id, category, yen)
    select account_id, category, yen from paid
    on conflict (account_id, category) do update set yen = excluded.yen
     where kept.yen <> excluded.yen
"""
# Each one's main category is where most was earned; of two alike, the first by its name.
PLACES = f"""
    with main as (
        select distinct on (account_id) account_id, category, yen
          from {Earning._meta.db_table} where account_id = any(%(accounts)s)
         order by account_id, yen desc, category),
    sizes as (
        select category, count(*) as earners from {Earning._meta.db_table}
         where category in (select category from main) group by category)
    select account_id, category, yen,
           (select count(*) + 1 from {Earning._meta.db_table} other
             where other.category = main.category and other.yen > main.yen), earners
      from main join sizes using (category)
"""


# Of everyone, each category is put in order once: counted for each, it would be read as often as it
# has earners.
ALL_PLACES = f"""
    with placed as (
        select account_id, category, yen,
               rank() over (partition by category order by yen desc) as position,
               count(*) over (partition by category) as earners
          from {Earning._meta.db_table})
    select distinct on (account_id) account_id, category, yen, position, earners
      from placed order by account_id, yen desc, category
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in the category in which they earned most."""

    category: str
    yen: int
    position: int
    earners: int


def refresh(account_ids: Sequence[int] | None, *, since: datetime, at: datetime) -> None:
    """Of these people, or of everyone."""
    accounts = None if account_ids is None else list(account_ids)
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, {"accounts": accounts, "since": since, "at": at})


def places(account_ids: Sequence[int] | None) -> dict[int, Place]:
    """Of these people, or of everyone. Who earned nothing is absent."""
    if account_ids is None:
        found = rows(ALL_PLACES, [])
    else:
        found = rows(PLACES, {"accounts": list(account_ids)})
    return {account_id: Place(*place) for account_id, *place in found}
