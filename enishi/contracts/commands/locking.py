"""One order for all locks of a deal: the contract, then its milestone, then the ledger."""

from typing import Any

from django.db.models import QuerySet

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Milestone
from enishi.kit.errors import Refused


def contract(contract_id: int, **party: Any) -> Contract:
    """Lock a contract for one of its sides. Raises DoesNotExist for everyone else."""
    return _held().get(pk=contract_id, **party)


def sides(*account_ids: int) -> None:
    """Lock the two people of a new deal, in the order of their ids, and see that both may still
    make one. Closing and suspending take the same lock (PE4, PE6)."""
    held = Account.objects.select_for_update(no_key=True).filter(pk__in=account_ids)
    if not all(account.is_active for account in held.order_by("pk")):
        raise Refused.because("contract.side_gone")


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
