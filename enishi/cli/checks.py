"""Questions about the market that an operator, or a script, may ask at any time."""

import time
from dataclasses import asdict
from typing import Annotated

import typer

from enishi.kit.clocks import Clock
from enishi.kit.rules import Rules

from . import market, output

Json = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]


def verify_ledger(as_json: Json = False) -> None:
    """Check the ledger from its first line to its last; faults are listed, and exit with 1."""
    market.enter()
    from enishi.escrow import queries

    began, size = time.monotonic(), queries.size()
    faults = [asdict(fault) for fault in queries.verify()]
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        checked = size | {"rules": list(queries.RULES), "seconds": seconds}
        output.give_json({"sound": not faults, "checked": checked, "faults": faults})
    elif faults:
        output.give_table(
            [name.capitalize() for name in faults[0]], [list(fault.values()) for fault in faults]
        )
    else:
        counts = {name.capitalize(): count for name, count in size.items()}
        rules = {rule.capitalize(): "holds" for rule in queries.RULES}
        output.give_lines({"Ledger": "sound", **counts, "Seconds": seconds, **rules})
    if faults:
        raise typer.Exit(1)


def reconcile(as_json: Json = False) -> None:
    """Hold the ledger against the provider's books now; open differences are listed, and exit
    with 1."""
    market.enter()
    from enishi.kit import clock
    from enishi.office import reconciling
    from enishi.office.models import Difference
    from enishi.payments.provider import Declined, Unavailable

    try:
        run = reconciling.reconcile(at=clock.now())
    except (Unavailable, Declined) as trouble:
        output.say(f"The payment provider does not answer: {trouble}")
        raise typer.Exit(1) from None
    fields = ("kind", "movement", "reference", "source", "effect")
    rows = list(Difference.objects.filter(status="open").order_by("id").values(*fields))
    facts = {"compared": run.compared, "held": run.held, "booked": run.booked}
    if as_json:
        output.give_json(facts | {"differences": rows})
    elif rows:
        output.give_table(
            [name.capitalize() for name in fields], [list(row.values()) for row in rows]
        )
    else:
        output.give_lines({"Compared": run.compared, "Differences": 0})
    if rows:
        raise typer.Exit(1)


def verify_papers(as_json: Json = False) -> None:
    """Check the chain of all papers; the first broken link is named, and exit with 1."""
    market.enter()
    from enishi.documents import queries

    with output.progress() as progress:
        task = progress.add_task("Papers", total=queries.count())
        fault = queries.broken_link(lambda done: progress.update(task, completed=done))
    position, link = queries.last_link()
    if as_json:
        broken = asdict(fault) if fault else None
        output.give_json(
            {"whole": not fault, "papers": position, "last_link": link, "fault": broken}
        )
    elif fault:
        output.give_lines({"Papers": "broken", **asdict(fault)})
    else:
        output.give_lines({"Papers": "whole", "Count": position, "Last link": link})
    if fault:
        raise typer.Exit(1)


def clocks(as_json: Json = False) -> None:
    """List every state that waits: whose turn, how long, the reminders, and what then happens."""
    market.load()
    from django.conf import settings

    from enishi.wiring import CLOCKS

    rows = [_described(clock, settings.RULES) for clock in CLOCKS]
    if as_json:
        output.give_json(rows)
        return
    columns = ["rule", "subject", "state", "owner", "lasts", "reminders", "says"]
    titles = [name.capitalize() for name in columns[:-1]]
    output.give_table(
        [*titles, "If nobody acts"], [[_shown(row[name]) for name in columns] for row in rows]
    )


def _described(clock: Clock, rules: Rules) -> dict[str, object]:
    """The numbers in it are those of this market."""
    reminders = [step for step in clock.steps if step.name != clock.outcome]
    return {
        "rule": clock.rule,
        "subject": clock.subject,
        "state": clock.state,
        "owner": clock.owner,
        "lasts": rules.fill(clock.lasts),
        "reminders": {step.name: rules.fill(step.comes) for step in reminders},
        "outcome": clock.outcome,
        "says": clock.says,
    }


def _shown(value: object) -> str:
    return ", ".join(value.values()) if isinstance(value, dict) else str(value)
