"""A deal is done: how soon both people's ranks and trust cards know it.

A delivery is accepted by the market's own command, and its contract is over. Timed are the jobs
which that wakes, as wired, one after the other: those that keep the facts of client and worker.
"""

import time
from typing import Any

from . import scale
from .measure import Figure, Result

MOST = 50.0  # ms
TIMES = 100
PARTS = 2  # a client and a worker


def contract_facts(*, quick: bool) -> Result:
    of = scale.filled(quick=quick)
    backend, ours = scale.backend_cpu(), time.process_time()
    done = [_followed(*row) for row in _delivered(5 if quick else TIMES)]
    cpu = scale.backend_cpu() - backend + time.process_time() - ours
    took = sorted(1000 * seconds for seconds, _ in done)
    late = took[int(0.95 * (len(took) - 1) + 0.5)]
    accepted = Figure.of([1000 * seconds for _, seconds in done])
    return Result(
        name="contract_facts",
        value=Figure(took[0], late, took[-1]),
        unit="ms, p95",
        goal=f"≤ {MOST:.0f} ms",
        is_met=late <= MOST,
        notes=(
            f"{len(took)} contracts, half of them within {took[len(took) // 2]:.1f} ms",
            f"the acceptance itself {accepted.median:.1f} ms",
            f"CPU of command and jobs, PostgreSQL's too: {1000 * cpu / len(took):.1f} ms",
            scale.told(of),
        ),
    )


def _delivered(wanted: int) -> list[tuple[int, int]]:
    """(milestone, client): the last of their contracts, spread over all that wait."""
    from enishi.contracts.models import Milestone

    found = Milestone.objects.filter(status="delivered", contract__status="active")
    rows = list(found.order_by("pk").values_list("pk", "contract__client_id"))
    return rows[:: max(1, len(rows) // wanted)][:wanted]


def _followed(milestone_id: int, client_id: int) -> tuple[float, float]:
    """Seconds of the jobs after `contract.completed`, and of the command before them."""
    from enishi.accounts.models import Account
    from enishi.contracts.commands import delivering
    from enishi.events import delivery
    from enishi.kit import clock
    from enishi.wiring import RANK, TRUST

    client = Account.objects.get(pk=client_id)
    began = time.perf_counter()
    accepted = delivering.accept(milestone_id, by=client, at=clock.now())
    said = time.perf_counter() - began
    event = _ended(accepted.contract_id)
    jobs = [path for path in delivery.subscribers_later(event.name) if path in (RANK, TRUST)]
    began = time.perf_counter()
    for path in jobs:
        delivery.deliver_to(event, path)
    took = time.perf_counter() - began
    if len(jobs) != PARTS or not _is_known(accepted.contract, event):
        raise RuntimeError("the facts of both people do not follow the end of a contract")
    return took, said


def _ended(contract_id: int) -> Any:
    from enishi.events.models import Event

    return Event.objects.get(
        subject_kind="contract", subject_id=str(contract_id), name="contract.completed"
    )


def _is_known(contract: Any, event: Any) -> bool:
    from enishi.trust.models import PersonFacts

    people = [contract.client_id, contract.worker_id]
    kept = PersonFacts.objects.filter(account__in=people, computed_at__gte=event.at)
    return kept.count() == PARTS * len(people)
