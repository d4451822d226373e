"""Walking the calendar, act by act, through the real commands."""

from rich.progress import Progress

from enishi.kit.errors import Refused

from . import stage
from .world import World


def walk(world: World, *, progress: Progress, title: str) -> None:
    """Until the calendar's end. A refusal is an answer that people of a market get now and then:
    it is counted, and life goes on. Anything else is a fault and ends the walk."""
    calendar = world.calendar
    days = (calendar.end - calendar.start).days
    task = progress.add_task(title, total=days)
    with stage.set_up():
        for at, act in calendar:
            progress.update(task, completed=(at - calendar.start).days)
            world.tally["acts"] += 1
            try:
                act(at)
            except Refused as refused:
                world.tally[f"refused {refused.code}"] += 1
    progress.update(task, completed=days)
