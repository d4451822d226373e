"""`bin/chaos [--layer http|ledger] [--ops N] [--kills N] [--seed S] [--state DIR] [--json FILE]`"""

import argparse
import json
import secrets
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from .running import Report, Wish, run


def main() -> int:
    asked = _arguments()
    wish = Wish(
        asked.layer, asked.ops, asked.kills, asked.seed or secrets.token_hex(4), asked.budget
    )
    state = asked.state or Path(tempfile.mkdtemp(prefix="enishi-chaos-"))
    state = state.resolve()
    print(f"seed {wish.seed}, {state}", file=sys.stderr)
    report = run(state, wish)
    print(shown(report))
    if asked.json:
        asked.json.write_text(json.dumps(asdict(report), indent=2) + "\n")
    if not report.faults and not asked.state:
        shutil.rmtree(state)
    return 1 if report.faults else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/chaos", description=__doc__)
    parser.add_argument(
        "--layer",
        choices=("http", "ledger"),
        default="http",
        help="deals over HTTP, or movements of money by the ledger's commands",
    )
    parser.add_argument("--ops", type=int, default=20_000, help="acts of all clients together")
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", default="", help="default: by chance, and printed")
    parser.add_argument(
        "--state", type=Path, help="kept, and gone on with when it is there already"
    )
    parser.add_argument("--budget", type=float, default=0, help="seconds for this piece")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


def shown(report: Report) -> str:
    kills = ", ".join(f"{name} {times}" for name, times in sorted(report.kills.items()))
    back = ", ".join(f"{name} {seconds} s" for name, seconds in sorted(report.back.items()))
    answers = ", ".join(f"{times:,} {answer}" for answer, times in report.answers.items())
    acts = ", ".join(f"{name} {times:,}" for name, times in report.acts.items())
    size = ", ".join(f"{count:,} {what}" for what, count in report.size.items())
    lines = [
        f"layer {report.layer}, seed {report.seed}",
        f"{report.ops:,} acts in {report.seconds:,.0f} s: {answers}",
        f"acknowledged: {acts}",
        f"{report.killed()} kills: {kills}; all back after at most: {back}",
        f"books checked {report.checks} times in between; settled {report.settled:.0f} s after",
        f"ledger: {size}",
    ]
    lines += [f"FAULT {fault}" for fault in report.faults] or ["no fault"]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
