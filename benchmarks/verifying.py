"""The whole ledger is checked while others write, and a long account is read like a short one.

`verify_1m`: every rule of `enishi verify-ledger` over a million lines, beside a writer who never
stops. The bare program sums the same lines once. `statement_100k`: what a statement reads of an
account with 100,000 lines, against one with 100.
"""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import psycopg

from . import market
from .measure import Figure, Result, in_turns

SECONDS = 60.0
ROUNDS = 3
PER_ACCOUNT = 50
SHARDS = 16
LONG, SHORT, MOST = 100_000, 100, 1.5
BARE = "select count(*), sum(amount) from escrow_line"

# Entries of a thousand yen from the provider into escrow, with sums that are true.
SEED = """
    insert into escrow_account (code, balance, credited, floor)
    select 'escrow:bench:' || n, 1000 * %(per)s, 1000 * %(per)s, 0
      from generate_series(0, %(entries)s / %(per)s - 1) n;
    insert into escrow_account (code, balance, credited)
    select 'clearing:bench:' || n, -1000 * (%(entries)s / %(shards)s), 0
      from generate_series(0, %(shards)s - 1) n;
    insert into escrow_entry (kind, idem, at, purpose_kind, purpose_id, facts)
    select 'fund', 'bench-' || n, now(), 'bench', n, '{{}}'
      from generate_series(0, %(entries)s - 1) n;
    insert into escrow_line (entry_id, account_id, amount, at, after, credited)
    select entry.id, account.id, sign.amount, entry.at,
           case when sign.amount > 0 then 1000 * (n / (%(entries)s / %(per)s) + 1)
                else -1000 * (n / %(shards)s + 1) end,
           case when sign.amount > 0 then 1000 * (n / (%(entries)s / %(per)s) + 1) else 0 end
      from (select id, at, purpose_id as n from escrow_entry where purpose_kind = 'bench') entry
     cross join (values (1000), (-1000)) sign (amount)
      join escrow_account account on account.code =
           case when sign.amount > 0
                then 'escrow:bench:' || entry.n %% (%(entries)s / %(per)s)
                else 'clearing:bench:' || entry.n %% %(shards)s end
     order by entry.id, sign.amount desc
"""


def verify_1m(*, quick: bool) -> Result:
    lines = 16_000 if quick else 1_000_000
    _seed(lines // 2)
    with _writing() as writer, psycopg.connect(market.address(), autocommit=True) as bare:
        ours, summed = in_turns(_verified, lambda: _summed(bare), rounds=1 if quick else ROUNDS)
    took = Figure.of(ours)
    return Result(
        name="verify_1m",
        value=took,
        unit="s",
        goal=f"≤ {SECONDS:.0f} s beside a writer",
        is_met=took.most <= SECONDS,
        ratio=Figure.of([mine / theirs for mine, theirs in zip(ours, summed, strict=True)]),
        notes=(f"{lines:,} lines; {writer.told()}",),
    )


def _now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)  # noqa: TID251  # no market's time is meant


def _seed(entries: int) -> None:
    facts = {"entries": entries, "per": PER_ACCOUNT, "shards": SHARDS}
    statements = SEED.replace("{{}}", "{}")
    for name, value in facts.items():
        statements = statements.replace(f"%({name})s", str(value))
    with market.superuser() as connection:
        connection.execute(statements.replace("%%", "%"))
        connection.execute("vacuum (analyze) escrow_line, escrow_entry, escrow_account")


def _verified() -> float:
    from enishi.escrow import queries

    began = time.perf_counter()
    faults = queries.verify()
    took = time.perf_counter() - began
    if faults:
        raise RuntimeError(f"the ledger of the benchmark is not sound: {faults[:3]}")
    return took


def _summed(connection: "psycopg.Connection[tuple[int, int]]") -> float:
    began = time.perf_counter()
    connection.execute(BARE).fetchone()
    return time.perf_counter() - began


