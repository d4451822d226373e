"""Secrets that must be read again (seeds of authenticator apps, recovery codes, numbers of bank
accounts) lie sealed in the database, with a key made from the market's own: a stolen copy opens
nobody's door."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """It was sealed with a key that this market no longer knows, or it was altered."""


SECOND_FACTORS = "enishi.accounts.sealing"


def seal(text: str, *, use: str = SECOND_FACTORS) -> str:
    """Each use has a key of its own: what one opens, another does not."""
    return _seals(use).encrypt(text.encode()).decode()


def unseal(sealed: str, *, use: str = SECOND_FACTORS) -> str:
    """Also what was sealed with a former key (ENISHI_SECRET_KEY_FALLBACKS)."""
    try:
        return _seals(use).decrypt(sealed.encode()).decode()
    except InvalidToken as fault:
        raise Unreadable from fault


def reseal(sealed: str, *, use: str = SECOND_FACTORS) -> str:
    """The same secret under the present key, so that a former one may go."""
    return seal(unseal(sealed, use=use), use=use)


def _seals(use: str) -> MultiFernet:
    return MultiFernet([_made_from(key, use) for key in (settings.SECRET_KEY, *_former())])


def _former() -> list[str]:
    return [str(key) for key in settings.SECRET_KEY_FALLBACKS]


def _made_from(key: str, use: str) -> Fernet:
    """A key of its own for this use: knowing one does not help with the others."""
    derived = HKDF(SHA256(), length=32, salt=None, info=use.encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(key.encode())))
