"""The market's own key for documents of identity. It opens nothing else, nothing else opens them,
and it is in no backup. A market that is given none makes one beside its data."""

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings

BYTES = 32


def ring() -> dict[str, bytes]:
    """Every key that is known, the present one first, by its id: the start of its SHA-256."""
    former = [bytes.fromhex(key) for key in settings.DOCUMENT_KEY_FALLBACKS]
    return {name(key): key for key in (_present(), *former)}


def name(key: bytes) -> str:
    return hashlib.sha256(b"enishi.verification.keys" + key).hexdigest()[:16]


def _present() -> bytes:
    given = settings.DOCUMENT_KEY or _own(Path(settings.DATA_DIR) / "document_key")
    return bytes.fromhex(given)


def _own(path: Path) -> str:
    """Written once, whole: two processes that start together end up with the same key."""
    if not path.exists():
        half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        half.touch(mode=0o600)
        half.write_text(secrets.token_hex(BYTES))
        try:
            os.link(half, path)
        except FileExistsError:
            pass
        finally:
            half.unlink()
    return path.read_text().strip()
