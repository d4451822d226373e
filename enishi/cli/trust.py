"""The review graph at the command line: the ratings of a file, and rings in this market (SA7)."""

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from enishi.trust import files, scoring

from . import market, output
from .environment import UsageError

app = typer.Typer(help="Whom ratings speak for, and rings of praise.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Whom ratings speak for, and rings of praise."""


@app.command("score-network")
def score_network(
    ratings: Annotated[Path, typer.Argument(help="A CSV file: rater,rated,score,time.")],
) -> None:
    """Score everybody rated in a file from -10 to 10, the best first. 0 is the middle: nothing
    is known of whoever stands there, or of whoever is not listed."""
    found = scoring.scores(read(ratings))
    lines = csv.writer(sys.stdout, lineterminator="\n")
    lines.writerow(["rated", "score"])
    lines.writerows((rated, f"{score:.6f}") for rated, score in scoring.ranked(found))


def read(path: Path) -> list[scoring.Rating]:
    """The ratings of a file; what is wrong with it is said, and ends with exit code 2."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return files.ratings(lines)
    except OSError as missing:
        raise UsageError(f"“{path}” cannot be read: {missing.strerror}.") from missing
    except UnicodeDecodeError:
        raise UsageError(f"“{path}” is not text in UTF-8.") from None
    except files.Unreadable as wrong:
        raise UsageError("\n".join([f"“{path}” was not read.", *wrong.faults])) from wrong


@app.command()
def rings(
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Look for rings now, as each night: what is new becomes a case for the office. What is open
    is listed, and nobody is punished."""
    market.enter()
    from enishi.office import findings
    from enishi.office.models import Finding

    new = findings.look(at=market.now())
    fields = ("id", "kind", "people", "due_at")
    rows = list(Finding.objects.filter(status="open").order_by("id").values(*fields))
    if as_json:
        output.give_json({"new": len(new), "open": rows})
    elif rows:
        titles = [name.capitalize() for name in fields]
        output.give_table(titles, [[str(value) for value in row.values()] for row in rows])
    else:
        output.give_lines({"New": 0, "Open": 0})
