"""The words of an offer: as the post said them, as the offer says them, and as the order sheet
records them (CO1, CO2)."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings

from enishi.documents import papers
from enishi.kit.money import grouped
from enishi.profiles import queries as profiles
from enishi.proposals.models import Proposal

from . import pay, policy
from .invoicing import Issuing, issuing
from .models import Contract, Milestone
from .policy import OfferTerms

TERM_FIELDS = (
    *("title", "content", "deliverable", "acceptance", "place", "inspection_days"),
    *("revision_rounds", "rights", "rights_note", "confidentiality", "confidentiality_note"),
    *("ai_use", "ai_use_note"),
)


def posted(proposal: Proposal) -> dict[str, object]:
    """What the worker applied for: the post's words, the proposal's price and day."""
    job = proposal.job
    words: dict[str, object] = {
        "title": job.title,
        "content": job.description,
        "deliverable": job.deliverables,
        "acceptance": job.acceptance,
        "place": job.place,
        "amount": grouped(proposal.amount),
        "deliver_on": proposal.delivery_on.isoformat(),
        "inspection_days": settings.RULES.inspection_days,
        "revision_rounds": job.revision_rounds,
        "rights": job.rights,
        "rights_note": job.rights_note,
        "confidentiality": job.confidentiality,
        "confidentiality_note": job.confidentiality_note,
        "ai_use": job.ai_use,
        "ai_use_note": job.ai_use_note,
    }
    if job.milestones:
        words["milestones"] = _plan(job.terms.milestones)
    return words


def offered(terms: OfferTerms) -> dict[str, object]:
    """The same items as the offer states them."""
    words: dict[str, object] = {name: getattr(terms, name) for name in TERM_FIELDS}
    words["amount"] = grouped(sum(planned.amount for planned in terms.milestones))
    words["deliver_on"] = terms.milestones[-1].due_on.isoformat()
    words["milestones"] = _plan(terms.milestones)
    return words


def _plan(milestones: Any) -> str:
    return "\n".join(f"{m.title}: {grouped(m.amount)} ({m.due_on.isoformat()})" for m in milestones)


def sheet(contract: Contract, *, at: datetime) -> papers.OrderSheet:
    """The order sheet as plain values; complete when `papers.missing` finds nothing."""
    rows = list(contract.milestones.order_by("position"))
    pays = pay.plan(
        [row.amount for row in rows], withheld=contract.is_withheld, rules=contract.rules
    )
    confirmed_at, how = at.isoformat(), issuing(contract.worker_id)
    written: dict[str, Any] = {
        "version": 1,
        "contract_id": contract.pk,
        "ordered_at": at.isoformat(),
        **sides(contract, how),
        **{name: getattr(contract, name) for name in TERM_FIELDS},
        "milestones": [
            _milestone(row, part, contract) for row, part in zip(rows, pays, strict=True)
        ],
        "totals": sums(pay.total(pays)),
        "invoice_mode": how.mode,
        "withholding_reason": contract.withholding_reason,
        "differences": [{**row, "confirmed_at": confirmed_at} for row in contract.differences],
        **papers.standing_terms(contract.rules),
    }
    return written  # type: ignore[return-value]  # its keys are checked by papers.missing


def sides(contract: Contract, how: Issuing) -> dict[str, Any]:
    """Both as the papers of their deal name them."""
    worker = party(contract.worker_id, contract.worker.name, contract.payee_kind)
    return {
        "client": party(contract.client_id, contract.client.name, contract.payer_kind),
        "worker": worker | {"registration_number": how.own_number},
    }


def party(account_id: int, name: str, kind: str) -> dict[str, Any]:
    """One side as its papers name it: an organisation by its own name."""
    recruiter = profiles.recruiter(account_id)
    known = "sole_trader" if kind == "sole_trader_payroll" else kind
    if recruiter and recruiter.kind == "organisation" and recruiter.name:
        name = recruiter.name
    return {"account_id": account_id, "name": name, "kind": known, "registration_number": ""}


def _milestone(row: Milestone, part: pay.Pay, contract: Contract) -> dict[str, object]:
    paid_by = policy.payment_day(
        row.due_on, inspection_days=contract.inspection_days, rules=contract.rules
    )
    return {
        "number": row.position,
        "title": row.title,
        "deliver_on": row.due_on.isoformat(),
        "pay_on": paid_by.isoformat(),
        **sums(part),
    }


def sums(part: pay.Pay) -> dict[str, int]:
    """A payment taken apart, in the words of the papers."""
    columns = asdict(part)
    return {
        "amount": columns["amount"],
        "tax": columns["tax"],
        "fee": columns["fee"],
        "fee_tax": columns["fee_tax"],
        "withholding": columns["withheld"],
        "funds": part.funded,
        "net": part.net,
    }
