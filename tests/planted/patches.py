"""What a planted bug is: a patch with a sentence, the test it turns red, and the files it spoils.

The head of a patch, before its first `diff`, reads:

    What is wrong now, in one sentence.
    Red: tests/contracts/test_races.py::test_that_fails
"""

import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]


@dataclass(frozen=True)
class Planted:
    """One bug, as one file `NAME.patch`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @property
    def says(self) -> str:
        return self.text.split("\n", 1)[0]

    @property
    def red(self) -> list[str]:
        """The tests that turn red, as pytest names them."""
        return re.findall(r"^Red: (\S+)$", self.text, re.MULTILINE)

    @property
    def files(self) -> list[str]:
        return re.findall(r"^\+\+\+ b/(\S+)$", self.text, re.MULTILINE)

    def applies(self, folder: Path = ROOT) -> str:
        """Why it does not apply to the tree as it stands, or nothing."""
        return self._git(folder, "--check")

    def apply(self, folder: Path) -> str:
        return self._git(folder)

    def _git(self, folder: Path, *options: str) -> str:
        command = ["git", "apply", *options, str(self.path)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        return done.stderr if done.returncode else ""


def planted() -> list[Planted]:
    return [Planted(path) for path in sorted(FOLDER.glob("*.patch"))]
