"""A client process. It acts until it has begun its share, also when it was killed in between and
started again."""

import json
import time
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from .deals import Deals
from .log import HOLD, UNKNOWN, Log
from .moves import Moves
from .pages import Pages

PAUSE = 0.2  # seconds, when the database does not answer
MANY_JOBS, LOOK_EVERY = 2_000, 25  # the worker may fall behind so far


class Steps(Protocol):
    log: Log

    def step(self) -> str: ...


def steps(layer: str, folder: Path, number: int, seed: str) -> Steps:
    log = Log(folder / "log", number)
    if layer == "ledger":
        return Moves(log, seed)
    sessions = json.loads((folder / "sessions.json").read_text())
    known = {int(person): session for person, session in sessions.items()}
    return Deals(log, Pages(settings.URL, known, folder / "market" / "sandbox"), seed)


def main(layer: str, folder: str, number: str, ops: str, seed: str) -> None:
    acting = steps(layer, Path(folder), int(number), seed)
    while acting.log.done < int(ops) and not (Path(folder) / "stop").exists():
        if (Path(folder) / HOLD).exists():
            time.sleep(PAUSE)
            continue
        try:
            if layer != "ledger" and acting.log.done % LOOK_EVERY == 0:
                _wait_for_the_worker()
            if acting.step() == UNKNOWN:
                time.sleep(PAUSE)  # as a person does who got no answer
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(PAUSE)


def _wait_for_the_worker() -> None:
    """People do not act faster than the market can tell it."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from procrastinate_jobs where status = 'todo'")
            (waiting,) = cursor.fetchone()
        if waiting < MANY_JOBS:
            return
        time.sleep(PAUSE)
