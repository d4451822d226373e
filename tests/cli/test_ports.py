"""Ports are chosen, never assumed."""

import socket

import pytest

from enishi.cli import ports, run
from enishi.cli.environment import UsageError


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in ("ENISHI_PORT", "ENISHI_URL", "ENISHI_STREAM_URL"):
        # Set first, so that what the code under test sets is taken back too.
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_the_next_free_port_is_taken_when_none_is_wished_for(taken, monkeypatch):
    monkeypatch.setattr(run, "FIRST_PORT", taken)
    places = run.choose_places()
    assert places.web > taken
    assert places.stream > places.web
    assert run.os.environ["ENISHI_URL"] == f"http://localhost:{places.web}"
    assert run.os.environ["ENISHI_STREAM_URL"] == f"http://localhost:{places.stream}/stream"


def test_a_wished_port_that_is_taken_is_refused_in_a_sentence(taken, monkeypatch):
    monkeypatch.setenv("ENISHI_PORT", str(taken))
    with pytest.raises(UsageError, match=f"Port {taken} is taken"):
        run.choose_places()


def test_a_public_address_is_kept_as_the_operator_wrote_it(monkeypatch):
    monkeypatch.setenv("ENISHI_URL", "https://enishi.example")
    run.choose_places()
    assert run.os.environ["ENISHI_URL"] == "https://enishi.example"


def test_a_port_on_which_only_ipv6_listens_is_taken_too():
    with socket.socket(socket.AF_INET6) as listener:
        listener.bind(("::1", 0))
        listener.listen()
        assert not ports.is_free(listener.getsockname()[1])
