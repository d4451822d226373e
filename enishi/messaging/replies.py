"""Reply times as ME3 has them: measured over 90 days, for both sides alike.

A wait counts once it was answered, or has lasted longer than 24 hours. Days of leave are cut out,
unless somebody stood in for the owner of an organisation (PE3).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite

from django.conf import settings

from enishi.accounts.models import Leave
from enishi.kit.days import day_of, start_of_day
from enishi.kit.prepared import rows
from enishi.organisations.models import Membership, StoodIn

from .models import Wait

# While somebody stands in for the owner, an organisation can answer.
COVERED = f"""
    select coalesce(range_agg(tstzrange(since, until)), '{{}}'::tstzmultirange)
      from (select since, until from {StoodIn._meta.db_table}
             where organisation_id = wait.answerer_id
             union all
            select stands_in_since, null from {Membership._meta.db_table}
             where organisation_id = wait.answerer_id and stands_in_since is not null) stood
"""
# A leave counts from the moment it was declared. What was never answered is longer than anything.
WAITS = f"""
        select answerer_id, opened_at, closed_at,
               closed_at <= %(at)s and closed_by <> 'over' as is_answered,
               least(coalesce(closed_at, %(at)s), %(at)s) - opened_at - away.time as took
          from {Wait._meta.db_table} wait
         cross join lateral (
               select coalesce(sum(upper(alone) - lower(alone)), interval '0') as time
                 from {Leave._meta.db_table} leave
                cross join lateral (
                      select tstzrange(opened_at, least(coalesce(closed_at, %(at)s), %(at)s))
                             * tstzrange(
                                 greatest(declared_at, starts_on::timestamp at time zone %(zone)s),
                                 greatest(declared_at,
                                          (ends_on + 1)::timestamp at time zone %(zone)s)
                             ) as shared) overlap
                cross join lateral unnest(tstzmultirange(shared) - ({COVERED})) alone
                where leave.account_id = wait.answerer_id and withdrawn_at is null
                  and not isempty(shared)) away
         where answerer_id = any(%(accounts)s) and closed_by <> 'no_reply'
           and opened_at >= %(since)s and opened_at <= %(at)s
"""
MEASURED = f"""
    with waits as ({WAITS})
    select answerer_id, count(*), count(*) filter (where is_answered and took <= %(limit)s),
           percentile_cont(0.5) within group (
               order by case when is_answered then extract(epoch from took)::float8
                             else 'infinity' end)
      from waits
     where is_answered or took > %(limit)s
     group by answerer_id
"""
# What is open and young is listed as late: it will be, if nothing happens.
LISTED = f"""
    with waits as ({WAITS})
    select opened_at, coalesce(is_answered, false) and took <= %(limit)s from waits
     where is_answered or closed_at is null or took > %(limit)s
     order by opened_at
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
    """Of these people, in one query. Who was asked nothing is absent. Between two that were never
    answered the database finds a median that is no number."""
    return {
        account_id: Replies(count, within, timedelta(seconds=median) if isfinite(median) else None)
        for account_id, count, within, median in rows(MEASURED, _values(account_ids, at))
    }


def answers(account_id: int, *, at: datetime, more_days: int = 0) -> list[tuple[datetime, bool]]:
    """Each thing that was asked of this person, and whether it was answered within 24 hours; from
    so many days before the window on."""
    values = _values([account_id], at)
    values["since"] = start_of_day(day_of(at) - timedelta(days=_window() + more_days))
    found = rows(LISTED, values)
    return [(asked_at, is_within) for asked_at, is_within in found]


def _values(account_ids: Iterable[int], at: datetime) -> dict[str, object]:
    return {
        "accounts": list(account_ids),
        "at": at,
        "since": start_of_day(day_of(at) - timedelta(days=_window())),
        "limit": timedelta(hours=settings.RULES.reply_hours),
        "zone": "Asia/Tokyo",
    }


def _window() -> int:
    return settings.RULES.reply_window_days
