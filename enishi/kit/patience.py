"""How long one waits for the database, by whom: a page answers within five seconds (L5), a job may
take longer, a command of the operator as long as it needs."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds; 0 waits for ever. The server keeps to `statement`, `lock` and `idle` (a transaction
    in which nothing is asked); `answer` is for a server that has stopped and keeps to nothing."""

    connecting: int
    statement: float
    lock: float
    idle: float
    answer: float = 0.0


PAGES = Patience(connecting=3, statement=3.5, lock=3, idle=10, answer=4)
JOBS = Patience(connecting=10, statement=0, lock=10, idle=60)
ENDLESS = Patience(connecting=10, statement=0, lock=0, idle=0)

_ours = JOBS


def of_pages() -> None:
    """This process answers people. Said before the settings are read."""
    global _ours
    _ours = PAGES


def of_commands() -> None:
    """This process does what an operator asked for, over the whole market perhaps."""
    global _ours
    _ours = ENDLESS


def ours() -> Patience:
    return _ours


def engine() -> str:
    return "enishi.kit.bounded" if _ours.answer else "django.db.backends.postgresql"


def options(given: dict[str, str], limits: Patience) -> dict[str, Any]:
    """The driver's options with these limits; what stands in the address itself goes before."""
    named = {
        "statement_timeout": limits.statement,
        "lock_timeout": limits.lock,
        "idle_in_transaction_session_timeout": limits.idle,
    }
    said = [f"-c {name}={round(seconds * 1000)}" for name, seconds in named.items()]
    words = " ".join([*said, given.get("options", "")]).strip()
    return {"connect_timeout": limits.connecting, **given, "options": words}
