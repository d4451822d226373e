"""What finished contracts of a subcategory paid: the market range beside a post (JO7).

Strictly confidential contracts are left out. A range is kept only from enough contracts of enough
different clients, so that nobody's own price can be read off it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from enishi.contracts.models import Contract, Milestone
from enishi.jobs.models import Job
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of, start_of_day

from .models import MarketRange

HOUR = "hour"
# One statement: whoever reads meanwhile sees the ranges of before or of after.
REFRESH = f"""
    with paid as (
        select contract.client_id, contract.amount, job.subcategory, job.pricing, job.unit,
               job.quantity, job.expected_hours,
               (select sum(piece.amount - piece.fee - piece.fee_tax)
                  from {Milestone._meta.db_table} piece where piece.contract_id = contract.id)
                   as net
          from {Contract._meta.db_table} contract
          join {Job._meta.db_table} job on job.id = contract.job_id
         where contract.status = 'completed' and contract.confidentiality <> 'strict'
           and contract.ended_at > %(since)s and contract.ended_at <= %(at)s
           and not exists (select from {Milestone._meta.db_table} piece
                            where piece.contract_id = contract.id and piece.status <> 'accepted')),
    prices as (
        select client_id, subcategory, '{HOUR}' as unit, net / expected_hours as yen
          from paid where expected_hours > 0
         union all
        select client_id, subcategory, unit, amount::numeric / quantity
          from paid where pricing = 'per_unit' and quantity > 0 and unit not in ('', '{HOUR}')),
    ranges as (
        select subcategory, unit, count(*) as sample,
               percentile_cont(array[0.25, 0.5, 0.75]) within group (order by yen::float8) as yen
          from prices group by subcategory, unit
        having count(*) >= %(least)s and count(distinct client_id) >= %(clients)s),
    gone as (
        delete from {MarketRange._meta.db_table} kept
         where not exists (select from ranges where ranges.subcategory = kept.subcategory
                              and ranges.unit = kept.unit))
    insert into {MarketRange._meta.db_table} as kept
           (subcategory, unit, low, median, high, sample, computed_at)
    select subcategory, unit, yen[1], yen[2], yen[3], sample, %(at)s from ranges
    on conflict (subcategory, unit) do update
       set low = excluded.low, median = excluded.median, high = excluded.high,
           sample = excluded.sample, computed_at = excluded.computed_at
"""


@dataclass(frozen=True, slots=True)
class Range:
    """The middle half of what was paid for one unit, in yen, from so many contracts."""

    unit: str  # `hour`: after fees; any other: as agreed
    low: Decimal
    median: Decimal
    high: Decimal
    sample: int


def refresh(*, at: datetime) -> None:
    """Of every subcategory."""
    rules = settings.RULES
    values = {
        "at": at,
        "since": start_of_day(day_of(at) - timedelta(days=rules.trust_window_days)),
        "least": rules.market_least,
        "clients": rules.market_clients_least,
    }
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, values)


def ranges(subcategories: Iterable[str]) -> dict[tuple[str, str], Range]:
    """By subcategory and unit, in one query. Where too little is known there is none."""
    return {
        (subcategory, unit): Range(unit, *figures)
        for subcategory, unit, *figures in _ranges(sorted(set(subcategories)))
    }


@compiled
def _ranges(subcategory_ids: list[str]) -> QuerySet[MarketRange, Any]:
    found = MarketRange.objects.filter(subcategory__in=subcategory_ids)
    return found.values_list("subcategory", "unit", "low", "median", "high", "sample")
