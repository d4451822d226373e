"""P1: a document of identity that came in over HTTP lies nowhere in the clear: not in the data
folder of a running market with its database and its logs, not in a backup. P2: thirty days after
the decision neither its sealed bytes nor its key are left, in either; the result is."""

import io
import random
import subprocess
import sys
import tarfile
import time

import pytest
from PIL import Image

from enishi.files import child
from enishi.kit import postgres
from tests.journeys import site
from tests.proofs.test_logs import Visitor, signs_up

BUDGET = 40
PIECE = 24  # bytes that stand in no other file by chance
EVERY = 4_001
CANARY = b"ENISHI-CANARY-OF-A-LICENCE-4711"

DECIDE = """
import django; django.setup()
from enishi.accounts import commands as accounts
from enishi.kit import clock
from enishi.verification.commands import deciding
from enishi.verification.models import Verification
facts = {"at": clock.now(), "password": "a long word 4711"}
mio = accounts.appoint("mio@office.example", "operator", **facts)
deciding.approve(Verification.objects.get().pk, by=mio, at=clock.now())
"""
PATIENCE = 60.0  # seconds


@pytest.fixture(scope="module")
def market():
    with site.running() as running:
        yield running


def licence():
    """Noise, of which no two parts are alike, with words beside the picture."""
    drawn = Image.frombytes("RGB", (640, 400), random.Random(4711).randbytes(640 * 400 * 3))
    out = io.BytesIO()
    drawn.save(out, "JPEG", comment=CANARY, quality=90)
    return out.getvalue()


def pieces(content):
    """Parts of it as bytes, and as a database writes bytes into text."""
    found = [content[at : at + PIECE] for at in range(200, len(content) - PIECE, EVERY)]
    assert len(found) > 5
    return [CANARY, *found, *(one.hex().encode() for one in found)]


def everything(market, tmp_path, name):
    """Every byte of the data folder, and of a backup as it reads when it is unpacked."""
    texts = {
        str(path.relative_to(market.folder)): path.read_bytes()
        for path in market.folder.rglob("*")
        if path.is_file() and not path.is_socket()
    }
    file = tmp_path / name
    market.enishi("backup", str(file))
    with tarfile.open(file) as tar:
        for member in tar:
            content = tar.extractfile(member).read()
            texts[f"backup:{member.name}"] = content
            if member.name == "database.dump":
                texts["backup:rows"] = rows_of(content)
    return texts


def rows_of(dumped):
    """The dump is packed: what it says is looked for in plain words."""
    program = [str(postgres.bindir() / "pg_restore"), "--data-only", "--file=-"]
    return subprocess.run(program, input=dumped, capture_output=True, check=True).stdout


def holding(texts, wanted):
    return sorted(name for name, content in texts.items() if any(one in content for one in wanted))


def sealed_files(market):
    return [path for path in (market.folder / "sealed").rglob("*") if path.is_file()]


def hands_in(visitor, picture):
    path = "/settings/verification/identity/"
    token = visitor.sees(path).text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = {"csrfmiddlewaretoken": token, "paper": "passport", "covers": "top"}
    answer = visitor.http.post(path, data=form, files={"files": ("passport.jpg", picture)})
    assert answer.status_code == 200
    assert str(answer.url).endswith("/settings/verification/")


def test_a_document_lies_nowhere_in_the_clear_and_is_gone_after_thirty_days(
    market, tmp_path, proof
):
    picture = licence()
    drawn = child.run(io.BytesIO(picture), "sheet", "top").said
    visitor = Visitor(market.url)
    signs_up(visitor, market)
    hands_in(visitor, picture)

    (sealed,) = sealed_files(market)
    before = everything(market, tmp_path, "before.tar.gz")
    assert holding(before, [*pieces(picture), *pieces(drawn)]) == []
    cipher = sealed.read_bytes()
    assert len(cipher) == len(drawn) + 12 + 16  # nonce and tag: it is that picture, whole
    locked = [cipher[at : at + PIECE] for at in range(0, len(cipher) - PIECE, EVERY)]
    assert holding(before, locked) == [str(sealed.relative_to(market.folder))]
    assert str(sealed.name) in before["backup:rows"].decode()
    key = (market.folder / "document_key").read_bytes()
    assert holding(before, [key]) == ["document_key"]

    done = [sys.executable, "-c", DECIDE]
    env = market.environment | {"DJANGO_SETTINGS_MODULE": "enishi.settings"}
    subprocess.run(done, env=env, cwd=site.ROOT, check=True)
    market.advance(29)
    time.sleep(1)
    assert sealed_files(market) == [sealed]
    market.advance(2)
    deadline = time.monotonic() + PATIENCE
    while sealed_files(market):
        assert time.monotonic() < deadline, "it was not erased"
        time.sleep(0.2)

    after = everything(market, tmp_path, "after.tar.gz")
    assert holding(after, [*pieces(picture), *pieces(drawn), *locked]) == []
    (row,) = [
        line.split("\t")
        for line in after["backup:rows"].decode().splitlines()
        if sealed.name in line and "\terased\t" in line
    ]
    assert "\\\\x" in row  # where its key was, there are no bytes
    visitor.http.close()
