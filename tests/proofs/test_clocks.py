"""T1, T2: what is due happens once, never early, however late, often or confused the sweep is."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

from enishi.contracts.commands import changing
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.escrow import queries as escrow
from enishi.events import sweep
from enishi.events.models import Event
from enishi.kit.days import day_of, days_after
from tests import make
from tests.make import NOON
from tests.proofs.conftest import ROOT

BUDGET = 30
INSTANT, STEP = timedelta(microseconds=1), timedelta(minutes=10)
WEEK, FORTNIGHT = days_after(NOON, 7), days_after(NOON, 14)
PATIENCE = 60


def _crowd(each):
    """Deals in every state that waits; all of them are due within a fortnight."""
    for _ in range(each):
        for state in ("offered", "agreed", "delivered"):
            make.contract(state)
        deal = make.contract("active")
        changing.request(
            deal.milestones.get().pk,
            by=deal.worker,
            at=NOON,
            due_on=day_of(FORTNIGHT) + timedelta(days=30),
            reason_kind="illness",
            reason="A cold.",
        )


def _world():
    """How many rows stand in which state, what was told how often, and where the money is."""
    rows = {
        model.__name__: Counter(model.objects.values_list("status", flat=True))
        for model in (Contract, Milestone, ChangeRequest)
    }
    money = escrow.summary()
    told = Counter(Event.objects.values_list("name", "facts__step"))
    return rows, told, (money.escrow, money.payable, money.fee, money.fee_tax)


def _sweep_in_processes(folder, *plans):
    gate = folder / "gate"
    gate.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.proofs.sweeper", str(gate)]
    workers = [
        subprocess.Popen(
            [*command, *(at.isoformat() for at in plan)],
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "enishi.settings"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for plan in plans
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    gate.touch()
    for worker in workers:
        worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0


def test_two_workers_and_a_clock_that_steps_back_do_what_one_sweep_does(
    market, cluster, proof, tmp_path
):
    """T2"""
    each = 30 if proof.whole else 6
    _crowd(each)
    sweep.sweep(at=FORTNIGHT)
    expected = _world()
    cluster.renew()
    _crowd(each)

    back = (FORTNIGHT, FORTNIGHT - STEP, FORTNIGHT, FORTNIGHT)
    _sweep_in_processes(tmp_path, back, (FORTNIGHT, FORTNIGHT))

    assert _world() == expected
    assert escrow.verify() == []
    proof.say(f"{4 * each} waiting rows, two processes")


def test_after_a_day_of_standing_still_everything_is_made_up_for_and_nothing_was_early(
    market, proof
):
    """T1"""
    count = 1_000 if proof.whole else 60
    for _ in range(count):
        make.contract("delivered")
    sweep.sweep(at=FORTNIGHT - INSTANT)
    assert not Milestone.objects.filter(status="accepted").exists()

    started = time.monotonic()
    sweep.sweep(at=FORTNIGHT + timedelta(days=1))
    seconds = time.monotonic() - started
    sweep.sweep(at=FORTNIGHT + timedelta(days=1))

    assert Milestone.objects.filter(status="accepted", is_deemed=True).count() == count
    assert Event.objects.filter(name="milestone.deemed").count() == count
    assert escrow.payable_of(make.ren().pk) == count * 46_800
    proof.say(f"{count:,} deals accepted by the clock in {seconds:.1f} s")
