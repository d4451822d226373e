"""`bin/bench [NAME…] [--json FILE] [--markdown FILE] [--quick] | --list`

`--deals N` fills a large market with so many contracts, and `--keep FOLDER` leaves it there."""

import argparse
import json
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from . import market, scale, table
from .measure import Result

# In the order in which they run: the lists grow, and the million rows come last.
ALL = {
    "page_job_list_2k": "pages",
    "page_job": "pages",
    "page_inbox": "pages",
    "page_contract": "pages",
    "message_send": "sending",
    "hire_cycle": "hiring",
    "stream_2k": "streaming",
    "page_job_list_200k": "pages",
    "sweep_1m": "sweeping",
    "statement_100k": "verifying",
    "verify_1m": "verifying",
    "transfer_1": "transferring",
    "transfer_8": "transferring",
    "transfer_hot_1": "transferring",
    "transfer_hot_8": "transferring",
    "balance_read": "transferring",
    "fill_1m": "scale",
    "ranks_all": "everyone",
    "trust_all": "everyone",
    "contract_facts": "following",
    "trust_card": "trusting",
    "pages_at_scale": "reading",
    "cold_start": "starting",
    "setup": "starting",
}


def main() -> int:
    asked = _arguments()
    if asked.list:
        print("\n".join(ALL))
        return 0
    unknown = [name for name in asked.names if name not in ALL]
    if unknown:
        print(f"There is no benchmark named {', '.join(unknown)}: see --list", file=sys.stderr)
        return 2
    chosen = [name for name in ALL if not asked.names or name in asked.names]
    scale.wanted = asked.deals
    results, failed = _run(chosen, quick=asked.quick, kept=asked.keep)
    table.show(results)
    if asked.json:
        found = {each.name: each.as_json() for each in results}
        asked.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    if asked.markdown:
        asked.markdown.write_text(table.markdown(results))
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/bench", description="What the market costs.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--markdown", type=Path, metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="few rows, short rounds: a rehearsal")
    parser.add_argument(
        "--deals", type=int, default=scale.DEALS, help="contracts of the market that is filled"
    )
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="where the market stays for the next run"
    )
    parser.add_argument("--list", action="store_true", help="names of all benchmarks")
    return parser.parse_args()


def _run(names: list[str], *, quick: bool, kept: Path | None) -> tuple[list[Result], list[str]]:
    results: list[Result] = []
    failed: list[str] = []
    with market.opened(kept):
        for name in names:
            print(f"{name} …", file=sys.stderr, flush=True)
            measure: Callable[..., Result] = getattr(
                import_module(f".{ALL[name]}", __package__), name
            )
            try:
                results.append(measure(quick=quick))
            except Exception:  # the others have taken minutes, and are still worth telling
                traceback.print_exc()
                failed.append(name)
    return results, failed


if __name__ == "__main__":
    sys.exit(main())
