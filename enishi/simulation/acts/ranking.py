"""People come back to the market, and each week their ranks are computed: while a past is walked,
this stands for the morning of every day."""

from datetime import datetime, timedelta
from zlib import crc32

from enishi.accounts import demo
from enishi.accounts.models import Account
from enishi.kit.days import day_of
from enishi.ranks import commands
from enishi.simulation.world import World

from .proving import STORY

WEEK = timedelta(days=7)
RARELY = 1  # of ten workers: they are not here every week


def expect(world: World) -> None:
    """Each week, the last time when the visitor comes."""
    at = world.calendar.end
    while at > world.calendar.start:
        world.enter(at, compute)
        at -= WEEK


def compute(world: World, at: datetime) -> None:
    here = [
        person.account.pk
        for people in (world.workers, world.clients)
        for person in people.values()
        if person.joined and _place(person.like) >= RARELY
    ]
    told = Account.objects.filter(email__in=[demo.person(key).email for key in STORY])
    here += told.values_list("pk", flat=True)
    Account.objects.filter(pk__in=here, joined_at__lte=at).update(signed_in_on=day_of(at))
    commands.compute_all(at=at)


def _place(like: str) -> int:
    return crc32(like.encode()) % 10
