"""Who looks at the pages, and when. Imports wait for the fixtures: Django is not set up before."""

import pytest


@pytest.fixture
def noon(monkeypatch):
    """The market's time, so that days in the tests stay ahead."""
    from enishi.kit import clock
    from tests.make import NOON

    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "read", lambda: (NOON, False))


@pytest.fixture
def as_hana(client):
    from tests import make

    client.force_login(make.hana())
    return client


@pytest.fixture
def as_ren(client):
    from tests import make

    client.force_login(make.ren())
    return client
