"""A worker of the sweep as a process of its own: `python -m tests.proofs.sweeper GATE AT…`.

It waits until the file GATE is there and then sweeps at each of the given times in turn.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from enishi.events import sweep

    gate = Path(sys.argv[1])
    print("ready", flush=True)
    while not gate.exists():
        time.sleep(0.001)
    for at in sys.argv[2:]:
        print(sweep.sweep(at=datetime.fromisoformat(at)), flush=True)


if __name__ == "__main__":
    main()
