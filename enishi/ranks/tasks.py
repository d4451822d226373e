"""Everyone's rank once a day, early in the morning of Tokyo (RA10)."""

from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock

from . import commands


@app.periodic(cron="0 20 * * *")
@app.task(
    name="ranks.compute",
    queueing_lock="ranks.compute",
    lock="ranks.compute",
    retry=WhileLost(),
    pass_context=False,
)
def compute(timestamp: int) -> None:
    """05:00 in Tokyo."""
    commands.compute_all(at=clock.now())
