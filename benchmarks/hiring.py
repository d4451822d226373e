"""A whole hire through the commands, from the post to the payout, against the same rows by SQL.

Jobs are deferred, not run: what the worker does afterwards (notices, mail) is no part of the hire.
"""

import time
from itertools import cycle

from enishi.accounts.models import Account
from enishi.contracts.commands import delivering
from enishi.kit import clock
from enishi.payments.commands import paying_out
from enishi.payments.models import BankAccount

from . import deals, replay, seeds
from .measure import Figure, Result, in_turns, number

RATIO = 3
ROUNDS, HIRES = 7, 20
WARM = 40  # hires before the first that counts: accounts of the ledger stand, queries are known


def hire_cycle(*, quick: bool) -> Result:
    seeds.people()
    replay.spread_ids()
    clients = cycle(Account.objects.filter(pk__in=range(1, 41)).order_by("pk"))
    workers = cycle(Account.objects.filter(pk__in=range(501, 541)).order_by("pk"))
    for worker in Account.objects.filter(pk__in=range(501, 541)):
        _bank(worker)
    hires, rounds = (2, 2) if quick else (HIRES, ROUNDS)

    def ours() -> float:
        began = time.perf_counter()
        for _ in range(hires):
            _hire(next(clients), next(workers))
        return (time.perf_counter() - began) / hires

    with deals.at_once():
        for _ in range(WARM):
            _hire(next(clients), next(workers))
        bare, asked = (_replay(next(clients), next(workers), is_whole=one) for one in (False, True))
        ours_took, bare_took, asked_took = in_turns(
            ours,
            lambda: bare.run(hires) / hires,
            lambda: asked.run(hires) / hires,
            rounds=rounds,
        )
        bare.close()
        asked.close()
    ratio, floor = (
        Figure.of([o / b for o, b in zip(took, bare_took, strict=True)])
        for took in (ours_took, asked_took)
    )
    transactions, statements = bare.counts
    return Result(
        name="hire_cycle",
        value=Figure.of([1 / took for took in ours_took]),
        unit="hires/s",
        goal=f"ratio ≤ {RATIO}",
        is_met=ratio.median <= RATIO,
        ratio=ratio,
        notes=(
            (
                f"{statements} writes in {transactions} transactions a hire; bare "
                f"{number(1 / Figure.of(bare_took).median)} hires/s; one process, one connection; "
                f"its reads and locks by the driver too: {asked.counts[1]} statements, ratio "
                f"{number(floor.median)} ({floor.written()})"
            ),
        ),
    )


def _replay(client: Account, worker: Account, *, is_whole: bool) -> replay.Replay:
    before = replay.positions()
    with replay.watching(is_whole=is_whole) as watched:
        _hire(client, worker)
    return replay.Replay(watched, before, replay.positions())


def _hire(client: Account, worker: Account) -> None:
    at = clock.now()
    made = deals.agreed(client, worker, parts=1, at=at)
    milestone = deals.part(made, 1)
    deals.fund(milestone, client, at=at)
    delivering.deliver(milestone, by=worker, at=at, body="納品します。")
    delivering.accept(milestone, by=client, at=at)
    paid = paying_out.pay_out_now(worker.pk, at=at)
    if paid is None or paid.status != "paid":
        raise RuntimeError("the worker was not paid")


def _bank(worker: Account) -> None:
    BankAccount.objects.get_or_create(
        account=worker,
        replaced_at=None,
        defaults={
            "bank_code": "0001",
            "branch_code": "001",
            "bank_name": "銀行",
            "holder": "ハタラキテ",
            "last4": "1234",
            "payee": f"acct_{worker.pk}",
            "token": f"ba_{worker.pk}",
            "added_at": clock.now(),
        },
    )
