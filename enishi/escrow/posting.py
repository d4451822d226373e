"""How an entry is written: in one call of a function of PostgreSQL (constraints.py), which locks
the accounts in the order of their ids, so that no two commands wait for each other.

The same `idem` with the same content gives the entry that stands; with other content it is refused.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS

from enishi.kit import prepared
from enishi.kit.errors import Refused

from . import policy
from .models import Entry

POST = """
    select outcome, entry, code, held from escrow_post(
        %s, %s, %s, %s, %s, %s::jsonb, %s, %s::bigint[], %s::bigint[], %s::bigint[])"""


def post(
    kind: str,
    lines: Mapping[str, int],
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    at: datetime,
    idem: str,
    facts: Mapping[str, int | str] | None = None,
) -> Entry:
    """One entry with its lines, inside the caller's transaction. Raises Refused when the amount is
    no amount, when an account has not enough, or when `idem` stands for something else."""
    if not policy.is_amount(amount):
        raise Refused.because("escrow.amount_out_of_range")
    said = dict(facts or {})
    codes, amounts = list(lines), list(lines.values())
    bounds = [list(map(bound, codes)) for bound in (policy.floor_of, policy.ceiling_of)]
    about = [kind, idem, at, purpose_kind, purpose_id, json.dumps(said)]
    ((outcome, pk, code, held),) = prepared.rows(POST, [*about, codes, amounts, *bounds])
    if outcome == "not_enough":
        raise Refused.because("escrow.not_enough", held=held, wanted=-lines[code])
    if outcome == "more_than_owed":
        raise Refused.because("escrow.more_than_owed", owed=-held, given=lines[code])
    if outcome == "known":
        return _same(Entry.objects.get(pk=pk), kind, purpose_kind, purpose_id, lines)
    return _written(pk, kind, idem, at, purpose_kind, purpose_id, said)


def _written(
    pk: int,
    kind: str,
    idem: str,
    at: datetime,
    purpose_kind: str,
    purpose_id: int,
    facts: Mapping[str, int | str],
) -> Entry:
    return Entry.from_db(
        DEFAULT_DB_ALIAS,
        ["id", "kind", "idem", "at", "purpose_kind", "purpose_id", "facts"],
        [pk, kind, idem, at, purpose_kind, purpose_id, facts],
    )


def _same(
    known: Entry, kind: str, purpose_kind: str, purpose_id: int, lines: Mapping[str, int]
) -> Entry:
    written = dict(known.lines.values_list("account__code", "amount"))
    about = (known.kind, known.purpose_kind, known.purpose_id)
    if about != (kind, purpose_kind, purpose_id) or written != dict(lines):
        raise Refused.because("escrow.key_reused", key=known.idem)
    return known
