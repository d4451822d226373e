"""The list in which clients find workers: of Regular rank and above, a page at a time (RA3)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from enishi.accounts.models import Account
from enishi.jobs.catalogue import read as catalogue
from enishi.kit.prepared import rows
from enishi.profiles.models import Package, Piece, WorkerProfile
from enishi.ranks.models import Earning, Standing
from enishi.ranks.policy import LISTED, RANKS

from .closeness.queries import CLOSE

ORDERS = ("rank", "newest", "closeness")
COUNTED_MOST = 1000
WORDS_MOST = 5
LONGEST = 17  # digits of a number in a key: within a bigint
HIGHEST = 2**63 - 1
PLACES = ", ".join(f"'{rank}'" for rank in RANKS)
PEOPLE = f"""
      from {Standing._meta.db_table} standing
      join {Account._meta.db_table} account on account.id = standing.account_id
      left join {WorkerProfile._meta.db_table} profile on profile.account_id = account.id
"""
# A category is theirs who were paid in it within a year, or show a piece or offer a package of it.
NARROWED = f"""
     where standing.rank = any(%(ranks)s::text[]) and account.is_active
       and account.office_grade = ''
       and account.id <> %(viewer)s
       and (%(category)s::text is null
            or exists (select from {Earning._meta.db_table} earning
                        where earning.account_id = account.id and category = %(category)s)
            or exists (select from {Piece._meta.db_table} piece
                        where piece.account_id = account.id and category = %(category)s)
            or exists (select from {Package._meta.db_table} package
                        where package.account_id = account.id and status = 'open'
                          and subcategory = any(%(kinds)s)))
       and (%(skill)s::text is null or profile.skills @> array[%(skill)s]::varchar[])
       and not exists (
            select from unnest(%(patterns)s::text[], %(named)s::text[]) word(pattern, named)
             where normalize(account.name, nfkc) not ilike pattern
               and not coalesce(profile.skills && string_to_array(named, ',')::varchar[], false))
"""
COUNT = f"select count(*) from (select 1 {PEOPLE} {NARROWED} limit %(most)s) counted"


def _number(moment: str) -> str:
    """A moment as a number that a key can hold: microseconds."""
    return f"(extract(epoch from {moment}) * 1000000)::bigint"


def _ordered(select: str, *, by: str, where: str, more: str = "") -> str:
    """A page of one group, found by an index in this order."""
    return f"""
        select account.id, account.name, standing.rank, {select} {PEOPLE} {more} {NARROWED}
           and {where}
         order by {by} limit %(size)s"""


# Each order falls by two numbers, and of two alike whoever joined later comes first. A page begins
# below a key. Where the order goes by several groups, an index leads into each of them.
NUMBERED = "timestamptz 'epoch' + %(second)s::bigint * interval '1 microsecond'"
BELOW = f"""
    coalesce({NUMBERED}, 'infinity') as since, coalesce(%(last)s::bigint, {HIGHEST}) as last"""
BY_RANK = f"""
    select id, name, found.rank, place as first, second
      from (select rank, place, case when place = %(first)s::bigint then {NUMBERED}
                                     when place > %(first)s::bigint then '-infinity'
                                     else 'infinity' end as since
              from (select rank, array_position(array[{PLACES}]::text[], rank)::bigint as place
                      from unnest(%(ranks)s::text[]) rank) ranks) of_rank
     cross join lateral ({
    _ordered(
        _number("standing.since") + " as second",
        by="standing.since desc, standing.account_id desc",
        where="standing.rank = of_rank.rank and (standing.since, standing.account_id)"
        f" < (of_rank.since, coalesce(%(last)s::bigint, {HIGHEST}))",
    )
}) found"""
BY_DAY = f"""
    select newest.* from (select {BELOW}) below
     cross join lateral ({
    _ordered(
        "0::bigint as first, " + _number("account.joined_at") + " as second",
        by="account.joined_at desc, account.id desc",
        where="(account.joined_at, account.id) < (below.since, below.last)",
    )
}) newest"""
NEAR = _ordered(
    f"close.times::bigint as first, coalesce({_number('close.last_at')}, 0) as second",
    more="join close on close.other_id = account.id",
    by="first desc, second desc, account.id desc",
    where=f"""(%(last)s::bigint is null
            or (close.times::bigint, coalesce({_number("close.last_at")}, 0), account.id)
             < (%(first)s::bigint, %(second)s::bigint, %(last)s::bigint))""",
)
FAR = _ordered(
    "0::bigint as first, 0::bigint as second",
    by="account.id desc",
    where=f"""not exists (select from close where close.other_id = account.id)
           and account.id < case when %(first)s::bigint > 0 then {HIGHEST}
                                 else coalesce(%(last)s::bigint, {HIGHEST}) end""",
)
GROUPS = {
    "rank": BY_RANK,
    "newest": BY_DAY,
    "closeness": f"select * from ({NEAR}) near union all select * from ({FAR}) far",
}
STATEMENTS = {
    order: f"""
    {f"with close as materialized ({CLOSE})" if order == "closeness" else ""}
    select id, name, rank, first, second from ({group}) grouped
     order by first desc, second desc, id desc limit %(size)s"""
    for order, group in GROUPS.items()
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a client looks for. Empty values do not narrow; `rank` is the lowest one wanted."""

    words: str = ""
    category: str = ""
    skill: str = ""
    rank: str = LISTED[0]
    order: str = ORDERS[0]


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """One worker in the list."""

    id: int
    name: str
    rank: str


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[WorkerLine]
    after: str  # the key of the next page, "" on the last one


