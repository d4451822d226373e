"""A page asked in this process, with its statements: how many, how long, and by which plans."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from . import market, visiting
from .parts import environ

PORT = 8000
BIG = (
    *("accounts_account", "contracts_contract", "contracts_milestone", "contracts_delivery"),
    *("jobs_job", "messaging_message", "messaging_wait", "proposals_proposal", "ranks_standing"),
    *("ranks_earning", "reviews_review", "reviews_spoken", "trust_personfacts"),
    *("profiles_workerprofile", "profiles_piece", "verification_verification", "escrow_line"),
    *("escrow_entry", "escrow_account", "messaging_thread", "messaging_threadmember"),
)


@dataclass(slots=True)
class Asked:
    """What a page took, in milliseconds, once its plans were known; how many statements it asked;
    and the big tables that one of them read from end to end."""

    path: str
    times: list[float] = field(default_factory=list)
    queries: int = 0
    scans: set[str] = field(default_factory=set)


def asked(path: str, account_id: int, *, rounds: int, wants: str = "200") -> Asked:
    """As this account reads it. Raises when it answers with anything but `wants`."""
    market.collect_static()
    from enishi.wsgi import application

    one = environ(path, visiting.headers(PORT, account_id))
    found, statements = Asked(path), []
    told: list[str] = []

    def ask() -> None:
        answer = application(dict(one), lambda status, *_: told.append(status))
        b"".join(answer)
        answer.close()
        if not told[-1].startswith(wants):
            raise RuntimeError(f"{path} answers with {told[-1]}")

    logging.disable(logging.INFO)
    try:
        for _ in range(6):  # from then on PostgreSQL keeps its plans
            ask()
        with _watched(statements):
            ask()
        for _ in range(rounds):
            began = time.perf_counter()
            ask()
            found.times.append(1000 * (time.perf_counter() - began))
    finally:
        logging.disable(logging.NOTSET)
    found.queries = len(statements)
    for statement, values in statements:
        found.scans |= _scanned(statement, values)
    return found


@contextmanager
def _watched(statements: list[tuple[str, Any]]) -> Iterator[None]:
    from django.db import connection

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def _scanned(statement: str, values: Any) -> set[str]:
    """The big tables that this statement reads from end to end, by its plan."""
    from django.db import connection

    if not statement.lstrip().lower().startswith(("select", "with")):
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, timing off, costs off) {statement}", values)
        plan = [line for (line,) in cursor.fetchall()]
    return {name for line in plan for name in _tables(line)}


def _tables(line: str) -> Sequence[str]:
    _, is_scan, after = line.partition("Seq Scan on ")
    is_read = is_scan and "never executed" not in line and after.split()[0] in BIG
    return [after.split()[0]] if is_read else []
