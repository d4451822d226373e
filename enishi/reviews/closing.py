"""The closing note: what the client answers at the last acceptance, or with a review (RE4)."""

from datetime import datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts.commands import delivering
from enishi.contracts.models import Contract, Milestone

from .models import ClosingNote
from .policy import Closing


@transaction.atomic
def accept(milestone_id: int, *, by: Account, at: datetime, closing: Closing) -> Milestone:
    """The client accepts a delivery; with the last piece, their answers are kept too."""
    milestone = delivering.accept(milestone_id, by=by, at=at)
    contract = Contract.objects.get(pk=milestone.contract_id)
    if closing and contract.status == "completed":
        keep(contract, closing, at=at)
    return milestone


def keep(contract: Contract, closing: Closing, *, at: datetime) -> None:
    """On a locked contract: the first answers stay, later ones are not asked for any more."""
    answers = {"better": closing.better.strip(), "again": closing.again, "written_at": at}
    ClosingNote.objects.get_or_create(contract=contract, defaults=answers)
