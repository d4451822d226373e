"""The mean of all ratings of one side, by which few ratings are adjusted; each is as heavy as its
author counts (SA7). Kept once a night, and anew when the office decides about an author; until it
was kept for the first time it is reckoned on the spot."""

from datetime import datetime
from fractions import Fraction

from django.db import connection

from enishi.kit.prepared import rows

from .models import Review, Ruling, SiteMean, WeightOfReviewer

FULL = 100  # percent
# What the office took out of the scores by its last ruling is not counted.
SUMS = f"""
    select sum(coalesce(percent, {FULL})) as heavy,
           sum(coalesce(percent, {FULL}) * overall) as total
      from {Review._meta.db_table} review
      left join {WeightOfReviewer._meta.db_table} weight on weight.account_id = review.author_id
     where published_at is not null
       and not exists (
           select from {Ruling._meta.db_table} ruling
            where ruling.review_id = review.id and effect = 'out'
              and not exists (select from {Ruling._meta.db_table} later
                               where later.review_id = ruling.review_id
                                 and later.number > ruling.number))
"""
MEAN = f"""
    with kept as (select heavy, total from {SiteMean._meta.db_table} where side = %(side)s)
    select heavy, total from kept
     union all
    select * from ({SUMS} and side = %(side)s) reckoned where not exists (select from kept)
"""
KEEP = f"""
    with summed as (
        select sides.side, heavy, total from (values ('client'), ('worker')) sides (side)
         cross join lateral ({SUMS} and review.side = sides.side) summed where heavy > 0),
    gone as (
        delete from {SiteMean._meta.db_table} kept
         where kept.side not in (select side from summed))
    insert into {SiteMean._meta.db_table} as kept (side, heavy, total, computed_at)
    select side, heavy, total, %(at)s from summed
        on conflict (side) do update
       set heavy = excluded.heavy, total = excluded.total, computed_at = excluded.computed_at
"""


def mean(side: str) -> Fraction | None:
    """Of everyone's ratings on this side; None while there are none."""
    ((heavy, total),) = rows(MEAN, {"side": side})
    return Fraction(int(total), int(heavy)) if heavy else None


def keep(*, at: datetime) -> None:
    """Reads all ratings, both sides in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"at": at})


def keep_anew(*, at: datetime) -> None:
    """Where it is kept already: somebody counts more or less from now on."""
    if SiteMean.objects.exists():
        keep(at=at)
