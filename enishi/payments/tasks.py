"""The provider's sweep, three times a minute."""

from procrastinate.contrib.django import app

from enishi.kit import clock, heartbeat

from .commands import sweeping


@app.periodic(cron="* * * * * */20")
@app.task(name="payments.sweep", queueing_lock="payments.sweep", lock="payments.sweep")
def sweep(timestamp: int) -> None:
    """So often that who has to ask again in half a minute has been heard within one (M6). One at a
    time, or a provider that is slow to answer would keep every hand of the worker busy."""
    sweeping.sweep(at=clock.now())
    heartbeat.beat("payments")
