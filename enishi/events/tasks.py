"""Jobs of the journal: carry an event to one subscriber, sweep the clocks. Both may run twice."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from enishi.kit import clock

from . import delivery, sweep
from .models import Event


@app.task(name=delivery.JOB, retry=RetryStrategy(max_attempts=8, exponential_wait=2))
def deliver(event_id: int, subscriber: str) -> None:
    delivery.deliver_to(Event.objects.get(pk=event_id), subscriber)


@app.periodic(cron="*/20 * * * * *")
@app.task(name="events.sweep", queueing_lock="events.sweep", lock="events.sweep")
def sweep_clocks(timestamp: int) -> None:
    """Three times a minute, so that nothing is more than a minute late (T1)."""
    sweep.sweep(at=clock.now())


@app.periodic(cron="*/30 * * * * *")
@app.task(name="events.resume", queueing_lock="events.resume", pass_context=True)
async def resume(context: JobContext, timestamp: int) -> None:
    """A job whose worker was killed is taken up again: it may run twice, its effects stand once."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        await jobs.retry_job(job)
