"""What a walk left behind: how many of everything, where the money stands, who waits, how long
things took."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Min, Model

from enishi.accounts.models import Account
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.jobs.models import Job, Question
from enishi.messaging.models import Message
from enishi.notifications.models import Notice, OutgoingMail
from enishi.payments.models import Payment, Payout, Refund
from enishi.proposals.models import Proposal
from enishi.reviews.models import Review
from enishi.safety.models import Report

STATES: Mapping[str, type[Model]] = {
    "jobs": Job,
    "proposals": Proposal,
    "contracts": Contract,
    "milestones": Milestone,
    "change_requests": ChangeRequest,
    "payments": Payment,
    "refunds": Refund,
    "reports": Report,
    "payouts": Payout,
}
COUNTED: Mapping[str, type[Model]] = {
    "people": Account,
    "questions": Question,
    "messages": Message,
    "reviews": Review,
    "notices": Notice,
    "mails": OutgoingMail,
    "events": Event,
}


def counts() -> dict[str, Any]:
    """Every life cycle by state, and everything else by number."""
    by_state = {name: _states(model) for name, model in STATES.items()}
    numbers = {name: model._default_manager.count() for name, model in COUNTED.items()}
    marks = {
        "deemed": Milestone.objects.filter(is_deemed=True).count(),
        "late": Milestone.objects.filter(late_at__isnull=False).count(),
        "revised": Milestone.objects.filter(rounds_used__gt=0).count(),
        "reviews_published": Review.objects.published().count(),
        "questions_answered": Question.objects.exclude(answer="").count(),
    }
    return {**by_state, **numbers, **marks}


def _states(model: type[Model]) -> dict[str, int]:
    rows = model._default_manager.values("status").annotate(number=Count("pk")).order_by("status")
    return dict(rows.values_list("status", "number"))


def money() -> dict[str, Any]:
    """The ledger's sums in yen, and whatever is wrong with it: an empty list is sound."""
    return {**asdict(ledger.summary()), "faults": [asdict(fault) for fault in ledger.verify()]}


def waiting() -> dict[str, int]:
    """How many rows wait in each state."""
    found: Counter[str] = Counter()
    for name in ("jobs", "proposals", "contracts", "milestones", "change_requests"):
        rows = STATES[name]._default_manager.filter(due_at__isnull=False)
        found.update(f"{name} {status}" for status in rows.values_list("status", flat=True))
    return dict(sorted(found.items()))


def durations() -> dict[str, float | None]:
    """The median of each span in days."""
    agreed = Contract.objects.filter(agreed_at__isnull=False)
    paid = Milestone.objects.filter(status="accepted")
    funded = Milestone.objects.filter(position=1, funded_at__isnull=False)
    firsts = Job.objects.annotate(first=Min("proposals__sent_at")).filter(first__isnull=False)
    return {
        "post_to_first_proposal": _days(firsts, "opened_at", "first"),
        "offer_to_agreement": _days(agreed, "offered_at", "agreed_at"),
        "agreement_to_escrow": _days(funded, "contract__agreed_at", "funded_at"),
        "escrow_to_delivery": _days(paid, "funded_at", "delivered_at"),
        "delivery_to_payment": _days(paid, "delivered_at", "ended_at"),
        "payout": _days(Payout.objects.filter(status="paid"), "created_at", "finished_at"),
    }


def _days(rows: Any, start: str, end: str) -> float | None:
    pairs: Iterable[tuple[datetime, datetime]] = rows.values_list(start, end)
    spans = [(later - earlier) / timedelta(days=1) for earlier, later in pairs]
    return round(median(spans), 2) if spans else None
