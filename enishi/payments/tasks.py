"""The provider's sweep, three times a minute."""

from procrastinate.contrib.django import app

from enishi.kit import clock, heartbeat
from enishi.kit.alone import alone

from .commands import sweeping

SWEEPING = 0x70617973  # any fixed number: the lock of the one who sweeps


@app.periodic(cron="* * * * * */20")
@app.task(name="payments.sweep", queueing_lock="payments.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """So often that what has to be asked again in half a minute is asked within one (M6). One at a
    time, or a provider that is slow to answer would keep every hand of the worker busy."""
    with alone(SWEEPING) as is_alone:
        if is_alone:
            sweeping.sweep(at=clock.now())
            heartbeat.beat("payments")
