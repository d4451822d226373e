"""Jobs that are marked as running while nobody runs them.

Either their worker was killed, or it lost the database in the moment in which it was to say that
the job is over: then it lives on, and only what it really runs tells the two apart.
"""

from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from . import working

_suspects: set[int] = set()


async def resume(jobs: JobManager, *, worker_id: int | None) -> int:
    """Take them up again; returns how many. One that cannot be does not keep the others waiting."""
    left = [*await jobs.get_stalled_jobs(seconds_since_heartbeat=working.SILENCE)]
    if worker_id is not None:
        left += await _forgotten(jobs, worker_id)
    for job in left:
        await _again(jobs, job)
    return len(left)


async def _forgotten(jobs: JobManager, worker_id: int) -> list[Job]:
    """Ours by the table, and yet not running here, at two looks in turn: between fetching a job and
    starting it, and between its end and saying so, there is a moment."""
    ours = await jobs.list_jobs_async(status=Status.DOING.value, worker_id=worker_id)
    idle = {job.id: job for job in ours if job.id and job.id not in working.running}
    known = _suspects & idle.keys()
    _suspects.clear()
    _suspects.update(idle.keys() - known)
    return [idle[one] for one in known]


async def _again(jobs: JobManager, job: Job) -> None:
    assert job.id is not None
    try:
        await jobs.retry_job(job)
    except UniqueViolation:
        # The next turn of the same waits already, and will do what this one was to do.
        await jobs.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=True)
    except ConnectorException:
        return  # finished, or taken up by another worker, since we asked
