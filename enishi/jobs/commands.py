"""Everything a client does with a post, and what its clock does."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.files import commands as files_commands
from enishi.files.commands import Uploaded
from enishi.kit.days import day_of, end_of_day
from enishi.kit.errors import Refused
from enishi.kit.waiting import WAITING_FIELDS

from . import clocks, policy
from .catalogue import read as catalogue
from .lifecycle import JOB
from .models import PLAIN_TERMS, AddressView, Job, JobFile, Question
from .policy import Terms


def _columns(terms: Terms) -> dict[str, Any]:
    lowest, highest = policy.priced(terms)
    columns = {name: getattr(terms, name) for name in PLAIN_TERMS}
    columns |= {"budget_min": min(lowest, highest), "budget_max": highest}
    columns["category"] = catalogue.category_of(terms.subcategory)
    columns["questions"], columns["skills"] = list(terms.questions), list(terms.skills)
    columns["milestones"] = [
        {"title": m.title, "amount": m.amount, "due_on": m.due_on.isoformat()}
        for m in terms.milestones
    ]
    return columns


@transaction.atomic
def draft(*, by: Account, at: datetime, terms: Terms, files: Iterable[Uploaded] = ()) -> Job:
    """The client writes a post; nobody else sees it yet."""
    job = Job.objects.create(client=by, created_at=at, **_columns(terms))
    _attach(job, files, by=by, at=at)
    return job


@transaction.atomic
def copy(job_id: int, *, by: Account, at: datetime) -> Job:
    """A new draft with the terms of an earlier post; its days are left open."""
    source = Job.objects.of(by).get(pk=job_id)
    columns = _columns(source.terms) | {"apply_by": None, "delivery_on": None, "milestones": []}
    job = Job.objects.create(client=by, created_at=at, **columns)
    JobFile.objects.bulk_create(
        JobFile(job=job, file_id=file_id)
        for file_id in source.files.order_by("id").values_list("file_id", flat=True)
    )
    return job


@transaction.atomic
def edit(
    job_id: int,
    *,
    by: Account,
    at: datetime,
    terms: Terms,
    files: Iterable[Uploaded] = (),
    drop: Iterable[int] = (),
) -> Job:
    """Change a draft or an open post. Applicants of an open one read the difference (JO6)."""
    job = _mine(job_id, by)
    if job.status in ("closed", "discarded"):
        raise Refused("job", "edit", job.status)
    if job.status != "draft":
        _may_open(terms, at)
    before = job.terms
    _write(job, terms)
    changed = policy.difference(before, job.terms)
    dropped, _ = job.files.filter(pk__in=list(drop)).delete()
    if _attach(job, files, by=by, at=at) or dropped:
        changed.append("attachments")
    if job.status != "draft":
        _wait(job)
    job.save()
    if job.status != "draft" and changed:
        _note_edit(job, before, changed, by=by, at=at)
    return job


def _note_edit(job: Job, before: Terms, changed: list[str], *, by: Account, at: datetime) -> None:
    """On record: which items of a saved post changed, and what they said before."""
    job.edited_at = at
    job.save(update_fields=["edited_at"])
    facts: dict[str, Any] = {"title": job.title, "difference": changed}
    facts["was"] = policy.said(before, changed)
    record("job.edited", job, by=by, at=at, **facts)


@transaction.atomic
def publish(
    job_id: int | None,
    *,
    by: Account,
    at: datetime,
    terms: Terms,
    files: Iterable[Uploaded] = (),
    drop: Iterable[int] = (),
) -> Job:
    """Write a post, or the last changes of a draft, and open it in one step."""
    if job_id is None:
        job = draft(by=by, at=at, terms=terms, files=files)
    else:
        job = edit(job_id, by=by, at=at, terms=terms, files=files, drop=drop)
    return open(job.pk, by=by, at=at)


@transaction.atomic
def open(job_id: int, *, by: Account, at: datetime) -> Job:  # noqa: A001  # the verb of JO9
    """The post goes to everyone."""
    return _open(_mine(job_id, by), "open", by=by, at=at)


@transaction.atomic
def reopen(job_id: int, *, by: Account, at: datetime, apply_by: date, delivery_on: date) -> Job:
    """A closed post takes applications again, until a new deadline. Its plan moves along."""
    job = _mine(job_id, by)
    before = job.terms
    after = policy.rescheduled(before, apply_by=apply_by, delivery_on=delivery_on)
    _write(job, after)
    job = _open(job, "reopen", by=by, at=at)
    if changed := policy.difference(before, after):
        _note_edit(job, before, changed, by=by, at=at)
    return job


def _open(job: Job, verb: str, *, by: Account, at: datetime) -> Job:
    after = JOB.after(job.status, verb)
    _may_open(job.terms, at)
    job.status, job.opened_at, job.closed_at = after, job.opened_at or at, None
    _wait(job)
    job.save()
    record("job.opened", job, by=by, at=at, title=job.title)
    return job


@transaction.atomic
def close(job_id: int, *, by: Account, at: datetime) -> Job:
    """No more applications. Those who applied still get their answer (AP2)."""
    return _close(_mine(job_id, by), by=by, at=at)


def _close(job: Job, *, by: Account | None, at: datetime) -> Job:
    job.status = JOB.after(job.status, "close")
    job.closed_at = at
    job.stop_waiting()
    job.save(update_fields=["status", "closed_at", *WAITING_FIELDS])
    people = [] if by else [job.client_id]
    record("job.closed", job, by=by, at=at, people=people, title=job.title)
    return job


@transaction.atomic
def discard(job_id: int, *, by: Account, at: datetime) -> Job:
    """Throw a draft away."""
    job = _mine(job_id, by)
    job.status = JOB.after(job.status, "discard")
    job.save(update_fields=["status"])
    return job


@transaction.atomic
def resume(job_id: int, *, by: Account, at: datetime) -> Job:
    """Lift the pause that a cap on applicants made."""
    job = _mine(job_id, by)
    job.status = JOB.after(job.status, "resume")
    job.stop_after = job.stop_at_good = None
    job.save(update_fields=["status", "stop_after", "stop_at_good"])
    return job


def count_applicant(job_id: int, change: int, *, at: datetime) -> None:
    """Called with each application sent or withdrawn; pauses the post at its cap (JO9)."""
    Job.objects.filter(pk=job_id).update(applicants=F("applicants") + change)
    job = Job.objects.get(pk=job_id)
    if change > 0 and job.stop_after is not None and job.applicants >= job.stop_after:
        pause(job, at=at)


def pause(job: Job, *, at: datetime) -> None:
    """The cap is reached: the post pauses by itself and its client is told."""
    if JOB.can(job.status, "pause"):
        job.status = JOB.after(job.status, "pause")
        job.save(update_fields=["status"])
        record("job.paused", job, by=None, at=at, people=[job.client_id], title=job.title)


@transaction.atomic
def ask(job_id: int, *, by: Account, at: datetime, text: str, is_public: bool = True) -> Question:
    """Ask about a post: in public (JO8), or to its recruiter alone through the relay (JO5)."""
    job = Job.objects.seen_by(by).exclude(client=by).get(pk=job_id)
    if job.status not in ("open", "paused"):
        raise Refused("job", "ask", job.status)
    question = Question.objects.create(
        job=job, asker=by, text=text, asked_at=at, is_public=is_public
    )
    facts = {"title": job.title, "text": text, "asker": by.name, "is_public": is_public}
    record("job.question_asked", job, by=by, at=at, people=[job.client_id], **facts)
    return question


@transaction.atomic
def answer(question_id: int, *, by: Account, at: datetime, text: str) -> Question:
    """The client answers, once, in the place where it was asked."""
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("job")
        .get(pk=question_id, job__client=by)
    )
    if question.answer:
        raise Refused.because("job.answered_already")
    question.answer, question.answered_at = text, at
    question.save(update_fields=["answer", "answered_at"])
    facts = {"title": question.job.title, "text": text}
    people = [question.asker_id]
    record("job.question_answered", question.job, by=by, at=at, people=people, **facts)
    return question


@transaction.atomic
def show_address(job_id: int, *, by: Account, at: datetime) -> str:
    """The recruiter's address, for signed-in readers; each look is on record (JO5)."""
    job = Job.objects.seen_by(by).get(pk=job_id)
    if job.client_id != by.pk:
        AddressView.objects.get_or_create(job=job, viewer=by, on=day_of(at))
    return job.address


