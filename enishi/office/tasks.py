"""In the small hours of Tokyo the books are held against the provider's, and the review graph is
read; in the morning whoever must soon be paid by file is named."""

import logging

from procrastinate.contrib.django import app

from enishi.events.retrying import WhileLost
from enishi.kit import clock
from enishi.kit.alone import alone
from enishi.payments.provider import Declined, Unavailable

from . import batches, findings, reconciling

logger = logging.getLogger(__name__)

RECONCILING = 0x626F6F6B  # any fixed number: the lock of the one who compares


@app.periodic(cron="10 19 * * *")
@app.task(
    name="office.reconcile",
    queueing_lock="office.reconcile",
    retry=WhileLost(),
    pass_context=False,
)
def reconcile(timestamp: int) -> None:
    """04:10 in Tokyo. A provider that does not answer is asked again the next day; the page of the
    money desk shows when the books were compared last."""
    with alone(RECONCILING) as is_alone:
        if not is_alone:
            return
        try:
            reconciling.reconcile(at=clock.now())
        except (Unavailable, Declined) as trouble:
            logger.warning("the books could not be compared: %s", trouble)


@app.periodic(cron="0 0 * * *")
@app.task(
    name="office.remind_of_payouts",
    queueing_lock="office.remind_of_payouts",
    retry=WhileLost(),
    pass_context=False,
)
def remind_of_payouts(timestamp: int) -> None:
    """09:00 in Tokyo, while there is time to make a file and give it to the bank."""
    batches.remind(at=clock.now())


@app.periodic(cron="40 19 * * *")
@app.task(
    name="office.look_for_rings",
    queueing_lock="office.look_for_rings",
    retry=WhileLost(),
    pass_context=False,
)
def look_for_rings(timestamp: int) -> None:
    """04:40 in Tokyo."""
    findings.look(at=clock.now())
