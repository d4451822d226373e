"""The provider's sweep, once a minute."""

from procrastinate.contrib.django import app

from enishi.kit import clock

from .commands import sweeping


@app.periodic(cron="* * * * *")
@app.task(name="payments.sweep", queueing_lock="payments.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    sweeping.sweep(at=clock.now())