@transaction.atomic
def tick(job_id: int, *, at: datetime) -> None:
    """The application deadline has passed."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.step_due(clocks.OPEN, at) == "close":
        _close(job, by=None, at=at)


def _mine(job_id: int, by: Account) -> Job:
    """The post, locked. Its key is left free: an offer that refers to it need not wait."""
    return Job.objects.select_for_update(no_key=True).of(by).get(pk=job_id)


def _may_open(terms: Terms, at: datetime) -> None:
    faults = policy.faults(terms, today=day_of(at), rules=settings.RULES)
    if faults:
        raise Refused.because("job.incomplete", fields=", ".join(sorted(faults)))


def _wait(job: Job) -> None:
    """An open post waits until its deadline's 24:00."""
    assert job.apply_by is not None
    assert job.opened_at is not None
    job.wait(clocks.OPEN, since=job.opened_at, due=end_of_day(job.apply_by))


def _write(job: Job, terms: Terms) -> None:
    for name, value in _columns(terms).items():
        setattr(job, name, value)


def _attach(job: Job, files: Iterable[Uploaded], *, by: Account, at: datetime) -> int:
    """Keep the files that were handed in with a post; how many there were."""
    kept = [files_commands.store(uploaded, by=by, at=at) for uploaded in files]
    JobFile.objects.bulk_create(JobFile(job=job, file=file) for file in kept)
    return len(kept)