@dataclass
class Writer:
    done: int = 0
    waits: list[float] = field(default_factory=list)
    is_over: bool = False

    def told(self) -> str:
        half, most = (1000 * one for one in (statistics.median(self.waits), max(self.waits)))
        said = f"{self.done:,} entries were written meanwhile, half of them within {half:.1f} ms"
        return f"{said}, the slowest in {most:,.0f} ms"

    def run(self) -> None:
        from django.db import connection

        from enishi.escrow import commands

        for number in count(10**9):
            if self.is_over:
                break
            began, at = time.perf_counter(), _now()
            about = ("bench", number, 1_000)
            commands.fund(*about, provider="bench", at=at, idem=f"writer-{number}")
            self.waits.append(time.perf_counter() - began)
            self.done += 1
        connection.close()


@contextmanager
def _writing() -> Iterator[Writer]:
    writer = Writer()
    thread = threading.Thread(target=writer.run)
    thread.start()
    try:
        yield writer
    finally:
        writer.is_over = True
        thread.join()


def statement_100k(*, quick: bool) -> Result:
    """One account reaches over five years, the other over a month; of both the newest page is read,
    full in either case."""
    long = 5_000 if quick else LONG
    until = _now()
    for owner, lines, days in ((10**9 + 1, long, 1826), (10**9 + 2, SHORT, 28)):
        _account(owner, lines, until, days=days)
    ours, base = in_turns(
        lambda: _read(10**9 + 1, until), lambda: _read(10**9 + 2, until), rounds=3 if quick else 9
    )
    ratio = Figure.of([one / other for one, other in zip(ours, base, strict=True)])
    return Result(
        name="statement_100k",
        value=Figure.of([took * 1000 for took in ours]),
        unit="ms",
        goal=f"ratio ≤ {MOST} of an account with {SHORT}",
        is_met=ratio.median <= MOST,
        ratio=ratio,
        notes=(f"{long:,} lines in five years; sums of twelve months and the newest 51 lines",),
    )


ACCOUNT = """
    with owner as (insert into escrow_account (code, balance, credited, floor)
         values ('payable:{owner}', {lines}, {lines}, 0) returning id, 1 as amount),
    mirror as (insert into escrow_account (code, balance, credited)
         values ('clearing:{owner}', -{lines}, 0) returning id, -1 as amount),
    written as (insert into escrow_entry (kind, idem, at, purpose_kind, purpose_id, facts)
        select 'release', 'bench-{owner}-' || n, %(until)s::timestamptz
                 - (({lines} - n) * (interval '{days} days' / {lines})), 'long', n, '{{}}'
          from generate_series(1, {lines}) n returning id, at, purpose_id)
    insert into escrow_line (entry_id, account_id, amount, at, after, credited)
    select written.id, side.id, side.amount, at, purpose_id * side.amount,
           greatest(purpose_id * side.amount, 0)
      from written cross join (select * from owner union all select * from mirror) side
     order by purpose_id
"""


def _account(owner: int, lines: int, until: datetime, *, days: int) -> None:
    with market.superuser() as connection:
        connection.execute(ACCOUNT.format(owner=owner, lines=lines, days=days), {"until": until})
        connection.execute("vacuum (analyze) escrow_line, escrow_entry, escrow_account")


def _read(owner: int, until: datetime) -> float:
    """What the page asks of the ledger, a hundred times."""
    from enishi.contracts import statements
    from enishi.kit.days import day_of

    month = day_of(until - timedelta(seconds=1)).replace(day=1)
    months = statements.months_up_to(month, 12)
    began = time.perf_counter()
    for _ in range(100):
        sums = statements.earned(owner, months)
        rows = statements.worker_rows(owner, month, most=51)
    took = (time.perf_counter() - began) / 100
    if not rows or not sums[-1].closing:
        raise RuntimeError("the statement of the benchmark is empty")
    return took
