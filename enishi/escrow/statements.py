"""One ledger account over time. What a span brought is the difference of what its first and its
last line say, so a statement costs the same however much happened before. The lines of an account
follow each other in time: acts take its lock, and read the clock shortly before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import Subquery

from .models import Account, Line

# For each moment the newest line before it: one step down an index for each.
SAID = """
    select said.after, said.credited
      from unnest(%s::timestamptz[]) with ordinality as edge (at, place)
      left join lateral (
          select after, credited from escrow_line
           where account_id = (select id from escrow_account where code = %s) and at < edge.at
           order by at desc, id desc limit 1) said on true
     order by place"""

FIELDS = ("id", "at", "amount", "after", "entry__kind", "entry__purpose_kind")
MORE = ("entry__purpose_id", "entry__facts")


@dataclass(frozen=True, slots=True)
class Sums:
    """What one span brought. Whole yen; `debited` is positive."""

    opening: int
    credited: int
    debited: int
    closing: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    id: int
    at: datetime
    amount: int
    after: int
    kind: str
    purpose_kind: str
    purpose_id: int
    facts: Mapping[str, Any]


def sums(code: str, edges: Iterable[datetime]) -> list[Sums]:
    """The sums between each two neighbouring moments, given in order."""
    with connection.cursor() as cursor:
        cursor.execute(SAID, [list(edges), code])
        said = [(after or 0, credited or 0) for after, credited in cursor.fetchall()]
    return [
        Sums(opening, credited - before, opening + (credited - before) - closing, closing)
        for (opening, before), (closing, credited) in pairwise(said)
    ]


def lines(
    code: str, since: datetime, until: datetime, *, before: int | None = None, most: int
) -> list[StatementLine]:
    """The newest lines of a span first; `before` is the line that a next page stands before."""
    # Its id by a query of its own: so the index of this account is walked from its end.
    account = Subquery(Account.objects.filter(code=code).values("pk"))
    rows = Line.objects.filter(account=account, at__gte=since, at__lt=until)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = rows.order_by("-at", "-id").values_list(*FIELDS, *MORE)[:most]
    return [StatementLine(*row) for row in found]
