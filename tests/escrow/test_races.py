"""Many connections at once: one winner each time, no deadlock, no yen lost (M1, M5)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from enishi.escrow import commands, queries
from enishi.escrow.models import Account, Entry
from enishi.kit.errors import Refused
from tests.waiting import until_somebody_waits

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
CROWD = 6

pytestmark = pytest.mark.usefixtures("market")


def at_once(acts):
    """Start all together; each result is what the act returned or the code of its refusal."""
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def fund(purpose, amount, idem):
    return commands.fund("milestone", purpose, amount, provider="sandbox", at=NOON, idem=idem)


def release(purpose, idem, to=7):
    return commands.release(
        "milestone", purpose, to=to, net=800, fee=182, fee_tax=18, at=NOON, idem=idem
    )


def refund(purpose, idem):
    return commands.refund("milestone", purpose, 1000, provider="sandbox", at=NOON, idem=idem)


def test_a_command_repeated_at_the_same_instant_moves_money_once():
    for round_ in range(10):
        results = at_once([lambda r=round_: fund(r, 1000, f"fund-{r}").pk] * CROWD)
        assert len(set(results)) == 1
    assert Entry.objects.count() == 10
    assert queries.verify() == []


def test_twins_that_wait_for_the_same_accounts_write_one_entry():
    """All of them have come as far as the locks when the first may go on."""
    fund(1, 1000, "before")
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        list(Account.objects.select_for_update().order_by("id"))
        twins = pool.submit(at_once, [lambda: fund(1, 500, "twin").pk] * CROWD)
        until_somebody_waits(CROWD)
        transaction.set_rollback(True)
    assert len(set(twins.result())) == 1
    assert queries.escrow_of("milestone", 1) == 1500


def test_of_release_and_refund_exactly_one_wins():
    for round_ in range(10):
        fund(round_, 1000, f"fund-{round_}")
        results = at_once(
            [
                lambda r=round_: release(r, f"release-{r}").kind,
                lambda r=round_: refund(r, f"refund-{r}").kind,
            ]
            * 2
        )
        assert len({one for one in results if one != "escrow.not_enough"}) == 1
    assert queries.held_total() == 0
    assert queries.verify() == []


def test_commands_that_share_accounts_in_any_order_do_not_lock_each_other_out():
    for purpose in range(CROWD):
        fund(16 * purpose, 10_000, f"fund-{purpose}")

    def work(purpose):
        for n in range(8):
            release(16 * purpose, f"release-{purpose}-{n}", to=1 + (purpose + n) % 3)
        commands.refund(
            "milestone", 16 * purpose, 2000, provider="sandbox", at=NOON, idem=f"rest-{purpose}"
        )
        return "done"

    assert at_once([lambda p=p: work(p) for p in range(CROWD)]) == ["done"] * CROWD
    assert queries.summary().payable == CROWD * 8 * 800
    assert queries.verify() == []
