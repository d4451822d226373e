"""Once an hour: what a crash left behind, and numbers of yesterday's codes."""

from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock

from . import sweeping
from .commands import phones


@app.periodic(cron="25 * * * *")
@app.task(name="verification.tidy", queueing_lock="verification.tidy", retry=WhileLost())
def tidy(timestamp: int) -> None:
    sweeping.sweep()
    phones.tidy(real=clock.real())
