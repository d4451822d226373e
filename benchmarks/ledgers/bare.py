"""A client of the bare ledger: one SQL function in a transaction, by psycopg alone."""

import itertools
import sys
import time
from datetime import UTC, datetime

import psycopg

from .client import AMOUNT, serve

TRANSFER = "select bare_transfer(%s, %s, %s, %s, %s)"
BALANCE = "select balance from bare_account where code = %s"


def main() -> None:
    connection = psycopg.connect(sys.argv[1], autocommit=True, prepare_threshold=0)
    numbers = (f"{sys.argv[-1]}:{time.time_ns()}:{n}" for n in itertools.count())

    def transfer(source: int, target: int) -> None:
        with connection.transaction():
            at = datetime.now(UTC)  # noqa: TID251  # no market's time is meant
            names = (f"payable:{source}", f"payable:{target}")
            connection.execute(TRANSFER, [f"bench:{next(numbers)}", at, *names, AMOUNT])

    def read(number: int) -> int:
        row = connection.execute(BALANCE, [f"payable:{number}"]).fetchone()
        assert row is not None
        return int(row[0])

    serve(transfer, read)


if __name__ == "__main__":
    main()
