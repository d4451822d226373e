"""The nightly sweep of files."""

from procrastinate.contrib.django import app

from . import sweeping


@app.periodic(cron="40 3 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:
    sweeping.sweep()
