"""Data goes to stdout, everything else to stderr: a pipe carries only what was asked for."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table


def say(sentence: str) -> None:
    """Tell the person at the terminal something that is not the answer itself."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(sentence, markup=False)


def give_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def give_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Never cut: a narrow terminal folds, a pipe gets whole lines."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(str(cell) for cell in row))
    width = None if sys.stdout.isatty() else 400
    Console(highlight=False, width=width).print(table, markup=False)


def give_lines(facts: Mapping[str, object]) -> None:
    width = max((len(name) for name in facts), default=0)
    for name, value in facts.items():
        sys.stdout.write(f"{name:<{width}}  {value}\n")


def flat(facts: Mapping[str, Any], within: str = "") -> dict[str, Any]:
    """Facts within facts as one list: `contracts: {active: 3}` is `contracts active: 3`."""
    lines: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            lines |= flat(value, f"{within}{name} ")
        else:
            lines[within + name] = value
    return lines


def progress() -> Progress:
    """A bar on stderr for work that takes more than a moment."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
