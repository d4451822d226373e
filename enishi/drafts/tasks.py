"""The nightly sweep of drafts nobody came back for, and of forms nobody sends again."""

from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock

from . import commands, sending


@app.periodic(cron="50 3 * * *")
@app.task(name="drafts.sweep", queueing_lock="drafts.sweep", retry=WhileLost())
def sweep(timestamp: int) -> None:
    at = clock.now()
    commands.sweep(at=at)
    sending.sweep(at=at)
