"""What is said in a thread."""

from collections.abc import Sequence
from datetime import datetime

from enishi.messaging import commands as messaging
from enishi.simulation.market import voices
from enishi.simulation.world import Client, Deal, Worker, World


def exchange(
    world: World, deal: Deal, stage: str, *sides: str, at: datetime, days: int = 0
) -> None:
    """One line after the other, in the words of a stage."""
    for side in sides:
        person = deal.client if side == "client" else deal.worker
        world.later(at, days, say, deal.thread_id, person, voices.messages(stage, side))


def say(
    world: World, thread_id: int, person: Worker | Client, pieces: Sequence[str], at: datetime
) -> None:
    messaging.post(thread_id, by=person.account, at=at, body=world.draw(pieces))
