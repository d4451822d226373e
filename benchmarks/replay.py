"""The bare side of a hire: the very rows that the commands wrote, written again by plain SQL.

One hire is watched: each INSERT, UPDATE, DELETE, job and NOTIFY with its values, and where its
transactions end. Then the same statements run with fresh ids, prepared, in as many transactions,
and nothing else: no reads, no locks, no rules. Watched whole, reads and locks run too: what the
commands ask of the database, without what they do themselves. Ids are made unmistakable beforehand
(each sequence counts in a range of its own), so they are found again in every value, text and JSON
included.
"""

import hashlib
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.types.json import Json, Jsonb

from . import market

WRITES = re.compile(r"\s*(insert|update|delete|select (pg_notify|procrastinate_))", re.IGNORECASE)
RANGE = 10**12
IDS = re.compile(r"[1-9]\d{12,13}")
KEYS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAPERS = re.compile(r"[A-Z]{2}-\d{8}-\d+(?:-\d+)?")
SEQUENCES = """
    select schemaname || '.' || sequencename from pg_sequences
     where data_type = 'bigint'::regtype order by 1
"""

LAST_PAPER = "select position, chain from documents_document order by position desc limit 1"


@dataclass(slots=True)
class Watched:
    """The statements of one hire, parted into its transactions: those that write, or all."""

    is_whole: bool = False
    transactions: list[list[tuple[str, Any]]] = field(default_factory=list)
    _open: list[tuple[str, Any]] = field(default_factory=list)

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        from django.db import transaction

        if self.is_whole or WRITES.match(sql):
            if not self._open and context["connection"].in_atomic_block:
                transaction.on_commit(self._close)
            self._open.append((sql, params))
            if not context["connection"].in_atomic_block:
                self._close()
        return execute(sql, params, many, context)

    def _close(self) -> None:
        self.transactions.append(self._open)
        self._open = []


def spread_ids() -> None:
    """Each sequence counts on in a range of its own."""
    with market.superuser() as connection:
        names = [name for (name,) in connection.execute(SEQUENCES).fetchall()]
        for number, name in enumerate(names, start=1):
            connection.execute("select setval(%s, %s)", [name, number * RANGE + 1])


def positions() -> dict[int, int]:
    """Where each sequence stands, by its range."""
    with market.superuser() as connection:
        found = {}
        for (name,) in connection.execute(SEQUENCES).fetchall():
            (last,) = connection.execute(f"select last_value from {name}").fetchone() or (0,)
            found[last // RANGE] = last
    return found


@contextmanager
def watching(*, is_whole: bool = False) -> Iterator[Watched]:
    from django.db import connection

    watched = Watched(is_whole)
    with connection.execute_wrapper(watched):
        yield watched


class Replay:
    def __init__(self, watched: Watched, before: dict[int, int], after: dict[int, int]) -> None:
        self._transactions, self._began = watched.transactions, before
        self._used = {key: after[key] - before[key] for key in after}
        self._line = psycopg.connect(market.address(), prepare_threshold=0)

    @property
    def counts(self) -> tuple[int, int]:
        """How many transactions, and how many statements in them."""
        return len(self._transactions), sum(len(each) for each in self._transactions)

    def run(self, hires: int) -> float:
        """Seconds for so many hires; their values are worked out before the clock starts."""
        now, vault = positions(), _vault()
        ready = [list(self._renewed(number, now, vault)) for number in range(hires)]
        began = time.perf_counter()
        with self._line.cursor() as cursor:
            for transactions in ready:
                for statements in transactions:
                    for sql, params in statements:
                        cursor.execute(sql, params)
                    self._line.commit()
        return time.perf_counter() - began

    def close(self) -> None:
        self._line.close()

    def _renewed(
        self, number: int, now: dict[int, int], vault: "Vault"
    ) -> Iterator[list[tuple[str, Any]]]:
        """The same values with the ids that this hire will get."""
        fresh: dict[str, str] = {}

        def following(found: str) -> str:
            old = int(found)
            kind = old // RANGE
            if old <= self._began.get(kind, old):
                return found  # a row that stood before: a person, an account of the ledger
            return str(old - self._began[kind] + now[kind] + number * self._used[kind])

        def text(value: str) -> str:
            value = IDS.sub(lambda hit: following(hit.group()), value)
            for pattern, make in ((KEYS, _key), (PAPERS, _paper)):
                value = pattern.sub(lambda hit: fresh.setdefault(hit.group(), make(hit)), value)  # noqa: B023  # used at once
            return value

        for statements in self._transactions:
            yield [
                (sql, vault.signed(sql, _renew(params, text, following)))
                for sql, params in statements
            ]


def _key(_: re.Match[str]) -> str:
    return str(uuid.uuid4())


def _paper(hit: re.Match[str]) -> str:
    return f"{hit.group()[:2]}-{uuid.uuid4().int % 10**12}"


def _renew(value: Any, text: Callable[[str], str], following: Callable[[str], str]) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return type(value)(following(str(value))) if value >= RANGE else value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, uuid.UUID):
        return uuid.UUID(text(str(value)))
    if isinstance(value, Json | Jsonb):
        return type(value)(_renew(value.obj, text, following), dumps=value.dumps)
    if isinstance(value, dict):
        return {key: _renew(one, text, following) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_renew(one, text, following) for one in value)
    return value


def _columns(sql: str) -> list[str]:
    """Of an INSERT, in the order of its values."""
    return re.findall(r'"(\w+)"', sql.partition(") VALUES")[0])[1:]


@dataclass(slots=True)
class Vault:
    """A paper carries the fingerprint of its text, which has changed with the ids in it, and seals
    the paper before it. Nobody else issues any while a hire is played again."""

    position: int
    chain: str

    def signed(self, sql: str, params: Any) -> Any:
        if not sql.startswith('INSERT INTO "documents_document"'):
            return params
        row = dict(zip(_columns(sql), params, strict=True))
        row["sha256"] = hashlib.sha256(row["body"].encode()).hexdigest()
        self.position += 1
        self.chain = hashlib.sha256((self.chain + row["sha256"]).encode()).hexdigest()
        return tuple((row | {"position": self.position, "chain": self.chain}).values())


def _vault() -> Vault:
    """As it stands now."""
    with market.superuser() as connection:
        last = connection.execute(LAST_PAPER).fetchone()
    return Vault(*(last or (0, "0" * 64)))
