"""A form that was sent and had its effect is known again: a double click, the way back, a try again
after a lost answer lead to the same page, and nothing happens twice (M4).

The row is written in the transaction of the effect itself: neither stands without the other.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep

from enishi.kit import effects
from enishi.kit.alone import alone

from .models import LED_TO, SentForm

PATIENCE = 3.0  # seconds; a page that takes longer is not waited for
PAUSE = 0.02
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sending:
    """One form of one page as one person sends it, and what was written into it: 32 bytes of a hash
    each."""

    account_id: int
    key: bytes
    content: bytes


@contextmanager
def turn(form: Sending) -> Iterator[bool]:
    """One after the other, across all processes. False: the first is still at work."""
    number = int.from_bytes(form.key[:8], signed=True)
    began = monotonic()
    while True:
        with alone(number) as is_turn:
            if is_turn or monotonic() - began > PATIENCE:
                yield is_turn
                return
        sleep(PAUSE)


def known(form: Sending) -> SentForm | None:
    """The same form, if it was sent before and something came of it."""
    return SentForm.objects.filter(key=form.key).first()


def noted(form: Sending, *, at: datetime) -> AbstractContextManager[None]:
    """Inside, the first effect keeps the form with itself."""

    def note() -> None:
        row = SentForm(account_id=form.account_id, key=form.key, content=form.content, sent_at=at)
        SentForm.objects.bulk_create([row], ignore_conflicts=True)

    return effects.heard(note)


def led(form: Sending, *, to: str) -> None:
    """Where the page led afterwards. A form without an effect is not kept, and leads nowhere."""
    SentForm.objects.filter(key=form.key).update(led_to=to[:LED_TO])


def sweep(*, at: datetime) -> int:
    """After thirty days nobody tries again. Returns how many went."""
    return SentForm.objects.filter(sent_at__lt=at - KEPT).delete()[0]
