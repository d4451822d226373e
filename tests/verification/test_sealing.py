"""P1: a picture can be read with its file, its key and the market's key, and with nothing less."""

import os
from uuid import uuid4

import pytest

from enishi.verification import keys, sealing
from enishi.verification.models import SealedPicture

CONTENT = b"RIFF a picture of somebody WEBP" * 40
ANOTHER = "ab" * 32


@pytest.fixture
def picture(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    made = SealedPicture(position=0)
    sealing.seal(CONTENT, made)
    return made


def test_what_was_sealed_is_opened_again(picture):
    assert sealing.opened(picture) == CONTENT


def test_nothing_of_it_lies_on_the_disk_in_the_clear(picture, sealed):
    stored = picture.path.read_bytes()

    assert not any(CONTENT[n : n + 8] in stored for n in range(0, len(CONTENT), 8))
    assert picture.path.stat().st_mode & 0o777 == 0o600
    assert sealed.stat().st_mode & 0o777 == 0o700


def test_each_picture_has_a_key_of_its_own(picture):
    other = SealedPicture(position=1)
    sealing.seal(CONTENT, other)

    assert sealing.unwrapped(other) != sealing.unwrapped(picture)
    assert other.path.read_bytes() != picture.path.read_bytes()


@pytest.mark.parametrize("place", [0, 20, -1])
def test_an_altered_file_is_not_opened(picture, place):
    stored = bytearray(picture.path.read_bytes())
    stored[place] ^= 1
    picture.path.write_bytes(stored)

    with pytest.raises(sealing.Unreadable):
        sealing.opened(picture)


def test_file_and_key_of_one_do_not_pass_for_another(picture):
    other = SealedPicture(id=uuid4(), position=0, wrapped=picture.wrapped, key_id=picture.key_id)
    other.path.parent.mkdir(parents=True, exist_ok=True)
    os.link(picture.path, other.path)

    with pytest.raises(sealing.Unreadable):
        sealing.opened(other)


def test_without_its_key_or_its_file_nobody_opens_it(picture):
    lost = SealedPicture(id=picture.id, wrapped=b"", key_id=picture.key_id)
    with pytest.raises(sealing.Unreadable):
        sealing.opened(lost)
    sealing.destroy(picture)
    with pytest.raises(sealing.Unreadable):
        sealing.opened(picture)
    sealing.destroy(picture)  # twice is no fault


def test_the_markets_key_can_be_changed_and_the_former_one_taken_away(picture, settings):
    former = (settings.DATA_DIR / "document_key").read_text()
    settings.DOCUMENT_KEY = ANOTHER
    with pytest.raises(sealing.Unreadable):
        sealing.opened(picture)
    settings.DOCUMENT_KEY_FALLBACKS = [former]
    assert sealing.opened(picture) == CONTENT

    assert sealing.rewrap(picture)
    assert not sealing.rewrap(picture)

    settings.DOCUMENT_KEY_FALLBACKS = []
    assert sealing.opened(picture) == CONTENT


def test_the_key_is_the_markets_own_and_made_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    first, again = keys.ring(), keys.ring()

    assert first == again
    kept = tmp_path / "document_key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert bytes.fromhex(kept.read_text()) == next(iter(first.values()))
    assert settings.SECRET_KEY not in kept.read_text()
