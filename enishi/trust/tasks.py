"""Everyone's facts and the prices of the market once a day, early in the morning of Tokyo (SA5)."""

from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock

from . import commands


@app.periodic(cron="30 20 * * *")
@app.task(
    name="trust.keep",
    queueing_lock="trust.keep",
    lock="trust.keep",
    retry=WhileLost(),
    pass_context=False,
)
def keep(timestamp: int) -> None:
    """05:30 in Tokyo, after the ranks."""
    commands.keep_all(at=clock.now())
