"""One order for all locks of a deal: the contract, then its milestone, then the ledger."""

from typing import Any

from django.db.models import QuerySet

from enishi.contracts.models import Contract, Milestone


def contract(contract_id: int, **party: Any) -> Contract:
    """Lock a contract for one of its sides. Raises DoesNotExist for everyone else."""
    return _held().get(pk=contract_id, **party)


def milestone(milestone_id: int, **party: Any) -> Milestone:
    """Lock the contract of a milestone, then the milestone. `milestone.contract` is the locked
    row. Raises DoesNotExist unless the contract has this party."""
    found = contract_of(milestone_id, **party)
    row = Milestone.objects.select_for_update().get(pk=milestone_id, contract=found)
    row.contract = found
    return row


def contract_of(milestone_id: int, **party: Any) -> Contract:
    return _held().get(milestones__pk=milestone_id, **party)


def _held() -> QuerySet[Contract]:
    """With the names of both sides, which every event of a deal tells."""
    return Contract.objects.select_for_update(of=("self",)).select_related("client", "worker")
