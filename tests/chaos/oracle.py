"""What must stand after all of it: LAYER FOLDER prints the faults, and what is still on its way, as
JSON. Acknowledged: there once. Unknown: once or not at all. Refused: not there."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from enishi.contracts.lifecycle import HOLDS_MONEY
from enishi.contracts.models import Delivery, Milestone, Revision
from enishi.escrow import queries as ledger
from enishi.escrow.models import Account
from enishi.events.models import Event
from enishi.kit import clock
from enishi.messaging.models import Message
from enishi.office.models import Difference, MoneyAct
from enishi.office.reconciling import reconcile
from enishi.payments.lifecycle import PAYMENT_OPEN
from enishi.payments.models import Chargeback, Payment
from tests.proofs import books

from .log import ACK, REFUSED, UNKNOWN, Op, ops
from .moved import of_moves

SHOWN = 20
ONCE = (("milestone.accepted", "milestone.deemed"), ("milestone.refunded",), ("milestone.settled",))


def ledger_faults() -> list[str]:
    return [f"{one.subject}: {one.rule}" for one in ledger.verify()]


def of_deals(folder: Path) -> Iterator[str]:
    """What stands in the market against the answers of the clients, and against itself."""
    acts = list(ops(folder / "log"))
    yield from (f"{op.words} {op.name}: {op.answer}" for op in acts if "error" in op.answer)
    words = {
        "deliver": Delivery.objects.values_list("body", flat=True),
        "revise": Revision.objects.values_list("reason", flat=True),
        "say": Message.objects.values_list("body", flat=True),
        "give_back": _reasons("milestone.refunded"),
        "split": _approved("split"),
        "write_off": _approved("write_off"),
    }
    for name, rows in words.items():
        yield from _said((op for op in acts if op.name == name), Counter(rows))
    yield from _once()
    ended = {"accept": ("milestone.accepted", "milestone.deemed")}
    for name, events in ended.items():
        happened = _milestones(*events)
        lost = (op for op in acts if op.name == name and op.answer == ACK)
        yield from (
            f"{op.words} {name} was acknowledged and did not happen"
            for op in lost
            if op.facts["milestone"] not in happened
        )
    taken = Counter(Chargeback.objects.values_list("payment__charge", flat=True))
    for op in acts:
        if op.name == "dispute" and op.answer == ACK and not taken[op.facts["charge"]]:
            yield f"{op.words} the bank took {op.facts['charge']} back, and nobody knows"
    funded = set(
        Payment.objects.filter(purpose_kind="milestone").values_list("purpose_id", flat=True)
    )
    for op in acts:
        if op.name == "fund" and op.answer == ACK and op.facts["milestone"] not in funded:
            yield f"{op.words} led to the provider without a payment"
    yield from _escrow()
    yield from books.faults()
    yield from _reconciled()


def _reconciled() -> Iterator[str]:
    """The market's own comparison says the same as ours."""
    run = reconcile(at=clock.now())
    if run.found:
        for one in Difference.objects.filter(status="open"):
            yield f"reconciled: {one.kind} {one.movement} {one.reference} {one.effect}"


def _said(acts: Iterable[Op], there: Counter[str]) -> Iterator[str]:
    for op in acts:
        found = there[op.words]
        if op.answer == ACK and found != 1:
            yield f"{op.words} {op.name} was acknowledged and is there {found} times"
        if op.answer == UNKNOWN and found > 1:
            yield f"{op.words} {op.name} is there {found} times"
        if op.answer == REFUSED and found:
            yield f"{op.words} {op.name} was refused and is there"


def _reasons(name: str) -> list[str]:
    return list(Event.objects.filter(name=name).values_list("facts__reason", flat=True))


def _approved(kind: str) -> list[str]:
    return list(
        MoneyAct.objects.filter(kind=kind, status="approved").values_list("reason", flat=True)
    )


def _milestones(*names: str) -> Counter[int]:
    rows = Event.objects.filter(name__in=names).values_list("facts__milestone_id", flat=True)
    return Counter(rows)


def _once() -> Iterator[str]:
    for names in ONCE:
        for milestone, times in _milestones(*names).items():
            if times > 1:
                yield f"milestone {milestone} had {names} {times} times"
    ends = Counter(one for names in ONCE for one in _milestones(*names))
    yield from (f"milestone {one} ended in {n} ways" for one, n in ends.items() if n > 1)


def _escrow() -> Iterator[str]:
    """Escrow stands for what is going on, to the yen, for what has come of it, and for nothing that
    is over."""
    rows = Payment.objects.filter(purpose_kind="milestone", status__in=PAYMENT_OPEN)
    parts = dict(rows.values_list("purpose_id", "arrived"))
    held = dict(
        Account.objects.filter(code__startswith="escrow:milestone:").values_list("code", "balance")
    )
    for pk, status, amount in Milestone.objects.values_list("pk", "status", "escrow_amount"):
        wanted = amount if status in HOLDS_MONEY else parts.get(pk, 0)
        found = held.get(f"escrow:milestone:{pk}", 0)
        if found != wanted:
            yield f"milestone {pk} is {status} and holds {found}, not {wanted}"


def main(layer: str, state: str) -> None:
    folder = Path(state)
    if layer == "books":
        faults, waiting = ledger_faults(), []
    elif layer == "ledger":
        faults, waiting = ledger_faults() + list(of_moves(folder)), []
    else:
        waiting = books.unsettled()
        faults = [] if waiting else list(of_deals(folder))
    said = {"faults": faults[:SHOWN], "count": len(faults), "waiting": waiting[:SHOWN]}
    print(json.dumps(said | {"left": len(waiting), "size": ledger.size()}))
