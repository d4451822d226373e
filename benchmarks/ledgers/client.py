"""What the clients of all three share. It imports nothing: hordak's run in an environment of their
own."""

import json
import random
import sys
import time
from collections.abc import Callable

ACCOUNTS = 500
AMOUNT = 100  # yen

Transfer = Callable[[int, int], object]


def serve(transfer: Transfer, read: Callable[[int], int] | None = None) -> None:
    """`transfer(source, target)` commits one transfer between two accounts by their number; account
    0 is the hot one. `read(number)` gives a balance."""
    chance = random.Random(sys.argv[-1])
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        began = time.perf_counter()
        until, done = began + order["seconds"], 0
        while time.perf_counter() < until:
            if order.get("reads"):
                assert read is not None
                read(chance.randrange(ACCOUNTS))
            else:
                source, target = chance.sample(range(1, ACCOUNTS), 2)
                transfer(source, 0 if order["hot"] else target)
            done += 1
        print(done / (time.perf_counter() - began), flush=True)
