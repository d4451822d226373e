"""The real process under uvicorn, with the database: L4, A2, A4."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.events.journal import record
from enishi.organisations import commands as organisations
from tests import make
from tests.make import NOON
from tests.organisations import team

PATIENCE = 10  # seconds; the promise of A4


class Reader:
    """One EventSource, by hand."""

    def __init__(self, port, token, origin=None, path="/stream", method="GET"):
        self.line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.text = self.line.makefile("r", encoding="utf-8", newline="\n")
        self.line.sendall(
            f"{method} {path}?token={token} HTTP/1.1\r\nHost: stream\r\n"
            f"Origin: {origin or settings.URL}\r\n\r\n".encode()
        )
        self.status = int(self.text.readline().split()[1])
        self.headers = {}
        for header in iter(self.text.readline, "\r\n"):
            name, _, value = header.partition(":")
            self.headers[name.lower()] = value.strip()

    def event(self, patience=PATIENCE):
        """The next event as (name, data); None when the stream was closed."""
        self.line.settimeout(patience)
        name = ""
        for line in iter(self.text.readline, ""):
            if line.startswith("event: "):
                name = line.removeprefix("event: ").strip()
            elif line.startswith("data: "):
                return name, line.removeprefix("data: ").strip()
            elif line == "0\r\n":
                return None
        return None

    def is_silent(self, patience=0.5):
        try:
            return self.event(patience) is None
        except TimeoutError:
            return True

    def close(self):
        self.text.close()
        self.line.close()


@pytest.fixture
def port(market):
    """The process on a free port, ready to answer."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        command = [sys.executable, "-m", "uvicorn", "enishi.stream.app:app"]
        options = ["--fd", str(door.fileno()), "--log-level", "warning"]
        options += ["--timeout-graceful-shutdown", "1"]
        process = subprocess.Popen(
            command + options,
            env=os.environ,
            pass_fds=[door.fileno()],
            cwd=settings.BASE_DIR.parent,
        )
        try:
            _wait_for_the_listener()
            yield door.getsockname()[1]
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for_the_listener():
    deadline = time.monotonic() + 20
    while not _connections():
        assert time.monotonic() < deadline, "the stream process does not listen"
        time.sleep(0.05)


def _connections():
    """What the stream process holds open at the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pid from pg_stat_activity where datname = current_database()"
            " and backend_type = 'client backend' and pid <> pg_backend_pid() and query <> ''"
        )
        return [pid for (pid,) in cursor.fetchall()]


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def token_of(client):
    return client.get(reverse("stream_token")).json()["token"]


@contextmanager
def listening(port, *accounts):
    with ExitStack() as stack:
        readers = []
        for account in accounts:
            reader = Reader(port, token_of(signed_in(account)))
            stack.callback(reader.close)
            assert reader.event() == ("refresh", "-")
            readers.append(reader)
        yield readers


def happens(*people):
    return record("profile.worker_presented", people[0], by=None, at=NOON, people=people)


def test_news_arrive_for_those_concerned_and_nobody_else(port):
    """A2: only the number of an event, only to its people."""
    hana, ren, sora = make.account("Hana", "client"), make.ren(), make.sora()
    with listening(port, hana, ren, sora) as (hanas, rens, soras):
        event = happens(hana, ren)

        assert hanas.event() == ("news", str(event.pk))
        assert rens.event() == ("news", str(event.pk))
        assert soras.is_silent()


def test_the_door_opens_only_to_our_pages_with_a_fresh_pass(port):
    token = token_of(signed_in(make.ren()))
    cases = {
        200: Reader(port, token),
        401: Reader(port, token[:-2]),
        403: Reader(port, token, origin="https://evil.example"),
        404: Reader(port, token, path="/"),
        405: Reader(port, token, method="POST"),
    }

    assert {status: reader.status for status, reader in cases.items()} == {s: s for s in cases}
    headers = cases[200].headers
    assert headers["access-control-allow-origin"] == settings.URL
    assert headers["content-type"].startswith("text/event-stream")
    assert "access-control-allow-credentials" not in headers
    for reader in cases.values():
        reader.close()


def test_a_stream_ends_with_its_sign_in(port):
    """A4: suspension, sign-out and a new password, each within ten seconds."""
    names = ("Stays", "Suspended", "Leaver", "Changer")
    people = [make.account(name) for name in names]
    clients = [signed_in(one) for one in people]
    readers = [Reader(port, token_of(client)) for client in clients]
    for reader in readers:
        assert reader.event() == ("refresh", "-")
    begun = time.monotonic()

    _, suspended, _, changer = people
    accounts.suspend(suspended.pk, by=None, at=NOON, reason="Fees were asked.")
    clients[2].logout()
    changer.set_password("another long password")
    changer.save()

    assert readers[1].event() == ("news", last_event_of(suspended))
    assert [reader.event() for reader in readers[1:]] == [None, None, None]
    assert time.monotonic() - begun < PATIENCE
    event = happens(people[0])
    assert readers[0].event() == ("news", str(event.pk))
    for reader in readers:
        reader.close()


def test_a_stream_of_an_organisation_ends_with_the_membership(port):
    """A4, PE3: whoever acts for it hears what it hears, until they are removed."""
    acme = team.acme()
    removed, stays = team.member(acme, "Removed"), team.member(acme, "Stays")
    readers = []
    for found in (removed, stays):
        client = signed_in(found.account)
        client.post(reverse("acting"), {"membership": found.pk})
        readers.append(Reader(port, token_of(client)))
        assert readers[-1].event() == ("refresh", "-")
    event = happens(acme)
    assert [one.event() for one in readers] == [("news", str(event.pk))] * 2
    begun = time.monotonic()

    organisations.remove(removed.pk, by=acme, at=NOON)

    assert [one.event() for one in readers] == [("news", last_event_of(acme))] * 2
    assert readers[0].event() is None
    assert time.monotonic() - begun < PATIENCE
    event = happens(acme)
    assert readers[1].event() == ("news", str(event.pk))
    for reader in readers:
        reader.close()


def last_event_of(account):
    with connection.cursor() as cursor:
        cursor.execute("select max(id) from events_event where %s = any(people)", [account.pk])
        (pk,) = cursor.fetchone()
    return str(pk)


def test_fifty_streams_take_one_connection_to_the_database(port):
    """L4, in small."""
    people = [make.account(f"Person{number}") for number in range(50)]
    with listening(port, *people) as readers:
        assert len(_connections()) == 1
        event = happens(*people)

        assert {reader.event() for reader in readers} == {("news", str(event.pk))}


def test_a_lost_database_is_found_again_and_pages_look_anew(port):
    hana = make.account("Hana", "client")
    with listening(port, hana) as (reader,):
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s)", _connections())

        assert reader.event() == ("refresh", "-")
        event = happens(hana)
        assert reader.event() == ("news", str(event.pk))
