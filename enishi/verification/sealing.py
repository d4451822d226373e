"""Envelopes: each picture is sealed with a key made for it alone (AES-256-GCM), and that key with
the market's own. To erase a picture is to destroy its key; its bytes go as well.

The bytes lie below SEALED_ROOT, apart from all other files: no sweep, search, cache or backup of
those ever meets them.
"""

import os
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from . import keys
from .models import SealedPicture

NONCE = 12


class Unreadable(Exception):
    """Its bytes are missing or altered, or its key is unknown here (a restored copy has none)."""


def seal(content: bytes, picture: SealedPicture) -> None:
    """Write the picture's file, durably, and its wrapped key onto the row (unsaved)."""
    own = secrets.token_bytes(keys.BYTES)
    picture.key_id, market = next(iter(keys.ring().items()))
    picture.wrapped = _closed(own, market, picture.id)
    _write(picture, _closed(content, own, picture.id))


def opened(picture: SealedPicture) -> bytes:
    """The picture in the clear, in memory alone. Raises Unreadable."""
    try:
        sealed = picture.path.read_bytes()
    except FileNotFoundError:
        raise Unreadable from None
    return _open(sealed, unwrapped(picture), picture.id)


def unwrapped(picture: SealedPicture) -> bytes:
    market = keys.ring().get(picture.key_id)
    if market is None:
        raise Unreadable
    return _open(bytes(picture.wrapped), market, picture.id)


def rewrap(picture: SealedPicture) -> bool:
    """Its key under the market's present one (unsaved). False: it is already."""
    present, market = next(iter(keys.ring().items()))
    if picture.key_id == present:
        return False
    picture.wrapped = _closed(unwrapped(picture), market, picture.id)
    picture.key_id = present
    return True


def destroy(picture: SealedPicture) -> None:
    """Its bytes go. Its key went with the row's change before."""
    picture.path.unlink(missing_ok=True)


def _closed(content: bytes, key: bytes, about: UUID) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, about.bytes)


def _open(sealed: bytes, key: bytes, about: UUID) -> bytes:
    """`about` is sealed in: no file or key passes for another picture's."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], about.bytes)
    except (InvalidTag, ValueError):
        raise Unreadable from None


def _write(picture: SealedPicture, sealed: bytes) -> None:
    folder = picture.path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.SEALED_ROOT.chmod(0o700)
    with os.fdopen(os.open(picture.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        to.write(sealed)
        to.flush()
        os.fsync(to.fileno())
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
