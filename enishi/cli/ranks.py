"""Ranks of workers, for the operator (PR3)."""

import time

import typer

from . import market, output

app = typer.Typer(help="Ranks of workers.", no_args_is_help=True)


@app.callback()
def ranks() -> None:
    """A group of its own, though it has one command so far."""


@app.command()
def recompute() -> None:
    """Compute everyone's rank anew, as happens every morning; tells how far it is."""
    market.enter()
    from enishi.kit import clock
    from enishi.ranks import commands

    began = time.monotonic()
    count = commands.compute_all(
        at=clock.now(), told=lambda done: output.say(f"{done:,} workers computed")
    )
    output.say(f"Ranks of {count:,} workers in {time.monotonic() - began:.1f} s")
