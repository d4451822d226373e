"""bin/planted [NAME…] [--all] [--base REVISION]: each bug turns its test red.

Without names: the bugs in files that the last commits changed, and a few drawn by the commit id.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.planted.patches import ROOT, Planted, planted

FAILED = 1  # pytest's exit code for red tests; others mean that it could not even try
PATIENCE = 300
AT_ONCE = 2


def main() -> int:
    arguments = _parser().parse_args()
    known = {bug.name: bug for bug in planted()}
    if unknown := set(arguments.names) - known.keys():
        sys.stderr.write(f"No such bug: {', '.join(sorted(unknown))}\n")
        return 2
    chosen = _chosen(list(known.values()), arguments)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(_try, chosen))
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("bin/planted", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--all", action="store_true", help="every bug, as before a release")
    parser.add_argument("--base", default="HEAD~1", help="bugs in files changed since then")
    parser.add_argument("--seed", default=_git("rev-parse", "HEAD").strip())
    parser.add_argument("--sample", type=int, default=4, help="how many more, drawn by the seed")
    return parser


def _chosen(bugs: list[Planted], arguments: argparse.Namespace) -> list[Planted]:
    if arguments.names:
        return [bug for bug in bugs if bug.name in arguments.names]
    if arguments.all:
        return bugs
    changed = set(_git("diff", "--name-only", arguments.base).split())
    touched = [bug for bug in bugs if changed & set(bug.files)]
    others = [bug for bug in bugs if bug not in touched]
    drawn = random.Random(arguments.seed).sample(others, min(arguments.sample, len(others)))
    return touched + drawn


def _git(*command: str) -> str:
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout


def _try(bug: Planted) -> bool:
    """Whether the bug turns each of its tests red, in a copy of its own."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="enishi-planted-") as name:
        folder = Path(name)
        _copy(folder)
        fault = bug.apply(folder) or next(filter(None, (_green(r, folder) for r in bug.red)), "")
    seconds = time.monotonic() - started
    print(f"{'FAIL' if fault else 'red '} {seconds:5.1f} s  {bug.name}: {fault or bug.says}")
    return not fault


def _copy(folder: Path) -> None:
    """What git knows or would take, and the environment by a link."""
    for line in _git("ls-files", "--cached", "--others", "--exclude-standard").splitlines():
        if (ROOT / line).is_file():
            (folder / line).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / line, folder / line)
    for compiled in ROOT.glob("enishi/locale/*/LC_MESSAGES/*.mo"):
        shutil.copyfile(compiled, folder / compiled.relative_to(ROOT))
    (folder / ".venv").symlink_to(ROOT / ".venv")


def _green(test: str, folder: Path) -> str:
    """What is wrong if the test does not fail here, or nothing."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    command += ["--prove", "--budget", "20", test]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode == FAILED:
        return ""
    if done.returncode == 0:
        return f"{test} stays green"
    return f"{test} could not run:\n{done.stdout[-2000:]}{done.stderr[-500:]}"


if __name__ == "__main__":
    sys.exit(main())
