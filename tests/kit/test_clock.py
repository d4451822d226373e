"""The market's time: the database's, plus an offset that only a demo may have."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.kit import clock
from enishi.kit.errors import Refused
from enishi.kit.models import Market

pytestmark = pytest.mark.django_db


def market(mode):
    Market.objects.all().delete()
    return clock.open_market(mode)


def test_a_demo_market_runs_ahead_by_what_it_was_advanced():
    market("demo")
    before = clock.now()

    clock.advance(timedelta(days=3))

    assert clock.now() - before == timedelta(days=3)


def test_the_clock_of_a_live_market_cannot_be_moved():
    market("live")

    with pytest.raises(Refused, match="market.advance_live"):
        clock.advance(timedelta(days=3))


def test_the_clock_never_runs_backwards():
    market("demo")

    with pytest.raises(Refused, match="market.advance_backwards"):
        clock.advance(timedelta(days=-1))


def test_the_database_refuses_a_live_market_with_an_offset():
    market("live")

    with pytest.raises(IntegrityError, match="market_clock_runs_true"), transaction.atomic():
        Market.objects.update(ahead=timedelta(days=1))


def test_a_market_keeps_the_mode_it_was_born_with():
    market("demo")

    assert clock.open_market("live").mode == "demo"
