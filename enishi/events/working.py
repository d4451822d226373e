"""Around every job: its trace, its one line in the log, and that it is known to run. Named in the
settings, so that no task can forget it."""

import inspect
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from enishi.kit import trace
from enishi.kit.failpoints import failpoint

from .retrying import LOST

log = logging.getLogger("enishi.job")
SIGNS_EVERY = 5.0  # seconds between a worker's signs of life
SILENCE = 20.0  # seconds after which it counts as dead, and its jobs are taken up (T4)
running: set[int] = set()  # the jobs of this process, as `events.resume` wants to know them


def job(call_next: Any, context: Any, worker: Any) -> Any:
    with _told(context):
        return call_next()


async def async_job(call_next: Any, context: Any, worker: Any) -> Any:
    with _told(context):
        return await call_next()


assert inspect.iscoroutinefunction(async_job)  # procrastinate sorts the two by this


@contextmanager
def _told(context: Any) -> Iterator[None]:
    """The task itself takes up the trace of the act that caused it."""
    started = time.monotonic()
    running.add(context.job.id)
    with trace.begun():
        try:
            failpoint("events.job_started", of=context.job.task_name)
            yield
            failpoint("events.job_ended", of=context.job.task_name)
        except BaseException as fault:
            log.warning("job failed", extra={"facts": _facts(context, started)}, exc_info=_raised())
            if not (isinstance(fault, LOST) and _has_next_turn(context)):
                raise
            return
        finally:
            running.discard(context.job.id)
        # What runs by the clock is silent while it is well: its heartbeat is watched instead.
        level = logging.DEBUG if _is_by_clock(context) else logging.INFO
        log.log(level, "job", extra={"facts": _facts(context, started)})


def _is_by_clock(context: Any) -> bool:
    return set(context.job.task_kwargs) <= {"timestamp"}


def _has_next_turn(context: Any) -> bool:
    """What runs by the clock and is not tried again comes again within the minute, and does then
    what this turn was to do. Were this one kept, the two would be in each other's way."""
    task = context.app.tasks[context.job.task_name]
    return _is_by_clock(context) and task.retry_strategy is None


def _facts(context: Any, started: float) -> dict[str, Any]:
    return {
        "job": context.job.task_name,
        "job_id": context.job.id,
        "attempt": context.job.attempts + 1,
        "ms": round((time.monotonic() - started) * 1000),
    }


def _raised() -> Any:
    return sys.exc_info()
