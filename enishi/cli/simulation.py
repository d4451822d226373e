"""`enishi simulate`: the demo's engine at any size."""

from pathlib import Path
from typing import Annotated

import typer

from . import market, output, provider
from .environment import UsageError


def simulate(
    workers: Annotated[int, typer.Option(min=1, help="People who look for work.")] = 20,
    clients: Annotated[int, typer.Option(min=1, help="People who post work.")] = 10,
    days: Annotated[int, typer.Option(min=1, help="Simulated days.")] = 30,
    seed: Annotated[int, typer.Option(help="The same seed makes the same market.")] = 1,
    report: Annotated[Path | None, typer.Option(help="Write the report to this file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Let simulated people hire each other through the real commands, and report what happened."""
    market.enter(starting=True)
    if market.is_live():
        raise UsageError("A live market is never filled with simulated people.")
    market.refuse_while_running()
    if report is not None and not report.absolute().parent.is_dir():
        raise UsageError(f"There is no folder for the report: {report.absolute().parent}")
    from enishi.simulation.run import simulate as run

    with provider.serving(market.url()), output.progress() as bar:
        facts = run(
            workers=workers, clients=clients, days=days, seed=seed, report=report, progress=bar
        )
    if as_json:
        output.give_json(facts)
    else:
        output.give_lines(output.flat(facts))
