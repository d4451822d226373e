"""The port to whoever carries text messages, and the rule that it is never called inside a
transaction: a rollback cannot take a message back."""

import logging
from dataclasses import dataclass
from typing import Protocol

import httpx
from django.conf import settings
from django.db import connection

from enishi.kit import quarantine

logger = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds for one call
BUSY = 429


class Unavailable(Exception):
    """No answer, or none that says anything: the message may be on its way or not. `is_answered`:
    the service said that it failed, and would say so again to the same key."""

    def __init__(self, why: str, *, is_answered: bool = False) -> None:
        self.is_answered = is_answered
        super().__init__(why)


class Declined(Exception):
    """The service says no, and nothing was sent. `code` is its own word for why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Carrier(Protocol):
    def send(self, *, to: str, text: str, key: str) -> None:
        """Send once, however often it is called with this key. Raises Unavailable, Declined."""


def is_there() -> bool:
    """Whether this market sends text messages at all."""
    return settings.SMS["by"] != "none"


def is_shown() -> bool:
    """In a demo the page shows what a phone would: nobody there has to own one."""
    return not settings.LIVE and settings.SMS["by"] == "console"


def carrier() -> Carrier:
    """Whoever is asked for it inside a transaction has a fault in the program."""
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("a text message was about to be sent inside a transaction")
    if quarantine.stands():
        raise Unavailable("this is a restored copy: nothing is sent until `enishi release`")
    there = settings.SMS
    if there["by"] == "console":
        return Console()
    patience = float(there.get("seconds", PATIENCE))
    return Http(str(there["url"]), str(there["key"]), str(there["sender"]), patience)


class Console:
    """For a demo: the log says what would have been sent, and to whom roughly."""

    def send(self, *, to: str, text: str, key: str) -> None:
        if settings.LIVE:
            raise Declined("demo_only")
        logger.info("a text message to …%s: %s", to[-4:], text)


@dataclass(frozen=True)
class Http:
    """`POST URL/v1/messages` as a form, with a bearer key and an idempotency key: the shape that
    such services share."""

    url: str
    key: str
    sender: str
    patience: float

    def send(self, *, to: str, text: str, key: str) -> None:
        try:
            answer = httpx.post(
                f"{self.url}/v1/messages",
                data={"to": to, "from": self.sender, "body": text},
                headers={"authorization": f"Bearer {self.key}", "idempotency-key": key},
                timeout=self.patience,
                trust_env=False,
            )
        except httpx.HTTPError as fault:
            raise Unavailable(type(fault).__name__) from fault
        if answer.is_success and _is_taken(answer):
            return
        if answer.is_client_error and answer.status_code != httpx.codes.CONFLICT:
            raise Declined("busy" if answer.status_code == BUSY else _code(answer))
        raise Unavailable(str(answer.status_code), is_answered=answer.is_server_error)


def _is_taken(answer: httpx.Response) -> bool:
    """An answer without the message's name is a proxy's, not the service's."""
    try:
        return bool(answer.json()["id"])
    except (ValueError, KeyError, TypeError):
        return False


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["code"])[:60]
    except (ValueError, KeyError, TypeError):
        return str(answer.status_code)
