"""The nightly sweep of drafts nobody came back for."""

from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock

from . import commands


@app.periodic(cron="50 3 * * *")
@app.task(name="drafts.sweep", queueing_lock="drafts.sweep", retry=WhileLost())
def sweep(timestamp: int) -> None:
    commands.sweep(at=clock.now())
