"""A large market for the benchmarks that ask how costs grow: filled once, and analysed.

`fill_1m`: how long the filling takes. Its rows come in their first state and are moved by UPDATEs,
with every trigger and constraint at work.
"""

import os
import time
from functools import cache
from pathlib import Path

from . import market
from .filling.ground import Ground, Size
from .measure import Figure, Result

MINUTES = 20.0
DEALS, SMALL = 1_000_000, 1_000
PER_WORKER, PER_CLIENT = 10, 50
TICKS = os.sysconf("SC_CLK_TCK")
wanted = DEALS  # `bin/bench --deals` says another number


def size(*, quick: bool) -> Size:
    deals = SMALL if quick else wanted
    return Size(deals // PER_WORKER, deals // PER_CLIENT, deals)


def filled(*, quick: bool) -> Size:
    """The market is there afterwards; one that was kept is taken as it is."""
    _fill(size(quick=quick))
    return size(quick=quick)


def told(of: Size) -> str:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{of.contracts:,} contracts of {of.workers:,} workers and {of.clients:,} clients; "
        f"load of the machine {load} on {os.cpu_count()} cores"
    )


def fill_1m(*, quick: bool) -> Result:
    of = size(quick=quick)
    ground, seconds, cpu = _fill(of)
    steps = ", ".join(f"{name} {took:.0f}" for name, took in ground.took.items())
    return Result(
        name="fill_1m",
        value=Figure.of([seconds / 60]),
        unit="min",
        goal=f"≤ {MINUTES:.0f} min",
        is_met=0 < seconds <= MINUTES * 60,
        notes=(
            f"{told(of)}; PostgreSQL's CPU {cpu / 60:.1f} min; seconds: {steps}"
            if ground.took
            else f"{told(of)}: filled by a run before this one",
        ),
    )


@cache
def _fill(of: Size) -> tuple[Ground, float, float]:
    """Seconds by the clock and of CPU."""
    from django.db import connection

    from enishi.kit import clock

    from .filling.fill import fill

    with connection.cursor() as cursor:
        ground = Ground(cursor, of, clock.now())
        known = ground.one("select count(*) from contracts_contract")
    if known >= of.contracts:
        return ground, 0.0, 0.0
    with market.hurried():
        began = time.perf_counter()
        ground = fill(of, at=clock.now(), is_loud=of.contracts > SMALL)
        took = time.perf_counter() - began
        cpu = backend_cpu()
    with market.superuser() as settling:
        settling.execute("vacuum (analyze)")
    return ground, took, cpu


def backend_cpu() -> float:
    """Seconds that PostgreSQL has worked for this process's connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (pid,) = cursor.fetchone()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
