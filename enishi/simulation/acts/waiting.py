"""What happens by itself: the clocks of everything that waits, and money on its way to banks."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import connection

from enishi.events import sweep
from enishi.kit.days import day_of
from enishi.payments import rehearsal
from enishi.payments.commands import sweeping
from enishi.payments.models import Payout
from enishi.simulation.hours import at_hour
from enishi.simulation.world import World
from enishi.wiring import SWEPT

# A running market looks three times a minute. Here it looks when most clocks fall due: at 24:00,
# and at 9:00 when reminders go out; what falls between is seen in the evening.
LOOKS = (0, 9, 19)
A_MINUTE = timedelta(minutes=1)
MONEY_MOVES = "contracts.Milestone"
_DUE = " or ".join(
    f"exists (select 1 from {apps.get_model(label)._meta.db_table} where next_at <= %s)"
    for label in SWEPT
)


def expect(world: World) -> None:
    world.enter(world.calendar.start, look)


def look(world: World, at: datetime) -> None:
    """Everything whose time has come takes its step; what it earned somebody is sent off."""
    if _is_anything_due(at) and MONEY_MOVES in {label for label, _ in sweep.steps(at)}:
        world.enter(at + A_MINUTE, pay_out)
    hour = (at - at_hour(day_of(at), 0)) // timedelta(hours=1)
    later = [each for each in LOOKS if each > hour]
    world.enter(at_hour(day_of(at), later[0] if later else 24), look)


def _is_anything_due(at: datetime) -> bool:
    """One question instead of one for each kind of row: most looks find nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {_DUE}", [at] * len(SWEPT))
        return bool(cursor.fetchone()[0])


def pay_out(world: World, at: datetime) -> None:
    """The provider sends what is due, and banks have it on the next day."""
    sweeping.sweep(at=at)
    if Payout.objects.filter(status="sent").exists():
        rehearsal.hurry()
        world.later(at, 1, pay_out)
