"""How results are shown: a table for the terminal, or Markdown for docs/performance.md."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from .measure import Result, number

HEADS = ("benchmark", "value", "unit", "ratio", "goal", "met", "seen (value; ratio)")


def rows(results: Sequence[Result]) -> list[tuple[str, ...]]:
    return [
        (
            each.name,
            number(each.value.median),
            each.unit,
            number(each.ratio.median) if each.ratio else "—",
            each.goal,
            "yes" if each.is_met else "no",
            each.value.written() + (f"; {each.ratio.written()}" if each.ratio else ""),
        )
        for each in results
    ]


def show(results: Sequence[Result]) -> None:
    table = Table(*HEADS)
    for row in rows(results):
        table.add_row(*row)
    console = Console(width=None if Console().is_terminal else 150)
    console.print(table)
    for each in results:
        for note in each.notes:
            console.print(f"{each.name}: {note}", highlight=False)


def markdown(results: Sequence[Result]) -> str:
    lines = ["| " + " | ".join(HEADS) + " |", "|" + " --- |" * len(HEADS)]
    lines += ["| " + " | ".join(row) + " |" for row in rows(results)]
    notes = [f"- `{each.name}`: {note}" for each in results for note in each.notes]
    return "\n".join([*lines, "", *notes]) + "\n"
