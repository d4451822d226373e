"""Jobs of files: a look at each new one, and sweeps."""

import logging
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock

from . import clamd, quarantine, scanning, scans, sweeping
from .models import StoredFile
from .responses import Damaged
from .scans import Verdict

logger = logging.getLogger(__name__)
TRIES = 3


@app.task(
    name=scans.JOB,
    retry=WhileLost(
        RetryStrategy(max_attempts=TRIES, wait=5, retry_exceptions={clamd.Unavailable})
    ),
    pass_context=True,
)
def scan(context: object, file_id: str) -> None:
    """The bytes are read outside any transaction; only what was found is written."""
    stored = StoredFile.objects.get(pk=UUID(file_id))
    try:
        verdict = scanning.look_at(stored)
    except Damaged:
        scans.report_damage(stored.pk, at=clock.now())
        verdict = Verdict("skip", reason="damaged")
    except clamd.Unavailable:
        if context.job.attempts < TRIES:  # type: ignore[attr-defined]  # untyped by procrastinate
            raise
        logger.warning("the scanner does not answer")
        verdict = Verdict("skip", reason="unavailable")
    scans.conclude(stored.pk, verdict, at=clock.now())


@app.task(name="files.damaged", retry=WhileLost())
def damaged(file_id: str) -> None:
    scans.report_damage(UUID(file_id), at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="files.tidy", queueing_lock="files.tidy", retry=WhileLost())
def tidy(timestamp: int) -> None:
    """What broken uploads hold is freed, and what was never looked at is looked at."""
    sweeping.free_broken()
    scans.resume(at=clock.now())
    quarantine.take_remaining()


@app.periodic(cron="40 3 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep", retry=WhileLost())
def sweep(timestamp: int) -> None:
    sweeping.sweep()
