"""The ledger against the answers of those who moved money in it, and against plain numbers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from enishi.escrow.models import Account, Entry

from .log import ACK, UNKNOWN, Op, ops
from .moves import DEADLOCK

KINDS = {
    "pay_out": "payout",
    "charge_back": "chargeback",
    "recover": "recovery",
    "correct": "correction",
}
Lines = dict[str, int]


@dataclass(slots=True)
class Said:
    """What was answered under one key."""

    acknowledged: list[Op] = field(default_factory=list)
    unknown: list[Op] = field(default_factory=list)


def of_moves(folder: Path) -> Iterator[str]:
    """Every entry was asked for and not refused, and is what was asked for; every answer stands;
    every balance is what the entries come to."""
    said: dict[str, Said] = {}
    for op in ops(folder / "log"):
        known = said.setdefault(op.facts["idem"], Said())
        if op.answer == DEADLOCK:
            yield f"{op.words} {op.name} met a deadlock"
        elif op.answer in (ACK, UNKNOWN):
            (known.acknowledged if op.answer == ACK else known.unknown).append(op)
    balances: Counter[str] = Counter()
    lines = _lines()
    rows = Entry.objects.filter(idem__startswith="chaos:").values_list("id", "idem", "kind")
    for pk, idem, kind in rows.iterator(chunk_size=5_000):
        there = lines.pop(pk)
        balances.update(there)
        yield from _entry(idem, kind, there, said.pop(idem, Said()))
    for idem, known in said.items():
        if known.acknowledged:
            yield f"{known.acknowledged[0].words} {idem} was acknowledged and is lost"
    yield from _balances(balances)


def _lines() -> dict[int, Lines]:
    found: dict[int, Lines] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select l.entry_id, a.code, l.amount from escrow_line l"
            " join escrow_account a on a.id = l.account_id"
        )
        for entry, code, amount in cursor:
            found.setdefault(entry, {})[code] = amount
    return found


def _entry(idem: str, kind: str, lines: Lines, said: Said) -> Iterator[str]:
    asked = said.acknowledged or said.unknown
    if not asked:
        yield f"entry {idem} was never asked for, or was refused"
    for op in said.acknowledged:
        if not _is(op, kind, lines):
            yield f"{op.words} {op.name} was acknowledged under {idem}, where {kind} stands"
    if not any(_is(op, kind, lines) for op in asked):
        yield f"entry {idem} is not what was asked for: {kind} {lines}"


def _is(op: Op, kind: str, lines: Lines) -> bool:
    """Whether an entry is what this act asks for: its kind, and the sum it moves."""
    facts = op.facts
    amount = facts.get("amount") or facts["net"] + facts["fee"] + facts["fee_tax"]
    moved = sum(one for one in lines.values() if one > 0)
    return kind == KINDS.get(op.name, op.name) and moved == amount


def _balances(sums: Counter[str]) -> Iterator[str]:
    kept = dict(Account.objects.exclude(balance=0).values_list("code", "balance"))
    for code in kept.keys() | {code for code, held in sums.items() if held}:
        if kept.get(code, 0) != sums[code]:
            yield f"{code} holds {kept.get(code, 0)}, the entries say {sums[code]}"
