"""M10: limits and decisions hold when many treasurers act at once."""

import threading
from dataclasses import replace
from datetime import timedelta

from django.db import connections

from enishi.contracts.models import Milestone
from enishi.escrow import queries as ledger
from enishi.kit.errors import Refused
from enishi.office import commands
from enishi.office.models import DayLimit, MoneyAct
from tests import make
from tests.make import NOON

from .acts import approve, correction

LATER = NOON + timedelta(days=2)


def at_once(acts):
    """Run each in a thread with a connection of its own; what they gave or raised."""
    barrier, found = threading.Barrier(len(acts)), []

    def run(act):
        barrier.wait()
        try:
            act()
            found.append("done")
        except Refused as refused:
            found.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_twenty_approvals_at_the_cap_keep_to_the_limit(market, settings):
    """M10"""
    settings.RULES = replace(settings.RULES, money_acts_day_limit=1_000)
    acts = [correction(300, who=make.account(f"W{n}")) for n in range(20)]
    others = [make.account(f"T{n}", office_grade="treasurer") for n in range(20)]

    found = at_once(
        [lambda act=act, by=by: approve(act, by=by) for act, by in zip(acts, others, strict=True)]
    )

    assert found == ["act.over_the_day_limit"] * 17 + ["done"] * 3
    assert DayLimit.objects.get().moved == 900
    assert ledger.summary().own == -900


def test_two_treasurers_deciding_at_once_decide_once(market):
    act, other = correction(), make.account("Rei", office_grade="treasurer")
    kei = make.kei()

    found = at_once(
        [
            lambda: approve(act, by=kei),
            lambda: commands.refuse(act.pk, by=other, at=NOON, reason="No"),
        ]
    )

    assert found.count("done") == 1
    assert Milestone.objects.count() == 0
    assert ledger.payable_of(act.subject_id) == (
        300 if MoneyAct.objects.get().status == "approved" else 0
    )
