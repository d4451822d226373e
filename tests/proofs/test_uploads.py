"""F1, F2, D4: no file of a stranger runs in a browser, costs more than its limits, or is half there
after a crash."""

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from django.test import Client
from playwright.sync_api import Error, sync_playwright

from tests.files import bombs
from tests.journeys.site import CHROMIUM, FLAGS
from tests.proofs.conftest import ROOT
from tests.proofs.polyglots import polyglots

BUDGET = 60
CALL = re.compile(r"""\bfailpoint\(\s*"(files\.[a-z_]+)\"""")
KILLED = 137
SECONDS, MEMORY = 2.1, 200 * 1024  # of the processor, start included; kibibytes
TASKS = (("list",), ("square", "256"), ("fitted", "1280"))


def points() -> list[str]:
    found = Counter(
        name for path in (ROOT / "enishi").rglob("*.py") for name in CALL.findall(path.read_text())
    )
    assert set(found.values()) == {1}
    return sorted(found)


def test_whoever_dies_at_whichever_step_file_and_row_agree(market, proof, tmp_path):
    """D4: no row without its bytes, and after the sweep no bytes without a row."""
    from enishi.files import quarantine, queries, sweeping
    from enishi.files.models import Scan, StoredFile
    from tests import make

    make.ren()
    for point in proof.sample(points(), least=len(points())):
        (tmp_path / point).touch()

        died = subprocess.run(
            [sys.executable, "-m", "tests.proofs.uploader"],
            cwd=ROOT,
            env=os.environ | {"ENISHI_FAILPOINTS": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        quarantine.take_remaining()
        sweeping.sweep(older_than=-60)
        sweeping.free_broken(older_than=-60)

        assert died.returncode == KILLED, f"{point}: {died.stderr}"
        caught = Scan.objects.filter(status="bad").values("pk")
        assert [f for f in queries.damaged() if not quarantine.place_of(f).exists()] == [], point
        assert StoredFile.objects.filter(scan=None).count() == 0, point
        there = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
        rows = {str(pk) for pk in StoredFile.objects.values_list("pk", flat=True)}
        assert there - {".now"} == rows, point
        assert caught.count() == 0, point


def test_a_bomb_costs_what_its_limits_allow(proof, tmp_path):
    """F2: under two seconds of the processor and 200 MiB, and always an answer."""
    most = [0.0, 0]
    known = list(bombs.bombs().items())
    for name, content in proof.sample(known, least=len(known)):
        for task in TASKS:
            fault, seconds, memory = weighed(content, task, tmp_path / "bomb")

            assert fault in ("", "lost", "too_large", "unreadable"), (name, task)
            assert (seconds <= SECONDS, memory <= MEMORY) == (True, True), (name, task)
            most = [max(most[0], seconds), max(most[1], memory)]
    proof.say(f"worst: {most[0]:.2f} s of the processor, {most[1] / 1024:.0f} MiB")


def weighed(content, task, path):
    path.write_bytes(content)
    with path.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-m", "tests.proofs.weigher", *task],
            cwd=ROOT,
            stdin=file,
            capture_output=True,
            timeout=60,
            check=True,
        )
    return json.loads(done.stdout)


@contextmanager
def served():
    """Our pages over HTTP from this process."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadedWSGIServer(("localhost", 0), Quiet)
    server.daemon_threads = False
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def thread(market, monkeypatch):
    from enishi.kit import clock
    from tests import make
    from tests.make import NOON

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright leaves a loop running
    monkeypatch.setattr(clock, "read", lambda: (NOON, False))
    monkeypatch.setattr(clock, "now", lambda: NOON)
    yield make.proposal().thread
    connections.close_all()


def handed_in(thread, name, content):
    """By Ren, looked at, and not caught."""
    from enishi.files import scans
    from enishi.files.scans import Verdict
    from enishi.messaging import commands
    from enishi.messaging.models import MessageFile
    from tests import make
    from tests.make import NOON

    upload = SimpleUploadedFile(name, content)
    commands.post(thread.pk, by=make.ren(), at=NOON, body="Here", files=[upload])
    file = MessageFile.objects.latest("pk")
    scans.conclude(file.file_id, Verdict("skip", reason="no_scanner"), at=NOON)
    return f"/messages/{thread.pk}/files/{file.file_id}/"


def test_no_file_runs_in_a_browser(thread, proof):
    """F1: opened by the other side in Chromium, each is saved, byte by byte as it was handed in."""
    from tests import make

    session = Client()
    session.force_login(make.hana())
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=False, args=FLAGS
        )
        context = browser.new_context(base_url=address, service_workers="block")
        value = session.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": value, "url": address}])
        page = context.new_page()
        ran = []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        for what, name, content in proof.sample(polyglots(), least=12):
            path = handed_in(thread, name, content)
            with page.expect_download() as saving, pytest.raises(Error, match="Download|ABORTED"):
                page.goto(path)
            saved = Path(saving.value.path()).read_bytes()

            assert hashlib.sha256(saved).digest() == hashlib.sha256(content).digest(), what
            assert page.url == "about:blank", what
            assert ran == [], what
        browser.close()
        connections.close_all()
