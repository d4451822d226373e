"""The pass with which a page opens its stream: short-lived, signed, naming one sign-in.

It travels in an address, so it holds no secret: the row id of the session list, never the session's
key, and a mark that a new password or a suspension changes. Its age is real time, whatever the
market's clock says.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.core import signing

SALT = "enishi.stream"
LIFETIME = 300  # seconds; the pass is needed only to connect


@dataclass(frozen=True, slots=True)
class Pass:
    account_id: int
    sign_in_id: int
    mark: str


def mark(stored_password: str, session_epoch: int) -> str:
    """Changes with whatever ends a person's sessions; nothing can be learnt from it."""
    return sha256(f"{stored_password}:{session_epoch}".encode()).hexdigest()[:16]


def issue(holder: Pass) -> str:
    said = f"{holder.account_id}.{holder.sign_in_id}.{holder.mark}"
    return signing.TimestampSigner(salt=SALT).sign(said)


def read(token: str) -> Pass | None:
    """What the token says, or None when it was altered, made up or is too old."""
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(token, max_age=LIFETIME)
        account_id, sign_in_id, mark = said.split(".")
        return Pass(int(account_id), int(sign_in_id), mark)
    except (signing.BadSignature, ValueError):
        return None
