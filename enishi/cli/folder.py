"""The data folder of this market, and whether an `enishi run` holds it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .environment import UsageError


def data() -> Path:
    """ENISHI_DATA, made if it is missing. Known before the settings are."""
    folder = Path(os.environ.get("ENISHI_DATA", "var")).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"ENISHI_DATA cannot be used ({error}).") from error
    return folder


@contextmanager
def held() -> Iterator[None]:
    """Hold the folder as its one running market; the system lets go, however the process ends."""
    with _lock() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"Enishi is already running on {data()}.") from None
        yield


def is_running() -> bool:
    """Whether another process holds the folder."""
    with _lock() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def _lock() -> Iterator[int]:
    try:
        lock = os.open(data() / "run.lock", os.O_RDONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise UsageError(f"ENISHI_DATA cannot be used ({error}).") from error
    try:
        yield lock
    finally:
        os.close(lock)
