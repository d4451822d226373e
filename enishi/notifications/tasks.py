"""The job that carries a mail to the server. Eight tries over about a day."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock

from . import outbox


@app.task(name=outbox.JOB, retry=WhileLost(RetryStrategy(max_attempts=8, exponential_wait=4)))
def send(mail_id: int) -> None:
    outbox.send(mail_id, at=clock.now())
