"""What the demo's workers show the day they join: enough for Regular, where they mean to (RA2)."""

import pytest

from enishi.profiles.background import queries as background
from enishi.profiles.completeness import policy, queries
from enishi.profiles.models import Package, Piece
from enishi.simulation import people
from enishi.simulation.market import read
from enishi.simulation.world import World
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined():
    from enishi.simulation.engine import Calendar

    world = World(Calendar(start=make.NOON, end=make.NOON), seed=1)
    found = {}
    cast = people.gathered([read.cast().ren, *read.workers()[:6]])
    for one in cast.values():
        people.join_worker(world, one, make.NOON)
        found[one.source.id] = one.account
    return found


def test_the_demos_worker_lacks_nothing_of_the_profile(joined):
    ren = next(iter(joined.values()))

    assert policy.lacking(queries.facts(ren.pk)) == []
    assert Piece.objects.filter(account=ren).count() == 2
    assert Package.objects.filter(account=ren).exists()


def test_experience_of_the_past_ends_where_that_of_today_begins(joined):
    for account in joined.values():
        told = background.experience(account.pk)
        assert told
        ends = [one.ended_on for one in told if one.ended_on]
        assert ends == sorted(ends, reverse=True)


def test_joining_again_elsewhere_shows_the_same(joined):
    from enishi.simulation.showing import _picture

    assert _picture("w01", (20, 20)).read() == _picture("w01", (20, 20)).read()
