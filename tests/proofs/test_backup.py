"""D5: a backup of a running market comes back whole in one command, and a bad one changes nothing.
D7: the copy that came back sends and pays nothing until it is released, and then once."""

import gzip
import io
import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
import tarfile
import threading
import time
from io import BytesIO
from pathlib import Path

import httpx
import pytest

import sandbox
from enishi.kit import postgres
from tests.proofs.sink import Sink

BUDGET = 20
ENISHI = str(Path(sys.executable).with_name("enishi"))
PATIENCE = 120
BANK = {"bank": "1100", "branch": "000", "number": "0001234"}
BANK |= {"holder": "ナツメ コトハ", "name": "ナツメ コトハ"}


def enishi(folder, *arguments, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
    if "ENISHI_PG_BIN" in os.environ:
        kept["ENISHI_PG_BIN"] = os.environ["ENISHI_PG_BIN"]
    program = [ENISHI, *arguments] if arguments[0] != "-m" else [sys.executable, *arguments]
    return subprocess.run(
        program,
        env=kept | {"ENISHI_DATA": str(folder)} | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def well(done):
    assert done.returncode == 0, done.stdout + done.stderr
    return done


class Named(BytesIO):
    """What a form hands over."""

    def __init__(self, name, content):
        super().__init__(content)
        self.name = name

    def chunks(self):
        yield self.getvalue()


@pytest.fixture
def home(tmp_path):
    """A place where nothing is yet."""
    tmp_path.chmod(0o755)
    yield tmp_path / "home"
    for data in tmp_path.glob("*/postgres"):
        postgres.stop(data)


@pytest.fixture
def source(market, cluster):
    """A market of some people, deals and files, at work."""
    from enishi.files import commands as files
    from tests import make

    shutil.rmtree(cluster.folder / "media", ignore_errors=True)
    make.contract("completed", parts=2)
    for number in range(3):
        files.store(Named(f"{number}.txt", os.urandom(5_000)), by=make.ren(), at=make.NOON)
    return cluster.folder


class Busy(threading.Thread):
    """Files and ledger entries go on being written meanwhile."""

    def __init__(self):
        super().__init__()
        self.done, self.is_over = 0, threading.Event()

    def run(self):
        from django.db import connections

        from enishi.escrow import commands as escrow
        from enishi.files import commands as files
        from tests import make

        try:
            while not self.is_over.is_set():
                files.store(Named("more.txt", os.urandom(200)), by=make.ren(), at=make.NOON)
                key = f"busy-{self.done}"
                escrow.fund("busy", 1, 1_000, provider="sandbox", at=make.NOON, idem=key)
                self.done += 1
        finally:
            connections.close_all()


def test_a_backup_of_a_busy_market_comes_back_whole(source, home, proof):
    busy = Busy()
    busy.start()
    file = home.parent / "market.tar.gz"
    time.sleep(0.2)
    said = well(enishi(source, "backup", str(file))).stderr
    busy.is_over.set()
    busy.join()
    proof.say(said.split(": ")[0])

    said = well(enishi(home, "restore", str(file))).stderr

    proof.say(said.splitlines()[0])
    assert busy.done > 0
    assert file.stat().st_mode & 0o077 == 0
    assert "The ledger is sound. The chain of papers is whole." in said
    facts = manifest(file)
    assert counts(home, facts["tables"]) == facts["tables"]
    for place, (size, sha256) in facts["files"].items():
        content = (home / "media" / place).read_bytes()
        assert (len(content), digest(content)) == (size, sha256)
    assert json.loads(well(enishi(home, "verify-ledger", "--json")).stdout)["sound"]
    found = {one["subject"]: one for one in json.loads(enishi(home, "doctor", "--json").stdout)}
    assert found["quarantine"]["mend"] == "enishi release"
    second = enishi(home, "restore", str(file))
    assert (second.returncode, "has people in it" in second.stderr) == (2, True)
    well(enishi(home, "restore", str(file), "--replace"))
    assert counts(home, facts["tables"]) == facts["tables"]


def test_a_bad_backup_is_named_and_changes_nothing(source, home, proof):
    file = home.parent / "market.tar.gz"
    well(enishi(source, "backup", str(file)))
    whole = file.read_bytes()
    middle, plain = len(whole) // 2, gzip.decompress(whole)
    newer = plain.replace(b'"0001_initial"', b'"9999_initial"', 1)
    bad = {
        "cut": (whole[:middle], 1, "cut off"),
        "cut between two members": (gzip.compress(plain[:1_024], 1), 1, "cut off"),
        "another byte": (
            whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
            1,
            "",
        ),
        "another byte, well compressed": (gzip.compress(swapped(plain), 1), 1, "damaged"),
        "of another format": (gzip.compress(plain.replace(b'"format": 1', b'"format": 2')), 1, "2"),
        "of a newer version": (gzip.compress(newer, 1), 1, "newer"),
        "something else": (gzip.compress(b"a letter"), 1, ""),
        "empty": (b"", 1, "empty"),
        "of a live market": (gzip.compress(live(plain), 1), 2, "ENISHI_MODE"),
    }
    before = untouched(source)
    for name, (content, code, word) in proof.sample(bad.items(), least=3):
        file.write_bytes(content)
        done = enishi(source, "restore", str(file), "--replace")
        assert (done.returncode, word in done.stderr) == (code, True), f"{name}: {done.stderr}"
        assert untouched(source) == before, name


def test_a_restored_copy_is_silent_until_it_is_released(market, cluster, home, proof, settings):
    with (
        sandbox.running(data=home.parent / "provider", settle_after=0.0) as box,
        Tap(box.url) as tap,
        Sink() as sink,
    ):
        due_work(settings, box)
        file = home.parent / "live.tar.gz"
        well(enishi(cluster.folder, "backup", str(file)))
        live_home = {
            "ENISHI_MODE": "live",
            "ENISHI_SECRET_KEY": "k" * 50,
            "ENISHI_URL": "https://enishi.example",
            "ENISHI_MAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "ENISHI_PROVIDER": "stripe",
            "ENISHI_PROVIDER_URL": tap.url,
            "ENISHI_PROVIDER_KEY": box.key,
            "ENISHI_PROVIDER_SECRET": box.webhook_secret,
        }
        well(enishi(home, "restore", str(file), **live_home))

        works(home, live_home)

        assert (len(sink.mails), tap.calls) == (0, 0)
        assert transfers(box) == []

        well(enishi(home, "release", **live_home))
        for _ in range(2):
            sweeps(home, live_home)
            works(home, live_home)

        names = [re.search(r"^Message-ID: (.+)$", mail, re.MULTILINE)[1] for mail in sink.mails]
        assert sorted(names) == sorted(set(names))
        assert sum("Subject: A mail that waits" in mail for mail in sink.mails) == 1
        assert len(transfers(box)) == 1
        proof.say(f"held: 0 mails, 0 calls; released: {len(names)} mails once, 1 transfer")


def due_work(settings, box):
    """Money that is owed with a bank account that takes it, and a mail that is due."""
    from django.test import override_settings

    from enishi.escrow import commands as escrow
    from enishi.kit.models import Market
    from enishi.notifications import outbox
    from enishi.payments.commands import banking, paying
    from enishi.payments.tasks import sweep
    from tests import make

    settings.PAYMENT_PROVIDER = {
        "name": "stripe",
        "url": box.url,
        "key": box.key,
        "webhook_secret": box.webhook_secret,
    }
    begun = paying.begin("test", 1, 9_979, payer=make.hana(), at=make.NOON, return_url="http://x/")
    path = f"{box.url}/_control/sessions/{begun.provider_id}/pay"
    with httpx.Client(headers=key(box), trust_env=False, verify=False) as http:
        http.post(path, data={"payment_method": "pm_card_visa"}).raise_for_status()
    paying.settle(begun.pk, at=make.NOON)
    ren = make.ren()
    escrow.release("test", 1, to=ren.pk, net=7_559, fee=2_200, fee_tax=220, at=make.NOON, idem="p")
    banking.add(by=ren, at=make.NOON, **BANK)
    Market.objects.update(mode="live")
    with override_settings(LIVE=True):
        words = {"subject": "A mail that waits", "text": "It waits.", "html": "", "language": "en"}
        outbox.put(to="ren@people.example", at=make.NOON, **words)
    sweep.defer(timestamp=0)


def works(home, environment):
    """The worker does everything that is due, and ends."""
    done = enishi(
        home,
        *("-m", "django", "procrastinate", "worker", "--one-shot"),
        **environment,
        DJANGO_SETTINGS_MODULE="enishi.settings",
    )
    well(done)
    assert "failed" not in done.stderr, done.stderr


def sweeps(home, environment):
    code = "from enishi.payments.commands import sweeping; from enishi.kit import clock"
    code += "; sweeping.sweep(at=clock.now())"
    well(enishi(home, "manage", "shell", "-c", code, **environment))


def key(box):
    return {"authorization": f"Bearer {box.key}"}


def transfers(box):
    with httpx.Client(headers=key(box), trust_env=False, verify=False) as http:
        return http.get(f"{box.url}/v1/transfers").raise_for_status().json()["data"]


class Tap:
    """Stands before the provider, lets everything through, and counts who knocks."""

    def __init__(self, url):
        there = httpx.URL(url)
        tap = self
        tap.calls = 0

        class Through(socketserver.BaseRequestHandler):
            def handle(self):
                import socket

                tap.calls += 1
                with socket.create_connection((there.host, there.port)) as onward:
                    back = threading.Thread(target=pour, args=[onward, self.request])
                    back.start()
                    pour(self.request, onward)
                    back.join()

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Through)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def pour(source, target):
    import socket

    try:
        while some := source.recv(65_536):
            target.sendall(some)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the other side has hung up


def manifest(file):
    from enishi.cli import archive

    return archive.about(file)


def counts(home, tables):
    """Rows by table. Bringing up to date may add migrations, never anything else."""
    import psycopg

    with psycopg.connect(postgres.url(home / "postgres", "enishi_owner")) as connection:
        return {
            name: connection.execute(f'select count(*) from "{name}"').fetchone()[0]
            for name in tables
        }


def digest(content):
    import hashlib

    return hashlib.sha256(content).hexdigest()


def untouched(home):
    """What stands there: files with their hashes, and who is in the database."""
    import psycopg

    media = sorted((path.name, digest(path.read_bytes())) for path in (home / "media").rglob("*-*"))
    with psycopg.connect(postgres.url(home / "postgres", "enishi_owner")) as connection:
        held = connection.execute("select quarantined_at from kit_market").fetchall()
        people = connection.execute("select id, email from accounts_account order by id").fetchall()
        names = connection.execute("select datname from pg_database order by 1").fetchall()
    return media, held, people, names, sorted(home.glob("restoring-*"))


def swapped(plain):
    """One byte of one file is another, as a failing disk would have it."""
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        at = next(one.offset_data for one in tar if one.name.startswith("media/"))
    return plain[:at] + bytes([plain[at] ^ 1]) + plain[at + 1 :]


def live(plain):
    return plain.replace(b'"mode": "demo"', b'"mode": "live"', 1)
