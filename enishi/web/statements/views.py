"""What one earned as a worker, or paid as a client, month by month: chart, table, file."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from enishi.contracts import statements
from enishi.contracts.statements import Row
from enishi.escrow import queries as ledger
from enishi.kit.cells import Cell
from enishi.kit.days import TOKYO, day_of
from enishi.web.access import signed_in
from enishi.web.documents import sending
from enishi.web.paging import keyset

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
SHOWN = 50
ALL = 100_000  # lines in one file
CHARTED = 12
KINDS = {
    "release": gettext_lazy("Accepted work, after fee and tax"),
    "split": gettext_lazy("Settled by the office, after fee and tax"),
    "payout": gettext_lazy("Sent to the bank"),
    "payout_failed": gettext_lazy("Came back from the bank"),
    "payout_cancelled": gettext_lazy("Withdrawn before it was sent"),
    "correction": gettext_lazy("Correction"),
    "fund": gettext_lazy("Paid into escrow"),
    "repayment": gettext_lazy("Paid after a chargeback"),
    "excess": gettext_lazy("Bank transfer that pays nothing and goes back"),
    "refund": gettext_lazy("Returned to you"),
    "chargeback": gettext_lazy("Taken back by your bank"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which month, as which side."""

    month: date
    side: str


def _asked(request: HttpRequest) -> Asked:
    """Anything that is no month means this one."""
    this = day_of(request.now).replace(day=1)
    given = MONTH.fullmatch(request.GET.get("month", ""))
    month = date(int(given[1]), int(given[2]), 1) if given else this
    side = request.GET.get("side", "")
    return Asked(min(month, this), side if side in ("worker", "client") else request.user.role)


@signed_in
@require_safe
def statement(request: HttpRequest) -> HttpResponse:
    """One month with its sums, and the eleven before it as a chart."""
    asked, this = _asked(request), day_of(request.now).replace(day=1)
    months = statements.months_up_to(asked.month, CHARTED)
    before = keyset(request)
    make = _of_worker if asked.side == "worker" else _of_client
    facts = make(request.user.pk, asked.month, months, before)
    rows: list[Row] = facts["rows"]
    context = {
        "asked": asked,
        "words": KINDS,
        "months": statements.months_up_to(this, CHARTED)[::-1],
        "previous": _address(statements.months_up_to(asked.month, 2)[0], asked.side),
        "following": _address(statements.next_month(asked.month), asked.side)
        if asked.month < this
        else "",
        "table": f"{reverse('statement_table')}?month={asked.month:%Y-%m}&side={asked.side}",
        "is_first_page": before is None,
        "older": rows[SHOWN - 1].id if len(rows) > SHOWN else None,
    }
    return render(request, "statements/statement.html", facts | context | {"rows": rows[:SHOWN]})


def _of_worker(
    account_id: int, month: date, months: list[date], before: int | None
) -> dict[str, Any]:
    sums = statements.earned(account_id, months)
    return {
        "sums": sums[-1],
        "points": [
            _point(one, part.credited, month) for one, part in zip(months, sums, strict=True)
        ],
        "rows": statements.worker_rows(account_id, month, before=before, most=SHOWN + 1),
        "payable": ledger.payable_of(account_id),
    }


def _of_client(
    account_id: int, month: date, months: list[date], before: int | None
) -> dict[str, Any]:
    paid = statements.paid(account_id, months)
    rows = statements.client_rows(account_id, month, most=ALL)
    return {
        "paid": paid[-1],
        "paid_in": -sum(row.amount for row in rows if row.amount < 0),
        "returned": sum(row.amount for row in rows if row.amount > 0),
        "points": [_point(*one, month) for one in zip(months, paid, strict=True)],
        "rows": [row for row in rows if before is None or row.id < before][: SHOWN + 1],
    }


def _point(month: date, amount: int, now: date) -> tuple[str, int, str]:
    return str(month.month), amount, "now" if month == now else ""


def _address(month: date, side: str) -> str:
    return f"{reverse('statement')}?month={month:%Y-%m}&side={side}"


@signed_in
@require_safe
def statement_table(request: HttpRequest) -> HttpResponse:
    """The month as a file, in UTF-8 for every spreadsheet."""
    asked = _asked(request)
    if asked.side == "worker":
        rows = statements.worker_rows(request.user.pk, asked.month, most=ALL)
    else:
        rows = statements.client_rows(request.user.pk, asked.month, most=ALL)
    name = f"statement-{asked.side}-{asked.month:%Y-%m}.csv"
    return sending.table(_cells(rows), name=name)


def _cells(rows: list[Row]) -> list[list[Cell]]:
    heads: list[Cell] = [_("When"), _("What happened"), _("Contract"), _("Milestone")]
    heads += [_("Amount (yen)"), _("Balance (yen)")]
    return [heads, *(_line(row) for row in reversed(rows))]


def _line(row: Row) -> list[Cell]:
    when = f"{row.at.astimezone(TOKYO):%Y-%m-%d %H:%M}"
    return [when, str(KINDS.get(row.kind, row.kind)), row.title, row.piece, row.amount, row.after]
