"""Commands of a scan: begun with the file, concluded by a job, and caught for all its twins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.kit.failpoints import failpoint

from . import quarantine
from .lifecycle import SCAN
from .models import BlockedHash, Scan, StoredFile

JOB = "files.scan"  # the tasks in tasks.py, which call back into this module
DAMAGE_JOB = "files.damaged"
FORGOTTEN = timedelta(minutes=10)  # a file that waits longer has lost its job
ASK_AGAIN = timedelta(hours=1)  # a scanner that did not answer


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanners said: a verb of the life cycle, and what goes with it."""

    verb: str  # clear | catch | skip
    found: str = ""
    reason: str = ""
    report: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def begin(stored: StoredFile, *, marks: Iterable[str] = (), at: datetime) -> Scan:
    """A file waits to be looked at; the job exists only if the file does."""
    scan = Scan.objects.create(file=stored, at=at, report={"name": list(marks)})
    enqueue(stored.pk)
    return scan


def enqueue(file_id: UUID) -> None:
    """Once, however often it is asked for."""
    task = app.configure_task(JOB, queueing_lock=f"{JOB}:{file_id}")
    try:
        with transaction.atomic():
            task.defer(file_id=str(file_id))
    except AlreadyEnqueued:
        return


def resume(*, at: datetime) -> None:
    """Files whose job was lost, which have no scan yet, or whose scanner did not answer."""
    for stored in StoredFile.objects.filter(scan=None, is_reencoded=False).iterator():
        begin(stored, at=at)
    waiting = Q(status="pending", at__lt=at - FORGOTTEN)
    unheard = Q(status="not_scanned", reason="unavailable", at__lt=at - ASK_AGAIN)
    for file_id in Scan.objects.filter(waiting | unheard).values_list("pk", flat=True):
        enqueue(file_id)


@transaction.atomic
def conclude(file_id: UUID, verdict: Verdict, *, at: datetime) -> Scan:
    """What the scanners found stands beside the file from now on. A twin of this command that was
    faster has said the same."""
    scan = Scan.objects.select_for_update().select_related("file").get(pk=file_id)
    if scan.status == "not_scanned":
        scan.status = SCAN.after(scan.status, "retry")
        scan.save(update_fields=["status"])
    if scan.status != "pending":
        return scan
    if verdict.verb != "catch" and BlockedHash.objects.filter(pk=scan.file.sha256).exists():
        verdict = Verdict("catch", BlockedHash.objects.get(pk=scan.file.sha256).found)
    scan.report = verdict.report | {"name": scan.report.get("name", [])}
    scan.reason, scan.at = verdict.reason, at
    if verdict.verb == "catch":
        _catch(scan, verdict.found, at=at)
        _catch_twins(scan, verdict.found, at=at)
        return scan
    scan.status = SCAN.after(scan.status, verdict.verb)
    scan.save()
    return scan


def _catch(scan: Scan, found: str, *, at: datetime) -> None:
    """Nobody gets these bytes any more, and their owner is told."""
    scan.status = SCAN.after(scan.status, "catch")
    scan.found, scan.at = found[:100], at
    scan.save()
    stored = scan.file
    facts = {"name": stored.name, "found": scan.found}
    record("file.caught", stored, by=None, at=at, people=[stored.owner_id], **facts)
    failpoint("files.caught")
    transaction.on_commit(lambda: quarantine.take(stored))


def _catch_twins(first: Scan, found: str, *, at: datetime) -> None:
    """The same bytes are bad everywhere at once, and whoever brings them again is refused."""
    sha256 = first.file.sha256
    BlockedHash.objects.get_or_create(pk=sha256, defaults={"found": found[:100], "at": at})
    twins = Scan.objects.select_for_update(of=("self",)).select_related("file")
    same = twins.filter(file__sha256=sha256).exclude(status="bad").exclude(pk=first.pk)
    for twin in same.order_by("pk"):
        _catch(twin, found, at=at)


@transaction.atomic
def report_damage(file_id: UUID, *, at: datetime) -> None:
    """A file is not as it was stored: whoever of the office is there hears of it, once a file."""
    stored = StoredFile.objects.select_for_update().get(pk=file_id)
    told = Event.objects.filter(subject_kind="storedfile", subject_id=str(stored.pk))
    if told.filter(name="file.damaged").exists():
        return
    office = Account.objects.exclude(office_grade="").filter(closed_at=None)
    people = list(office.values_list("pk", flat=True))
    record("file.damaged", stored, by=None, at=at, people=people, name=stored.name)
