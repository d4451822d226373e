"""Reply times as ME3 has them: measured over 90 days, for both sides alike.

A wait counts once it was answered, or has lasted longer than 24 hours. Days of leave are cut out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isinf

from django.conf import settings

from enishi.accounts.models import Leave
from enishi.kit.prepared import rows

from .models import Wait

# A leave counts from the moment it was declared. What was never answered is longer than anything.
MEASURED = f"""
    with waits as (
        select answerer_id, closed_at <= %(at)s and closed_by <> 'over' as is_answered,
               least(coalesce(closed_at, %(at)s), %(at)s) - opened_at - away.time as took
          from {Wait._meta.db_table} wait
         cross join lateral (
               select coalesce(sum(upper(shared) - lower(shared)), interval '0') as time
                 from {Leave._meta.db_table} leave
                cross join lateral (
                      select tstzrange(opened_at, least(coalesce(closed_at, %(at)s), %(at)s))
                             * tstzrange(
                                 greatest(declared_at, starts_on::timestamp at time zone %(zone)s),
                                 greatest(declared_at,
                                          (ends_on + 1)::timestamp at time zone %(zone)s)
                             ) as shared) overlap
                where leave.account_id = wait.answerer_id and withdrawn_at is null
                  and not isempty(shared)) away
         where answerer_id = any(%(accounts)s) and closed_by <> 'no_reply'
           and opened_at > %(at)s - %(window)s and opened_at <= %(at)s)
    select answerer_id, count(*), count(*) filter (where is_answered and took <= %(limit)s),
           percentile_cont(0.5) within group (
               order by case when is_answered then extract(epoch from took)::float8
                             else 'infinity' end)
      from waits
     where is_answered or took > %(limit)s
     group by answerer_id
"""


@dataclass(frozen=True, slots=True)
class Replies:
    """How a person answers. `median` is None where at least half of what was asked got no answer;
    `within` of `count` waits were answered in 24 hours."""

    count: int
    within: int
    median: timedelta | None


NONE = Replies(count=0, within=0, median=None)


def replies(account_ids: Iterable[int], *, at: datetime) -> dict[int, Replies]:
    """Of these people, in one query. Who was asked nothing is absent."""
    values = {
        "accounts": list(account_ids),
        "at": at,
        "window": timedelta(days=settings.RULES.reply_window_days),
        "limit": timedelta(hours=settings.RULES.reply_hours),
        "zone": "Asia/Tokyo",
    }
    return {
        account_id: Replies(count, within, None if isinf(median) else timedelta(seconds=median))
        for account_id, count, within, median in rows(MEASURED, values)
    }
