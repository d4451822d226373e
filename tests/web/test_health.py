"""The probes: alive without anyone's help, ready only when every part is, and discreet."""

import json

import pytest

from enishi.web.health import checks, looking


@pytest.fixture(autouse=True)
def _anew(monkeypatch):
    monkeypatch.setattr(looking, "_seen_at", float("-inf"))


def test_alive_asks_nobody(client):
    """No `db` here: a query would fail the test."""
    answer = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("django_db_setup")
def test_ready_names_each_part_and_nothing_private(client, settings):
    answer = client.get("/readyz", headers={"accept": "application/json", "host": "10.0.0.7"})
    told = json.loads(answer.content)
    assert answer.status_code == 503  # no worker lives here
    assert set(told["parts"]) == {
        *("database", "migrations", "worker", "queue", "sweep", "clocks", "stream", "disk")
    }
    assert set(told["notes"]) == {"quarantine", "provider"}
    assert {name for name, well in told["parts"].items() if not well} == {
        "worker",
        "sweep",
        "stream",
    }
    for private in (str(settings.DATA_DIR), "PostgreSQL", "enishi_app"):
        assert private not in answer.content.decode()


@pytest.mark.usefixtures("django_db_setup")
def test_what_was_seen_holds_for_a_moment(settings):
    first = looking.latest()
    settings.LEAST_DISK = 2**60
    assert looking.latest() is first
    assert not next(one for one in looking.look() if one.subject == "disk").is_well


def test_a_database_that_is_gone_is_one_sentence(settings, monkeypatch, tmp_path):
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", str(tmp_path))
    (found,) = checks.all_of_the_database()
    assert (found.subject, found.is_well) == ("database", False)


@pytest.mark.usefixtures("django_db_setup")
def test_a_probe_is_read_only(client):
    assert client.post("/healthz").status_code == 405
    assert client.post("/readyz").status_code == 405
