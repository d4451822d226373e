"""What a client paid in one year, from the payment statements of its deals (CO11)."""

from datetime import date, datetime
from typing import Any

from enishi.accounts.models import Account
from enishi.documents import queries as documents
from enishi.documents import records
from enishi.kit.days import day_of
from enishi.profiles import queries as profiles

from . import order


def record(client: Account, year: int, *, at: datetime) -> dict[str, Any]:
    """The body of a payment record as it would be issued now; without rows nothing was paid."""
    last, today = date(year, 12, 31), day_of(at)
    papers = documents.of_kind("payment_statement", client.pk, date(year, 1, 1), last)
    rows = records.paid_to((paper.facts for paper in papers), client.pk)
    return {
        "version": 1,
        "year": year,
        "until_on": min(today, last).isoformat(),
        "is_whole": today > last,
        "client": order.party(client.pk, client.name, profiles.payer_kind(client.pk)),
        "rows": rows,
        "totals": records.totals(rows),
    }
