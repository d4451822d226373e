"""Events of a deal: always about the contract, with the facts that letters and timelines need."""

from datetime import datetime

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Milestone
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.messaging import commands as messaging

BOTH = "both"
CLIENT = "client"
WORKER = "worker"


def note(
    name: str,
    contract: Contract,
    *,
    by: Account | None,
    at: datetime,
    tell: str = BOTH,
    milestone: Milestone | None = None,
    **facts: object,
) -> Event:
    """Record an event about a contract. `tell` names the side it concerns. Who acts on the deal
    has answered what was asked in its thread (ME3)."""
    if by is not None:
        messaging.answered(contract.thread_id, by=by, at=at)
    people = {
        BOTH: [contract.client_id, contract.worker_id],
        CLIENT: [contract.client_id],
        WORKER: [contract.worker_id],
    }[tell]
    about: dict[str, object] = {
        "title": contract.title,
        "client": contract.client.name,
        "worker": contract.worker.name,
        "client_id": contract.client_id,
        "worker_id": contract.worker_id,
    }
    if milestone is not None:
        about |= {
            "milestone_id": milestone.pk,
            "milestone": milestone.position,
            "milestone_title": milestone.title,
            "amount": milestone.amount,
        }
        if milestone.due_at:
            about["due"] = milestone.due_at.isoformat()
    elif contract.due_at:
        about["due"] = contract.due_at.isoformat()
    return record(name, contract, by=by, at=at, people=people, **(about | facts))
