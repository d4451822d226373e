"""Two thousand open streams in one process, told all at once; beside a bare asyncio program."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from enishi.cli import ports

from . import market, seeds
from .measure import Figure, Result, in_turns, number

SECONDS = 0.5
ROUNDS = 7
PER_ACCOUNT = 8  # below what the hub allows one person
SIGN_INS = """
    with sessions as (
        insert into django_session (session_key, session_data, expire_date)
        select 'stream' || lpad(n::text, 20, '0'), '', now() + interval '1 day'
          from generate_series(1, %(count)s::bigint) n)
    insert into usersessions_usersession
           (user_id, created_at, ip, last_seen_at, session_key, user_agent, data)
    select n, now(), '127.0.0.1', now(), 'stream' || lpad(n::text, 20, '0'), 'bench', '{}'
      from generate_series(1, %(count)s::bigint) n
    returning user_id, id
"""


def stream_2k(*, quick: bool) -> Result:
    wanted = 40 if quick else 2_000
    seeds.people()
    with market.superuser() as connection:
        signed = connection.execute(SIGN_INS, {"count": wanted // PER_ACCOUNT}).fetchall()
    paths = [_path(account_id, row_id) for account_id, row_id in signed for _ in range(PER_ACCOUNT)]
    uvicorn = ["uvicorn", "--log-level", "warning", "--no-access-log", "enishi.stream.app:app"]
    with _running(uvicorn) as (ours, port), _running(["benchmarks.bare.stream"]) as (bare, other):
        empty = _memory(ours), _memory(bare)
        with asyncio.Runner() as runner:
            told = [Told(market.address()), Told(market.address())]
            runner.run(told[0].open(port, paths))
            runner.run(told[1].open(other, ["/"] * wanted))
            full = _memory(ours), _memory(bare)
            connections = _connections("enishi-stream")
            took = in_turns(
                lambda: runner.run(told[0].tell()),
                lambda: runner.run(told[1].tell()),
                rounds=2 if quick else ROUNDS,
            )
    each = [(then - before) / wanted for before, then in zip(empty, full, strict=True)]
    found = Figure.of(took[0])
    return Result(
        name="stream_2k",
        value=found,
        unit="s to tell all",
        goal=f"≤ {SECONDS} s, 1 connection",
        is_met=found.median <= SECONDS and connections == 1,
        ratio=Figure.of([o / b for o, b in zip(*took, strict=True)]),
        notes=(
            (
                f"{wanted:,} streams, {number(each[0])} KiB each (bare {number(each[1])}), "
                f"{connections} connection to the database"
            ),
        ),
    )


class Told:
    """The readers of one program, all in this process."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._readers: list[asyncio.StreamReader] = []
        self._kept: list[asyncio.StreamWriter] = []
        self._news = 0

    async def open(self, port: int, paths: list[str]) -> None:
        for path in paths:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            await reader.readuntil(b"event: refresh")
            self._readers.append(reader)
            self._kept.append(writer)

    async def tell(self) -> float:
        """From the NOTIFY until the last reader has it."""
        self._news += 1
        wanted = f"data: {self._news}\n".encode()
        began = time.perf_counter()
        async with await psycopg.AsyncConnection.connect(self._database, autocommit=True) as line:
            began = time.perf_counter()
            await line.execute("select pg_notify('enishi', %s)", [f"{self._news} *"])
            async with asyncio.timeout(30):
                await asyncio.gather(*(one.readuntil(wanted) for one in self._readers))
            return time.perf_counter() - began


def _path(account_id: int, sign_in_id: int) -> str:
    from enishi.notifications import stream_pass

    token = stream_pass.issue(stream_pass.Pass(account_id, sign_in_id, stream_pass.mark("!", 0)))
    return f"/stream?token={token}"


@contextmanager
def _running(module: list[str]) -> Iterator[tuple[int, int]]:
    port = ports.free_from(30_000 + os.getpid() % 20_000, "127.0.0.1")
    command = [sys.executable, "-m", module[0], "--port", str(port), *module[1:]]
    environment = {"ENISHI_BENCH_DATABASE": market.address()}
    with (Path(os.environ["ENISHI_DATA"]) / "stream.log").open("ab") as log:
        process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log)
    try:
        _wait(port)
        yield process.pid, port
    finally:
        process.kill()
        process.wait()


def _wait(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the stream does not come up")


def _memory(pid: int) -> int:
    """Resident memory in KiB."""
    text = Path(f"/proc/{pid}/status").read_text()
    return int(text.partition("VmRSS:")[2].split()[0])


def _connections(name: str) -> int:
    with market.superuser() as connection:
        asked = "select count(*) from pg_stat_activity where application_name = %s"
        (found,) = connection.execute(asked, [name]).fetchone() or (0,)
    return int(found)
