"""A thousand rows are due among a million that wait: found by index alone, and planned.

Timed: what one sweep does before it acts. `events.sweep.due` for every kind of row until nothing
more is found, then the thousand rows read and the next step of each worked out. Taking a step costs
what that step's command costs, and is not part of this number. The bare program asks the same
question by one SQL statement.
"""

import time
from datetime import datetime
from typing import Any

import psycopg

from . import market
from .measure import Figure, Result, in_turns

DUE = 1_000
SECONDS = 1.0
ROUNDS = 5
WAITING = """
    insert into contracts_milestone (waiting_since, due_at, next_at, position, title, amount,
        due_on, status, rounds_used, funded_at, is_deemed, escrow_amount, withheld, contract_id)
    select now() - interval '3 days', now() + n * interval '1 second',
           case when n % %(each)s = 0 then now() - interval '1 minute'
                else now() + n * interval '1 second' end,
           1, '第1回', 30000, current_date + 30, 'funded', 0, now() - interval '3 days', false,
           30000, 0, 2000000000 + n
      from generate_series(1, %(rows)s::bigint) n
"""
BARE = """
    select id, waiting_since, due_at, next_at, status from contracts_milestone
     where next_at <= %s order by next_at, id
"""
COUNTED = "select count(*) from contracts_milestone where next_at <= %s"


def sweep_1m(*, quick: bool) -> Result:
    rows = 10_000 if quick else 1_000_000
    with market.superuser() as connection:
        sql = WAITING.replace("n % %(each)s", "n %% %(each)s::bigint")
        connection.execute(sql, {"rows": rows, "each": rows // DUE})
        connection.execute("vacuum (analyze) contracts_milestone")
        (at,) = connection.execute("select now()").fetchone() or (None,)
        # Those of other benchmarks before this one are due as well.
        (due,) = connection.execute(COUNTED, [at]).fetchone() or (0,)
    assert isinstance(at, datetime)
    assert due >= DUE
    plan = _plan(at)
    bare = psycopg.connect(market.address(), autocommit=True)
    ours_took, bare_took = in_turns(
        lambda: _found(at, due), lambda: _asked(bare, at, due), rounds=2 if quick else ROUNDS
    )
    bare.close()
    found = Figure.of(ours_took)
    return Result(
        name="sweep_1m",
        value=found,
        unit="s",
        goal=f"≤ {SECONDS:.0f} s, index only",
        is_met=found.median <= SECONDS,
        ratio=Figure.of([o / b for o, b in zip(ours_took, bare_took, strict=True)]),
        notes=(f"{due:,} due among {rows:,} waiting milestones; {plan}",),
    )


def _found(at: datetime, wanted: int) -> float:
    from django.conf import settings

    from enishi.contracts import clocks
    from enishi.contracts.models import Milestone
    from enishi.events import sweep
    from enishi.wiring import SWEPT

    began = time.perf_counter()
    due = {label: list(sweep.all_due(label, at)) for label in SWEPT}
    clock = clocks.working(settings.RULES)
    rows = Milestone.objects.in_bulk(due["contracts.Milestone"])
    planned = [row.step_due(clock, at) for row in rows.values()]
    took = time.perf_counter() - began
    if len(planned) != wanted:
        raise RuntimeError(f"{len(planned)} rows were found, {wanted} are due")
    return took


def _asked(connection: psycopg.Connection[Any], at: datetime, wanted: int) -> float:
    began = time.perf_counter()
    found = connection.execute(BARE, [at]).fetchall()
    took = time.perf_counter() - began
    if len(found) != wanted:
        raise RuntimeError(f"{len(found)} rows were found, {wanted} are due")
    return took


def _plan(at: datetime) -> str:
    """The plan in one word; anything but the index of what waits is a fault."""
    from enishi.events import sweep

    seen = sweep.query("contracts.Milestone", at).explain(format="json")
    if "milestone_waiting" not in seen or "Seq Scan" in seen or '"Sort"' in seen:
        raise RuntimeError(f"the sweep does not go by its index alone: {seen}")
    return "plan: index scan on milestone_waiting, no sort"
