"""Questions about the market that an operator, or a script, may ask at any time."""

from dataclasses import asdict
from typing import Annotated

import typer

from enishi.kit.clocks import Clock

from . import market, output

Json = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]


def verify_ledger(as_json: Json = False) -> None:
    """Check the ledger from its first line to its last; faults are listed, and exit with 1."""
    market.enter()
    from enishi.escrow import queries

    faults = [asdict(fault) for fault in queries.verify()]
    if as_json:
        output.give_json({"sound": not faults, "faults": faults})
    elif faults:
        output.give_table(
            [name.capitalize() for name in faults[0]], [list(fault.values()) for fault in faults]
        )
    else:
        output.give_lines({"Ledger": "sound"})
    if faults:
        raise typer.Exit(1)


def clocks(as_json: Json = False) -> None:
    """List every state that waits: whose turn, how long, the reminders, and what then happens."""
    market.load()
    from enishi.wiring import CLOCKS

    rows = [_described(clock) for clock in CLOCKS]
    if as_json:
        output.give_json(rows)
        return
    columns = ["rule", "subject", "state", "owner", "lasts", "reminders", "outcome"]
    output.give_table(
        [name.capitalize() for name in columns],
        [[_shown(row[name]) for name in columns] for row in rows],
    )


def _described(clock: Clock) -> dict[str, object]:
    return {
        "rule": clock.rule,
        "subject": clock.subject,
        "state": clock.state,
        "owner": clock.owner,
        "lasts": clock.lasts,
        "reminders": [step.name for step in clock.steps if step.name != clock.outcome],
        "outcome": clock.outcome,
        "says": str(clock.says),
    }


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
