"""A client of our ledger, by its commands: an entry with a key of its own, durable."""

import itertools
import sys
import time
from datetime import UTC, datetime

import django

from .client import AMOUNT, serve


def main() -> None:
    django.setup()
    from enishi.escrow import commands, policy, queries

    numbers = (f"{sys.argv[-1]}:{time.time_ns()}:{n}" for n in itertools.count())

    def transfer(source: int, target: int) -> None:
        names = (policy.payable(one + FIRST) for one in (source, target))
        commands.correct(
            "account",
            source,
            AMOUNT,
            source=next(names),
            into=next(names),
            at=datetime.now(UTC),  # noqa: TID251  # no market's time is meant
            idem=f"bench:{next(numbers)}",
        )

    serve(transfer, lambda number: queries.payable_of(number + FIRST))


FIRST = 2 * 10**9  # numbers of nobody


if __name__ == "__main__":
    main()
