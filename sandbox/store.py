"""Everything the sandbox knows, in one SQLite file: it may be killed at any moment."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from .errors import missing

SCHEMA = """
create table if not exists objects (
    seq integer primary key, id text not null unique, kind text not null, body text not null);
create index if not exists objects_by_kind on objects (kind, seq);
create table if not exists balances (account text primary key, amount integer not null);
create table if not exists answers (
    key text primary key, fingerprint text not null, status integer, body blob);
create table if not exists timers (id integer primary key, at real not null, act text, object text);
create table if not exists deliveries (
    id integer primary key, event text not null, at real not null,
    attempts integer not null default 0, status text not null default 'due');
create index if not exists deliveries_due on deliveries (status, at);
"""

PREFIXES = {
    "account": "acct",
    "balance_transaction": "txn",
    "bank_account": "ba",
    "charge": "ch",
    "checkout.session": "cs_test",
    "customer": "cus",
    "customer_cash_balance_transaction": "ccsbtxn",
    "dispute": "du",
    "event": "evt",
    "message": "msg",
    "payment_intent": "pi",
    "payout": "po",
    "refund": "re",
    "transfer": "tr",
    "transfer_reversal": "trr",
    "webhook_endpoint": "we",
}

Body = dict[str, Any]


def now() -> int:
    """Real time in whole seconds, as Stripe writes it."""
    return time.time_ns() // 1_000_000_000


def precisely() -> float:
    return time.time_ns() / 1_000_000_000


class Store:
    def __init__(self, folder: Path, *, is_live: bool = False) -> None:
        self.is_live = is_live
        folder.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(folder / "sandbox.sqlite3", isolation_level=None)
        self.db.execute("pragma journal_mode = wal")
        self.db.execute("pragma synchronous = normal")
        self.db.executescript(SCHEMA)
        # An answer without a status belonged to a call that a kill cut off before its effect.
        self.db.execute("delete from answers where status is null")

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.db.execute("rollback")
            raise
        self.db.execute("commit")

    def new(self, kind: str, **facts: Any) -> Body:
        body = {"id": f"{PREFIXES[kind]}_{token_hex(12)}", "object": kind, "created": now()}
        body |= {"livemode": self.is_live, **facts}
        self.db.execute(
            "insert into objects (id, kind, body) values (?, ?, ?)",
            (body["id"], kind, json.dumps(body)),
        )
        return body

    def get(self, kind: str, name: str) -> Body:
        found = self.db.execute(
            "select body from objects where id = ? and kind = ?", (name, kind)
        ).fetchone()
        if not found:
            raise missing(kind, name)
        return dict(json.loads(found[0]))

    def save(self, body: Body) -> None:
        self.db.execute("update objects set body = ? where id = ?", (json.dumps(body), body["id"]))

    def newest(
        self, kind: str, *, limit: int, before: str = "", where: tuple[str, str] | None = None
    ) -> tuple[list[Body], bool]:
        """Newest first, and whether more follow; `where` asks for one field's value."""
        field, value = where or ("object", kind)
        rows = self.db.execute(
            "select body from objects where kind = ? and json_extract(body, ?) = ?"
            " and seq < coalesce((select seq from objects where id = ?), 9223372036854775807)"
            " order by seq desc limit ?",
            (kind, f"$.{field}", value, before, limit + 1),
        ).fetchall()
        return [json.loads(body) for (body,) in rows[:limit]], len(rows) > limit

    def balance(self, account: str) -> int:
        row = self.db.execute(
            "select amount from balances where account = ?", (account,)
        ).fetchone()
        return int(row[0]) if row else 0

    def move(self, account: str, amount: int) -> None:
        self.db.execute(
            "insert into balances values (?, ?)"
            " on conflict (account) do update set amount = amount + excluded.amount",
            (account, amount),
        )

    def remind(self, act: str, name: str, *, after: float) -> None:
        self.db.execute(
            "insert into timers (at, act, object) values (?, ?, ?)",
            (precisely() + after, act, name),
        )