def found(wanted: Wanted, *, viewer: Account, after: str = "") -> Page:
    """A page of workers, without the viewer, in one query."""
    size = settings.RULES.page_size
    order = wanted.order if wanted.order in ORDERS else ORDERS[0]
    first, second, last = _key(after) or (None, None, None)
    values = {"size": size + 1, "first": first, "second": second, "last": last}
    known = rows(STATEMENTS[order], _values(wanted, viewer) | values)
    lines = [WorkerLine(*row[:3]) for row in known[:size]]
    if len(known) <= size:
        return Page(lines, "")
    account_id, _, _, first, second = known[size - 1]
    return Page(lines, f"{first}-{second}-{account_id}")


def count(wanted: Wanted, *, viewer: Account) -> int:
    """How many match; nobody counts further than COUNTED_MOST + 1."""
    ((number,),) = rows(COUNT, _values(wanted, viewer) | {"most": COUNTED_MOST + 1})
    return int(number)


def listed_line(account: Account) -> tuple[WorkerLine, bool]:
    """Somebody's own line, and whether others find it."""
    standing = Standing.objects.filter(account=account).first()
    rank = standing.rank if standing else RANKS[0]
    return WorkerLine(account.pk, account.name, rank), rank in LISTED and account.is_active


def _values(wanted: Wanted, viewer: Account) -> dict[str, Any]:
    at_least = LISTED.index(wanted.rank) if wanted.rank in LISTED else 0
    words = unicodedata.normalize("NFKC", wanted.words).split()[:WORDS_MOST]
    return {
        "viewer": viewer.pk,
        "ranks": list(LISTED[at_least:]),
        "category": wanted.category or None,
        "kinds": list(_kinds(wanted.category)),
        "skill": wanted.skill or None,
        "patterns": [f"%{_literal(word)}%" for word in words],
        "named": [",".join(_skills_named(word)) for word in words],
    }


def _literal(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


def _kinds(category_id: str) -> Iterable[str]:
    known = (one for one in catalogue.categories() if one.id == category_id)
    return (kind.id for one in known for kind in one.subcategories)


def _skills_named(word: str) -> list[str]:
    """The skills in whose name this word stands, in either language."""
    sought = word.casefold()
    return [
        skill.id
        for skill in catalogue.skills()
        if sought in skill.ja.casefold() or sought in skill.en.casefold()
    ]


def _key(after: str) -> tuple[int, int, int] | None:
    parts = after.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if any(len(part) > LONGEST for part in parts):
        return None
    first, second, last = map(int, parts)
    return first, second, last
