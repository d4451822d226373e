"""Markets that were filled by walking the real commands, beside a sandbox of their own."""

from contextlib import contextmanager
from datetime import datetime

import httpx
import pytest
from django.test import override_settings
from rich.progress import Progress

import sandbox
from enishi.kit.days import TOKYO

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=TOKYO)  # a Sunday before a holiday


@contextmanager
def provider(folder):
    """The sandbox's balance, as a function."""
    with sandbox.running(data=folder) as box:
        named = {"name": "sandbox", "url": box.url, "key": box.key, "seconds": 8}
        headers = {"authorization": f"Bearer {box.key}"}
        with (
            httpx.Client(base_url=box.url, headers=headers, trust_env=False, verify=False) as http,
            override_settings(PAYMENT_PROVIDER=named | {"webhook_secret": box.webhook_secret}),
        ):
            yield lambda: http.get("/v1/balance").json()["available"][0]["amount"]


def silent():
    return Progress(disable=True)


@pytest.fixture(scope="module")
def filled(django_db_setup, cluster, django_db_blocker, tmp_path_factory):
    """`enishi demo fill` at its full size, walked once for all tests of a module."""
    from enishi.simulation import fill

    with django_db_blocker.unblock(), provider(tmp_path_factory.mktemp("sandbox")) as balance:
        tally = fill.fill_until(NOW, seed=1, progress=silent())
        yield tally, balance
        cluster.renew()


@pytest.fixture
def walked(market, tmp_path):
    """A small simulation with this seed; what it reports."""
    from enishi.simulation import run

    def walk(seed, folder="sandbox", **more):
        size = {"workers": 8, "clients": 3, "days": 60} | more
        with provider(tmp_path / folder) as balance:
            facts = run.simulate_until(NOW, seed=seed, report=None, progress=silent(), **size)
            return facts | {"held": balance()}

    return walk
