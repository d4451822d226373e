"""Transfers a second, durable: our ledger's commands against SQL functions that do the same, and
against django-hordak 2, which a Django shop would pick. `balance_read`: one balance."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

from . import market
from .ledgers.client import ACCOUNTS
from .ledgers.ours import FIRST
from .measure import Figure, Result, in_turns, number

ROOT = Path(__file__).parents[1]
LEDGERS = ROOT / "benchmarks/ledgers"
PEERS = ROOT / ".venv-peers"
MOST, LEAST_AHEAD, READ_MOST = 1.5, 3.0, 1.2
ROUNDS, SECONDS = 5, 3.0
MANY = 8
OPENED = 10**9  # yen in every account, so that none runs dry
HORDAK = "enishi_hordak"

SEED = """
    insert into escrow_account (code, balance, credited, floor)
    select 'payable:' || {first} + n, {opened}, {opened}, 0 from generate_series(0, {last}) n
        on conflict do nothing;
    insert into bare_account (code, balance, credited, floor)
    select 'payable:' || n, {opened}, {opened}, 0 from generate_series(0, {last}) n;
    analyze escrow_account; analyze bare_account;
"""


@dataclass(slots=True)
class Crowd:
    """Clients of one ledger, who all begin at the same word."""

    clients: list["subprocess.Popen[str]"]

    def run(self, many: int, **order: Any) -> float:
        """Transfers, or reads, a second of so many clients together."""
        chosen = self.clients[:many]
        for client in chosen:
            _pipe(client.stdin).write(json.dumps(order) + "\n")
            _pipe(client.stdin).flush()
        return sum(float(_pipe(client.stdout).readline()) for client in chosen)


def _pipe(end: IO[str] | None) -> IO[str]:
    assert end is not None
    return end


@contextmanager
def _crowd(command: list[str], many: int) -> Iterator[Crowd]:
    clients: list[subprocess.Popen[str]] = []
    try:
        for seed in range(many):
            clients.append(
                subprocess.Popen(
                    [*command, str(seed)],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                    cwd=ROOT,
                    env=os.environ | {"PYTHONWARNINGS": "ignore"},
                )
            )
        for client in clients:
            if _pipe(client.stdout).readline() != "ready\n":
                raise RuntimeError(f"a client of {command} did not begin")
        yield Crowd(clients)
    finally:
        for client in clients:
            client.kill()
            client.wait()


@contextmanager
def _crowds(many: int) -> Iterator[tuple[Crowd, Crowd]]:
    """Of our ledger, of the bare one."""
    with market.superuser() as connection:
        connection.execute("drop table if exists bare_line, bare_entry, bare_account cascade")
        for name in ("bare_frozen", "bare_balanced", "bare_transfer"):
            connection.execute(f"drop function if exists {name} cascade")
        connection.execute((LEDGERS / "bare.sql").read_text())
        facts = {"first": FIRST, "opened": OPENED, "last": ACCOUNTS - 1}
        connection.execute(SEED.format(**facts))
    module = [sys.executable, "-m"]
    with (
        _crowd([*module, "benchmarks.ledgers.ours"], many) as ours,
        _crowd([*module, "benchmarks.ledgers.bare", market.address()], many) as bare,
    ):
        yield ours, bare


def _hordaks(many: int) -> AbstractContextManager[Crowd]:
    return _crowd([str(_peers()), str(LEDGERS / "peer.py"), _hordak()], many)


def _peers() -> Path:
    """The interpreter of the others' own environment, made when it is first asked for."""
    python, lock = PEERS / "bin/python", ROOT / "benchmarks/peers.lock"
    stamp = PEERS / ".stamp"
    if not stamp.exists() or stamp.read_text() != lock.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", PEERS], check=True)
        uv = Path(sys.executable).with_name("uv")
        subprocess.run(
            [uv, "pip", "sync", "--quiet", "--require-hashes", lock],
            check=True,
            env=os.environ | {"VIRTUAL_ENV": str(PEERS)},
        )
        stamp.write_text(lock.read_text())
    return python


def _hordak() -> str:
    """A database of its own on the same server, with its tables and accounts."""
    owner = market.address("enishi")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"drop database if exists {HORDAK} with (force)")
        connection.execute(f"create database {HORDAK}")
    address = psycopg.conninfo.make_conninfo(owner, dbname=HORDAK)
    asked = [str(_peers()), str(LEDGERS / "peer.py"), address, "setup"]
    subprocess.run(asked, check=True, cwd=ROOT)
    return address


def _measured(name: str, many: int, *, hot: bool, quick: bool) -> Result:
    rounds, seconds = (1, 0.3) if quick else (ROUNDS, SECONDS)
    order = {"hot": hot, "seconds": seconds}
    with _crowds(many) as crowds, _hordaks(many) as others:
        all_three = (*crowds, others)
        seen = in_turns(*(_asked(one, many, order) for one in all_three), rounds=rounds)
    ours, bare, hordak = seen
    where = "one hot account" if hot else f"spread over {ACCOUNTS} accounts"
    ratio = Figure.of([base / mine for mine, base in zip(ours, bare, strict=True)])
    ahead = Figure.of([mine / other for mine, other in zip(ours, hordak, strict=True)])
    return Result(
        name=name,
        value=Figure.of(ours),
        unit="transfers/s",
        goal=f"ratio ≤ {MOST}, {LEAST_AHEAD:.0f} times hordak",
        is_met=ratio.median <= MOST and ahead.median >= LEAST_AHEAD,
        ratio=ratio,
        notes=(
            f"{many} at a time, {where}; bare {number(Figure.of(bare).median)}/s",
            f"hordak {number(Figure.of(hordak).median)}/s: ours {number(ahead.median)} times it",
            f"seen {ahead.written()}",
        ),
    )


def _asked(crowd: Crowd, many: int, order: dict[str, Any]) -> Any:
    return lambda: crowd.run(many, **order)


def transfer_1(*, quick: bool) -> Result:
    return _measured("transfer_1", 1, hot=False, quick=quick)


def transfer_8(*, quick: bool) -> Result:
    return _measured("transfer_8", MANY, hot=False, quick=quick)


def transfer_hot_1(*, quick: bool) -> Result:
    return _measured("transfer_hot_1", 1, hot=True, quick=quick)


def transfer_hot_8(*, quick: bool) -> Result:
    return _measured("transfer_hot_8", MANY, hot=True, quick=quick)


def balance_read(*, quick: bool) -> Result:
    order = {"reads": True, "hot": False, "seconds": 0.2 if quick else 1.0}
    with _crowds(1) as (ours, bare):
        mine, base = in_turns(
            _asked(ours, 1, order), _asked(bare, 1, order), rounds=1 if quick else 9
        )
    ratio = Figure.of([theirs / one for one, theirs in zip(mine, base, strict=True)])
    return Result(
        name="balance_read",
        value=Figure.of([1000 / one for one in mine]),
        unit="ms",
        goal=f"ratio ≤ {READ_MOST}",
        is_met=ratio.median <= READ_MOST,
        ratio=ratio,
        notes=(f"bare {number(1000 / Figure.of(base).median)} ms",),
    )
