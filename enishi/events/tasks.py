"""Jobs of the journal: carry an event to one subscriber, sweep the clocks. Both may run twice."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from enishi.kit import clock, heartbeat, trace
from enishi.kit.failpoints import failpoint

from . import delivery, resuming, sweep
from .models import Event
from .retrying import WhileLost


@app.task(name=delivery.JOB, retry=WhileLost(RetryStrategy(max_attempts=8, exponential_wait=2)))
def deliver(event_id: int, subscriber: str) -> None:
    event = Event.objects.get(pk=event_id)
    trace.take_up(event.trace)
    delivery.deliver_to(event, subscriber)
    failpoint("events.delivered")


@app.periodic(cron="* * * * * */20")
@app.task(name="events.sweep", queueing_lock="events.sweep", lock="events.sweep")
def sweep_clocks(timestamp: int) -> None:
    """Three times a minute, so that nothing is more than a minute late (T1)."""
    sweep.sweep(at=clock.now())
    heartbeat.beat("clocks")


@app.periodic(cron="* * * * * */10")
@app.task(name="events.resume", queueing_lock="events.resume", pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:
    """A job that nobody runs any more is taken up again: it may run twice, its effects stand."""
    await resuming.resume(context.app.job_manager, worker_id=context.job.worker_id)
