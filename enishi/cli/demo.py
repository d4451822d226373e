"""The demo market: filling it with a year of hires, and moving its clock."""

import re
from contextlib import suppress
from datetime import timedelta
from typing import Annotated

import typer

from . import folder, market, output, provider
from .environment import UsageError

app = typer.Typer(help="The demo market.", no_args_is_help=True)

UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}


@app.command()
def fill(
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="Leave a market alone that has people in it.")
    ] = False,
    seed: Annotated[int, typer.Option(help="The same seed makes the same market.")] = 1,
) -> None:
    """Walk a year of simulated hires through the real commands."""
    market.enter(starting=True)
    if market.is_live():
        raise UsageError("A live market is never filled with demo people.")
    half_filled = folder.data() / "filling"
    if half_filled.exists():
        raise UsageError(f"A filling was interrupted: delete {folder.data()} and start again.")
    from enishi.accounts.models import Account

    if Account.objects.exists():
        if if_empty:
            return
        raise UsageError("This market has people in it already; use an empty ENISHI_DATA.")
    market.refuse_while_running()
    from enishi.simulation.fill import fill as walk

    with provider.serving(market.url()), output.progress() as bar:
        half_filled.touch()
        walk(seed=seed, progress=bar)
        half_filled.unlink()
    output.say("The demo market is filled.")


@app.command()
def advance(
    by: Annotated[str, typer.Argument(help="How far: 3d, 12h, 90m, 2w, or 1d12h.")],
) -> None:
    """Move the demo market's clock forward, and let what falls due happen."""
    span = parse_span(by)
    market.enter()
    if market.is_live():
        raise UsageError("The clock of a live market cannot be moved.")
    from enishi.kit import clock
    from enishi.kit.days import TOKYO

    clock.advance(span)
    _wake()
    shown = market.now().astimezone(TOKYO)
    output.say(f"The market's clock now shows {shown:%Y-%m-%d %H:%M} in Tokyo.")


def parse_span(text: str) -> timedelta:
    """“3d” or “1d12h” as a span of time."""
    parts = re.findall(r"(\d+)([wdhm])", text)
    if not parts or "".join(number + unit for number, unit in parts) != text:
        raise UsageError(f"“{text}” is not a span of time: write 3d, 12h, 90m or 1d12h.")
    span = sum((timedelta(**{UNITS[unit]: int(number)}) for number, unit in parts), timedelta())
    if not span:
        raise UsageError("The clock only moves forward: give a span longer than nothing.")
    return span


def _wake() -> None:
    """Ask the worker to sweep now instead of at its next turn."""
    from procrastinate.exceptions import AlreadyEnqueued

    from enishi.events.tasks import sweep_clocks

    with suppress(AlreadyEnqueued):
        sweep_clocks.configure(task_kwargs={"timestamp": 0}).defer()
