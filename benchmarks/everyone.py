"""Everyone's facts are computed anew, against a bare scan of the same facts.

`ranks_all` is `enishi ranks recompute`, `trust_all` what each night keeps of people for their trust
cards. The bare program reads the facts of all by one statement of each kind, and writes nothing.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import psycopg

from . import market, scale
from .measure import Figure, Result, in_turns

RATIO = 3
ROUNDS = 3
OF_THESE = "any(%(accounts)s)"
# What a profile has, by one pass over each table.
PROFILES = """
    select account.id, account.name <> '', side.image_id is not null,
           coalesce(side.introduction_length, 0), coalesce(cardinality(side.skills), 0),
           coalesce(pieces, 0), coalesce(packages, 0), coalesce(stages, 0),
           coalesce(qualifications, 0)
      from accounts_account account
      left join profiles_workerprofile side on side.account_id = account.id
      left join (select account_id, count(*) as pieces from profiles_piece group by 1) piece
        on piece.account_id = account.id
      left join (select account_id, count(*) as packages from profiles_package
                  where status = 'open' group by 1) package on package.account_id = account.id
      left join (select account_id, count(*) as stages from profiles_experience group by 1) stage
        on stage.account_id = account.id
      left join (select account_id, count(*) as qualifications from profiles_qualification
                  group by 1) held on held.account_id = account.id
     where account.office_grade = ''
"""
Asked = Sequence[tuple[str, dict[str, Any]]]


def ranks_all(*, quick: bool) -> Result:
    from enishi.ranks import commands

    return _measure("ranks_all", commands.compute_all, _facts_of_ranks, quick=quick)


def trust_all(*, quick: bool) -> Result:
    from enishi.trust import commands

    return _measure("trust_all", commands.keep_all, _facts_of_trust, quick=quick)


def _measure(
    name: str,
    compute: Callable[..., int],
    facts: Callable[[datetime], Asked],
    *,
    quick: bool,
) -> Result:
    from enishi.kit import clock

    of = scale.filled(quick=quick)
    people = [0]

    def ours() -> float:
        began = time.perf_counter()
        people[0] = compute(at=clock.now())
        return time.perf_counter() - began

    with psycopg.connect(market.address(), autocommit=True) as bare:
        bare.execute("set work_mem = '64MB'")
        ours_took, bare_took = in_turns(
            ours, lambda: _scanned(bare, facts(clock.now())), rounds=1 if quick else ROUNDS
        )
    ratio = Figure.of([mine / theirs for mine, theirs in zip(ours_took, bare_took, strict=True)])
    return Result(
        name=name,
        value=Figure.of(ours_took),
        unit="s",
        goal=f"ratio ≤ {RATIO}",
        is_met=ratio.median <= RATIO,
        ratio=ratio,
        notes=(
            f"{people[0]:,} people; bare {Figure.of(bare_took).median:.2f} s; {scale.told(of)}",
        ),
    )


def _scanned(connection: psycopg.Connection[Any], asked: Asked) -> float:
    began = time.perf_counter()
    for statement, values in asked:
        connection.execute(statement, values).fetchall()
    return time.perf_counter() - began


def _of_all(statement: str) -> str:
    """Of everyone instead of some."""
    return statement.replace(f"= {OF_THESE}", "is not null")


def _facts_of_ranks(at: datetime) -> Asked:
    from enishi.kit.days import day_of
    from enishi.messaging import replies
    from enishi.ranks import earnings, facts

    values = {"since": facts.since(day_of(at)), "at": at, "kinds": list(facts.CHECKS)}
    answered = replies._values([], at)
    return [
        (_of_all(facts.PEOPLE), {}),
        (PROFILES, {}),
        *((_of_all(one), values) for one in (facts.CHECKED, facts.DEALS)),
        (_of_all(facts.RATINGS), values),
        (_of_all(replies.MEASURED), answered),
        (earnings.PAID, values | {"accounts": None}),
        (earnings.ALL_PLACES, {}),
    ]


def _facts_of_trust(at: datetime) -> Asked:
    from enishi.trust import gathering

    return [(_of_all(gathering.GATHERED), gathering.values([], at=at))]
