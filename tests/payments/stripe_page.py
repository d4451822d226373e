"""docs/stripe.md as its tests read it."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "stripe.md").read_text()
CODE = re.compile(r"`([^`]+)`")


def rows(title: str) -> list[list[str]]:
    """The rows of the table below a heading, without its head."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    table = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in table[2:]]


def said(cell: str) -> list[str]:
    """What stands in a cell as code."""
    return CODE.findall(cell)


CALLS = {
    said(call)[0]: (set(said(sends)), set(said(reads)), key, account)
    for call, sends, reads, key, account in rows("Calls")
}
