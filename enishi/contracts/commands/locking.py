"""One order for all locks of a deal: the contract, then its milestone, then the ledger."""

from django.db.models import QuerySet

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Milestone
from enishi.kit.compiled import compiled
from enishi.kit.errors import Refused


def contract(contract_id: int, **party: Account) -> Contract:
    """Lock a contract for one of its sides. Raises DoesNotExist for everyone else."""
    found: Contract = _by_id.get(contract_id, *_sides(party))
    _of_one_side(found, party)
    return found


def sides(*account_ids: int) -> None:
    """Lock the two people of a new deal, in the order of their ids, and see that both may still
    make one. Closing and suspending take the same lock (PE4, PE6)."""
    if not all(account.is_active for account in _people(list(account_ids))):
        raise Refused.because("contract.side_gone")


@compiled
def _people(account_ids: list[int]) -> QuerySet[Account]:
    held = Account.objects.select_for_update(no_key=True).filter(pk__in=account_ids)
    return held.order_by("pk")


def milestone(milestone_id: int, **party: Account) -> Milestone:
    """Lock the contract of a milestone, then the milestone. `milestone.contract` is the locked
    row. Raises DoesNotExist unless the contract has this party."""
    found = contract_of(milestone_id, **party)
    row: Milestone = _milestone.get(milestone_id, found.pk)
    row.contract = found
    return row


def contract_of(milestone_id: int, **party: Account) -> Contract:
    found: Contract = _by_milestone.get(milestone_id, *_sides(party))
    _of_one_side(found, party)
    return found


def _of_one_side(found: Contract, party: dict[str, Account]) -> None:
    """Nobody acts for an organisation in a deal in which they are the other side (PE3)."""
    actors = {account.member.pk for account in party.values() if account.member is not None}
    if actors & {found.client_id, found.worker_id}:
        raise Refused.because("contract.other_side")


def _sides(party: dict[str, Account]) -> tuple[int | None, int | None]:
    client, worker = party.get("client"), party.get("worker")
    return client.pk if client else None, worker.pk if worker else None


@compiled
def _by_id(pk: int, client_id: int | None, worker_id: int | None) -> QuerySet[Contract]:
    return _held(client_id, worker_id).filter(pk=pk)


@compiled
def _by_milestone(pk: int, client_id: int | None, worker_id: int | None) -> QuerySet[Contract]:
    return _held(client_id, worker_id).filter(milestones__pk=pk)


@compiled
def _milestone(pk: int, contract_id: int) -> QuerySet[Milestone]:
    return Milestone.objects.select_for_update().filter(pk=pk, contract_id=contract_id)


def _held(client_id: int | None, worker_id: int | None) -> QuerySet[Contract]:
    """With the names of both sides, which every event of a deal tells."""
    held = Contract.objects.select_for_update(of=("self",)).select_related("client", "worker")
    party = {"client_id": client_id, "worker_id": worker_id}
    return held.filter(**{side: pk for side, pk in party.items() if pk is not None})
