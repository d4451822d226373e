"""D3: the disk is full, of the database and of the files. Pages say what happened and what is safe;
nothing acknowledged is lost, no half file is listed, and with room all goes on by itself."""

import subprocess
import time
from contextlib import contextmanager

import httpx
import pytest

from tests.proofs.harness import until
from tests.proofs.walk_of_money import Talk, Walk, walking

BUDGET = 60
SIZE = "400m"
AGAIN = 60.0  # seconds after room was made (D3)
SAYS = "There is no room left here"
AWAY = "We will be back in a moment"  # the log could not grow, and the server went down


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own for one market."""
    folder = tmp_path / "disk"
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(folder)]
    try:
        subprocess.run(asked, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk of its own can be mounted by root only")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=False)


@contextmanager
def filled(folder):
    """Not a byte is left, until room is made again."""
    ballast = folder / "ballast"
    block = bytes(1024 * 1024)
    with ballast.open("wb", buffering=0) as file:
        size = len(block)
        while size:
            try:
                file.write(block[:size])
            except OSError:
                size //= 2
    try:
        yield
    finally:
        ballast.unlink()


def test_a_full_disk_loses_nothing_and_is_said_plainly(django_db_setup, small_disk, proof):
    with walking(small_disk / "market", lambda *_: None) as walk:
        talk, milestone = walk.thread(), walk.delivered()
        path = f"/milestones/{milestone}/acceptance/"
        assert talk.write(walk.hana)
        with filled(small_disk):
            seen = _until_refused(walk, talk)
            answer = _post(walk.hana, path)
            assert answer in (0, httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.FOUND)
            sent = talk.write(walk.ren, b"Words that find no room.")
            assert not sent
            health = walk.market.status("/readyz")
            assert health in (0, httpx.codes.SERVICE_UNAVAILABLE)
        began = time.monotonic()
        until(lambda: talk.write(walk.hana), "it is written again", AGAIN)
        back = time.monotonic() - began
        until(lambda: _post(walk.hana, path) == httpx.codes.FOUND, "it is accepted")
        walk.promise("full", milestone, "milestone.accepted", status="accepted")
        walk.settles(time.monotonic())
        assert walk.drive("strays") == []
    proof.say(f"{SIZE} full: told {seen}; written again {back:.1f} s after there was room")
    proof.say(f"{len(talk.acknowledged)} entries acknowledged, none lost; {len(talk.unknown)} not")


def _until_refused(walk: Walk, talk: Talk) -> str:
    """People go on writing until the disk takes no more; what they are told then."""
    told = ""

    def is_refused() -> bool:
        nonlocal told
        answer = _answer(walk.hana, f"/messages/{talk.number}/entries/", body="More words. " * 400)
        if answer is None or answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            return False
        told = next((one for one in (SAYS, AWAY) if one in answer.text), answer.text)
        return True

    until(is_refused, "the disk is full")
    assert told in (SAYS, AWAY)
    return told


def _answer(person: httpx.Client, path: str, **form: str) -> httpx.Response | None:
    try:
        return person.post(path, data=form)
    except httpx.HTTPError:
        return None


def _post(person: httpx.Client, path: str) -> int:
    answer = _answer(person, path)
    return answer.status_code if answer is not None else 0
