"""What each act on money does when the second treasurer approves it, and what it moves."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from enishi.accounts.models import Account
from enishi.contracts.commands import settling
from enishi.contracts.models import Milestone
from enishi.escrow import commands as escrow
from enishi.escrow import policy as ledger
from enishi.kit.errors import Refused
from enishi.payments import connection
from enishi.payments.commands import batching, holding, owing, refunding
from enishi.payments.lifecycle import BATCH, CHARGEBACK, REFUND
from enishi.payments.models import Chargeback, PayoutBatch, Refund

from . import reconciling
from .lifecycle import DIFFERENCE
from .models import Difference, MoneyAct

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`moves` gives the yen an act would move, and raises Refused when it cannot be proposed.
    `people` are those whose money it is about: they neither propose nor decide it."""

    moves: Callable[[int, Facts], int]
    perform: Callable[[MoneyAct, Account, datetime], object]
    people: Callable[[int], Collection[int]]
    dropped: Callable[[MoneyAct, datetime], object] | None = None  # it will not happen


def _split_moves(milestone_id: int, facts: Facts) -> int:
    milestone = Milestone.objects.select_related("contract").get(pk=milestone_id)
    settling.plan(milestone, facts["part"])
    return milestone.escrow_amount or 0


def _split(act: MoneyAct, by: Account, at: datetime) -> None:
    settling.split(act.subject_id, act.facts["part"], by=by, at=at, reason=act.reason)


def _write_off_moves(chargeback_id: int, facts: Facts) -> int:
    chargeback = Chargeback.objects.get(pk=chargeback_id)
    CHARGEBACK.after(chargeback.status, "write_off")
    return chargeback.owed


def _write_off(act: MoneyAct, by: Account, at: datetime) -> None:
    owing.write_off(act.subject_id, by=by, at=at)


def _correction_moves(account_id: int, facts: Facts) -> int:
    _refuse_who_has_left(Account.objects.get(pk=account_id), facts)
    amount: int = facts["amount"]
    if not ledger.is_amount(amount):
        raise Refused.because("escrow.amount_out_of_range")
    return amount


def _refuse_who_has_left(account: Account, facts: Facts) -> None:
    """Nothing becomes payable to somebody who cannot say where any more."""
    if facts["direction"] == "to_person" and account.closed_at:
        raise Refused.because("act.person_has_left")


def _correction(act: MoneyAct, by: Account, at: datetime) -> None:
    """Between the market's own money and what a person is to be paid, or the provider's mirror."""
    # Closing takes the same lock: nobody leaves between this look and the entry.
    person = Account.objects.select_for_update(no_key=True).get(pk=act.subject_id)
    _refuse_who_has_left(person, act.facts)
    own = ledger.own(act.pk)
    other = ledger.payable(act.subject_id)
    if act.facts["direction"].endswith("provider"):
        other = ledger.clearing(connection.name(), act.pk)
    is_outward = act.facts["direction"].startswith("to_")
    source, into = (own, other) if is_outward else (other, own)
    about, idem = ("account", act.subject_id), f"correction:{act.pk}"
    escrow.correct(*about, act.amount, source=source, into=into, at=at, idem=idem)


def _hold_moves(account_id: int, facts: Facts) -> int:
    holding.refuse_if_held(account_id)
    return 0


def _hold(act: MoneyAct, by: Account, at: datetime) -> None:
    holding.hold(act.subject_id, by=by, at=at, cause="office", reason=act.reason)


def _resume_moves(account_id: int, facts: Facts) -> int:
    holding.refuse_unless_held(account_id)
    return 0


def _resume(act: MoneyAct, by: Account, at: datetime) -> None:
    holding.resume(act.subject_id, by=by, at=at)


def _difference_moves(difference_id: int, facts: Facts) -> int:
    row = Difference.objects.get(pk=difference_id)
    DIFFERENCE.after(row.status, "close")
    return abs(row.effect) if facts["how"] == "corrected" else 0


def _close_difference(act: MoneyAct, by: Account, at: datetime) -> None:
    """Explained: both books stay as they are. Corrected: our ledger follows the provider's, and the
    market's own money bears or keeps the difference."""
    row = Difference.objects.select_for_update().get(pk=act.subject_id)
    if act.facts["how"] == "corrected" and row.effect:
        own, mirror = ledger.own(act.pk), ledger.clearing(row.provider, act.pk)
        source, into = (mirror, own) if row.effect > 0 else (own, mirror)
        about, idem = ("difference", row.pk), f"correction:{act.pk}"
        escrow.correct(*about, abs(row.effect), source=source, into=into, at=at, idem=idem)
    reconciling.end(row, "close", at=at, how=act.facts["how"])


def _refund_moves(refund_id: int, facts: Facts) -> int:
    row = Refund.objects.get(pk=refund_id)
    REFUND.after(row.status, "close")
    return row.amount


def _close_refund(act: MoneyAct, by: Account, at: datetime) -> None:
    refunding.close(act.subject_id, at=at, how=act.facts["how"])


def _batch_moves(batch_id: int, facts: Facts) -> int:
    """Nothing beyond what people have earned, to where they are paid: no yen of the day's limit."""
    batch = PayoutBatch.objects.get(pk=batch_id)
    BATCH.after(batch.status, "send")
    return 0


def _send_batch(act: MoneyAct, by: Account, at: datetime) -> None:
    batching.send(act.subject_id, by=by, at=at)


def _cancel_batch(act: MoneyAct, at: datetime) -> None:
    batching.cancel(act.subject_id, at=at)


def _of_milestone(milestone_id: int) -> Collection[int]:
    sides = ("contract__client_id", "contract__worker_id")
    return Milestone.objects.values_list(*sides).get(pk=milestone_id)


def _of_chargeback(chargeback_id: int) -> Collection[int]:
    return Chargeback.objects.values_list("payment__payer_id").get(pk=chargeback_id)


def _of_refund(refund_id: int) -> Collection[int]:
    return Refund.objects.values_list("payment__payer_id").get(pk=refund_id)


def _of_account(account_id: int) -> Collection[int]:
    return (account_id,)


def _of_difference(difference_id: int) -> Collection[int]:
    return Difference.objects.get(pk=difference_id).people


def _nobody(batch_id: int) -> Collection[int]:
    """A file pays everyone what they earned: it can be about the two who decide it, too."""
    return ()


BY_KIND = {
    "split": Kind(_split_moves, _split, _of_milestone),
    "write_off": Kind(_write_off_moves, _write_off, _of_chargeback),
    "correction": Kind(_correction_moves, _correction, _of_account),
    "hold_payouts": Kind(_hold_moves, _hold, _of_account),
    "resume_payouts": Kind(_resume_moves, _resume, _of_account),
    "close_difference": Kind(_difference_moves, _close_difference, _of_difference),
    "failed_refund": Kind(_refund_moves, _close_refund, _of_refund),
    "payout_batch": Kind(_batch_moves, _send_batch, _nobody, _cancel_batch),
}
