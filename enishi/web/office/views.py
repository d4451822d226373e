"""Pages of the office's desk. Every one needs an office grade and the second factor."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enishi.accounts.policy import has_grade
from enishi.contracts import queries as contracts
from enishi.contracts.lifecycle import MILESTONE
from enishi.contracts.models import Milestone
from enishi.documents.models import Document
from enishi.escrow import queries as escrow
from enishi.notifications import queries as notifications
from enishi.office import findings, queries
from enishi.office import money as desk_of_money
from enishi.payments import connection
from enishi.payments import queries as payments
from enishi.web.access import office_only
from enishi.web.contracts import history
from enishi.web.paging import keyset
from enishi.web.payments.reasons import REASONS
from enishi.web.trust.cards import cards

from . import cases
from .act_words import NAMES

QUEUE = 15
WORDS = {"address": cases.address, "owner": cases.owner, "title_of": cases.title}


def _page(request: HttpRequest, rows: list[Any]) -> dict[str, Any]:
    shown = rows[: queries.PAGE]
    return {
        "rows": shown,
        "older": shown[-1].pk if len(rows) > queries.PAGE else None,
        "is_first_page": keyset(request) is None,
    }


def _search(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:60]


@office_only()
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Figures, what falls due next, and what needs a look."""
    context = {
        "figures": queries.figures(),
        "queue": [cases.case(due) for due in queries.clocks(most=QUEUE)],
        "unpaid": payments.waiting_for_bank_account(),
        "faults": queries.ledger_faults(),
        "differences": desk_of_money.open_differences(),
        "findings": findings.open_findings(),
    }
    return render(request, "office/desk.html", context)


@office_only()
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    search = _search(request)
    found = queries.people(search=search, before=keyset(request))
    return render(request, "office/people.html", _page(request, found) | {"search": search})


@office_only()
@require_safe
def deals(request: HttpRequest) -> HttpResponse:
    search = _search(request)
    found = queries.deals(search=search, before=keyset(request))
    return render(request, "office/deals.html", _page(request, found) | {"search": search})


@office_only()
@require_safe
def deal(request: HttpRequest, contract_id: int) -> HttpResponse:
    """One deal from its record: money, papers, events. What the sides say to each other in their
    messages stays theirs."""
    found = queries.deal(contract_id)
    milestones = list(found.milestones.order_by("position"))
    pays = contracts.pays_of(found, milestones)
    papers = list(Document.objects.about(found))
    events = history.events_of(found.pk)
    context = {
        "contract": found,
        "parts": list(zip(milestones, pays, strict=True)),
        "held": escrow.escrow_of_many("milestone", [row.pk for row in milestones]),
        "cards": cards(
            [(found.client_id, "client"), (found.worker_id, "worker")], "case", at=request.now
        ),
        "turns": contracts.turns(found, milestones),
        "papers": [(history.paper_name(paper), paper) for paper in papers],
        "entries": history.past(events, request.user, papers=[], deliveries=[]),
        "splittable": [row for row in milestones if _may_split(request, row)],
    }
    return render(request, "office/deal.html", context)


def _may_split(request: HttpRequest, milestone: Milestone) -> bool:
    is_treasurer = has_grade(request.user.office_grade, "treasurer")
    return is_treasurer and MILESTONE.can(milestone.status, "settle")


@office_only()
@require_safe
def clocks(request: HttpRequest) -> HttpResponse:
    return render(request, "office/clocks.html", {"due": queries.clocks(most=100)} | WORDS)


@office_only()
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    """Outgoing mail by newest: to whom, about what, sent or not. Never the body."""
    context = {
        "mails": notifications.mails(keyset(request)),
        "is_first_page": keyset(request) is None,
    }
    return render(request, "office/mail.html", context)


@office_only()
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """What the ledger holds and whether it is sound; what waits for a second treasurer; what banks
    took back and who owes it; who is to be paid, by when."""
    context = {
        "summary": escrow.summary(),
        "faults": queries.ledger_faults(),
        "acts": desk_of_money.open_acts(),
        "act_names": NAMES,
        "chargebacks": desk_of_money.chargebacks(),
        "ages": desk_of_money.ages(at=request.now),
        "payouts": desk_of_money.due_payouts(at=request.now)[: desk_of_money.SHOWN],
        "holders": desk_of_money.holder_checks(),
        "is_by_file": connection.is_by_file(),
        "failures": desk_of_money.failures(),
        "failed_refunds": payments.failed_refunds(most=desk_of_money.SHOWN),
        "may_act": has_grade(request.user.office_grade, "treasurer"),
        "reasons": REASONS,
        "differences": desk_of_money.open_differences(),
    }
    return render(request, "office/money.html", context)


@office_only()
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """Acts on money that were decided, the newest first."""
    context = {"acts": desk_of_money.decided_acts(), "act_names": NAMES}
    return render(request, "office/acts.html", context)
