"""A job that fell with the database is done again: it did not fail, and nobody has to look after
it (D2)."""

from django.db import InterfaceError, OperationalError
from procrastinate import BaseRetryStrategy, RetryStrategy
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.retry import RetryDecision

LOST = (OperationalError, InterfaceError, ConnectorException)
FIRST, LONGEST = 2, 60  # seconds; a killed database is back within fifteen


class WhileLost(BaseRetryStrategy):
    """As often as it takes while the database is lost; after other faults as `otherwise` says."""

    def __init__(self, otherwise: RetryStrategy | None = None) -> None:
        self.otherwise = otherwise

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, LOST):
            seconds = min(FIRST * 2 ** min(job.attempts, 10), LONGEST)
            return RetryDecision(retry_in={"seconds": seconds})
        if self.otherwise is None:
            return None
        return self.otherwise.get_retry_decision(exception=exception, job=job)
