"""Applying, and every answer to it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.kit.waiting import WAITING_FIELDS
from enishi.messaging import commands as messaging
from enishi.organisations import queries as organisations

from . import clocks, policy
from .lifecycle import CAME_TO_NOTHING, LIVE, PROPOSAL, WAITS_FOR_CLIENT
from .models import Proposal, ProposalQuerySet


@transaction.atomic
def send(
    job_id: int,
    *,
    by: Account,
    at: datetime,
    amount: int,
    delivery_on: date,
    message: str,
    answers: Mapping[str, str],
    questions_back: str = "",
    hold_until: date | None = None,
) -> Proposal:
    """A worker applies. Every question of the post is answered (AP1)."""
    job = Job.objects.select_for_update(no_key=True).seen_by(by).exclude(client=by).get(pk=job_id)
    if job.status != "open":
        raise Refused("proposal", "send", job.status)
    if not job.client.is_active:  # suspended: its posts are not listed and take nothing (PE4)
        raise Refused("proposal", "send", "paused")
    days = (delivery_on, hold_until)
    _may_send(job, by=by, at=at, amount=amount, answers=answers, days=days)
    proposal = Proposal(
        job=job,
        client_id=job.client_id,
        worker=by,
        thread=messaging.open_thread([job.client_id, by.pk], at=at),
        amount=amount,
        delivery_on=delivery_on,
        message=message,
        answers=[{"question": q, "answer": answers[q]} for q in job.questions],
        questions_back=questions_back,
        hold_until=hold_until,
        sent_at=at,
    )
    _wait(proposal, since=at)
    proposal.save()
    jobs.count_applicant(job.pk, +1, at=at)
    _note("proposal.sent", proposal, by=by, at=at, people=[job.client_id])
    return proposal


def _may_send(
    job: Job,
    *,
    by: Account,
    at: datetime,
    amount: int,
    answers: Mapping[str, str],
    days: tuple[date, date | None],
) -> None:
    if Proposal.objects.filter(job=job, worker=by).exclude(status="withdrawn").exists():
        raise Refused.because("proposal.sent_already")
    if organisations.has_members(by.pk):
        raise Refused.because("membership.organisation_works_not")
    if organisations.acts_for(by.pk, job.client_id):
        raise Refused.because("membership.own_organisation")
    if policy.unanswered(job.questions, answers):
        raise Refused.because("proposal.answers_missing")
    if not settings.RULES.price_least <= amount <= settings.RULES.price_most:
        raise Refused.because("proposal.amount_out_of_range")
    delivery_on, hold_until = days
    if delivery_on < day_of(at):
        raise Refused.because("proposal.delivery_in_the_past")
    if hold_until and hold_until < day_of(at):
        raise Refused.because("proposal.hold_in_the_past")


@transaction.atomic
def shortlist(proposal_id: int, *, by: Account, at: datetime) -> Proposal:
    """The client keeps this applicant in sight. The worker sees it on the proposal."""
    job = _job_of(proposal_id, by)
    proposal = _move(_received(proposal_id, by), "shortlist")
    _note("proposal.shortlisted", proposal, by=by, at=at, people=[])
    good = Proposal.objects.filter(job=job, status="shortlisted").count()
    if job.stop_at_good is not None and good >= job.stop_at_good:
        jobs.pause(job, at=at)
    return proposal


@transaction.atomic
def unlist(proposal_id: int, *, by: Account) -> Proposal:
    """Take an applicant off the shortlist; the application stays open."""
    return _move(_received(proposal_id, by), "unlist")


@transaction.atomic
def note(proposal_id: int, *, by: Account, text: str) -> Proposal:
    """A note that only the client reads."""
    proposal = _received(proposal_id, by)
    proposal.client_note = text
    proposal.save(update_fields=["client_note"])
    return proposal


@transaction.atomic
def decline(
    proposal_id: int, *, by: Account, at: datetime, reason: str, message: str = ""
) -> Proposal:
    """The client says no, with a reason that the worker reads (AP2)."""
    proposal = _received(proposal_id, by)
    if reason not in policy.DECLINE_REASONS:
        raise Refused.because("proposal.reason_missing")
    proposal.decline_reason, proposal.decline_message = reason, message
    _end(proposal, "decline", at=at)
    facts = {"reason": reason, "message": message}
    _note("proposal.declined", proposal, by=by, at=at, people=[proposal.worker_id], **facts)
    return proposal


@transaction.atomic
def withdraw(proposal_id: int, *, by: Account, at: datetime) -> Proposal:
    """The worker takes the application back. No mark is left (AP4)."""
    _job_of(proposal_id, by)
    proposal = _end(_sent(proposal_id, by), "withdraw", at=at)
    jobs.count_applicant(proposal.job_id, -1, at=at)
    _note("proposal.withdrawn", proposal, by=by, at=at, people=[proposal.client_id])
    return proposal


@transaction.atomic
def hold(proposal_id: int, *, by: Account, at: datetime, until: date | None) -> Proposal:
    """The worker keeps the offer open until a day, and no longer (AP4)."""
    proposal = _sent(proposal_id, by)
    if proposal.status not in WAITS_FOR_CLIENT:
        raise Refused("proposal", "hold", proposal.status)
    if until and until < day_of(at):
        raise Refused.because("proposal.hold_in_the_past")
    is_news = proposal.hold_until != until
    proposal.hold_until = until
    _wait(proposal, since=_since(proposal), at=at)
    proposal.save(update_fields=["hold_until", *WAITING_FIELDS])
    if is_news:
        facts = {"until": until.isoformat() if until else ""}
        _note("proposal.held", proposal, by=by, at=at, people=[proposal.client_id], **facts)
    return proposal


@transaction.atomic
def release_address(proposal_id: int, *, by: Account, at: datetime) -> Proposal:
    """A client who shows prefecture and city in the post lets this applicant read the full
    address (JO5). It cannot be taken back, because it was read."""
    proposal = _received(proposal_id, by)
    if not (proposal.is_live or proposal.status == "hired"):
        raise Refused("proposal", "release", proposal.status)
    if proposal.address_released_at is None:
        proposal.address_released_at = at
        proposal.save(update_fields=["address_released_at"])
        people = [proposal.worker_id]
        _note("proposal.address_released", proposal, by=by, at=at, people=people)
    return proposal


def offer(proposal_id: int, *, by: Account) -> Proposal:
    """A contract is offered: the offer's own clock runs now. Inside the caller's transaction."""
    proposal = _received(proposal_id, by)
    proposal.status = PROPOSAL.after(proposal.status, "offer")
    proposal.stop_waiting()
    proposal.save(update_fields=["status", *WAITING_FIELDS])
    return proposal


def hire(proposal_id: int, *, at: datetime) -> None:
    """The worker agreed. Inside the caller's transaction."""
    _end(Proposal.objects.select_for_update().get(pk=proposal_id), "hire", at=at)


def free(proposal_id: int, *, at: datetime) -> None:
    """The offer came to nothing: the application waits for the client's answer again, as long
    as a new one would. A hold that ran out meanwhile is over. Inside the caller's transaction."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    proposal.status = PROPOSAL.after(proposal.status, "free")
    if proposal.hold_until and proposal.hold_until < day_of(at):
        proposal.hold_until = None
    _wait(proposal, since=at)
    proposal.save(update_fields=["status", "hold_until", *WAITING_FIELDS])


@transaction.atomic
def tick(proposal_id: int, *, at: datetime) -> None:
    """AP3: remind the client; at the end the proposal lapses and the worker is told."""
    proposal = _locked().get(pk=proposal_id)
    if proposal.status not in WAITS_FOR_CLIENT:
        return
    step = proposal.step_due(clocks.SENT, at)
    if step == "lapse":
        _end(proposal, "lapse", at=at)
        people = [proposal.worker_id, proposal.client_id]
        _note("proposal.lapsed", proposal, by=None, at=at, people=people)
    elif step:
        proposal.save(update_fields=["next_at"])
        due = proposal.due_at.isoformat() if proposal.due_at else ""
        people = [proposal.client_id]
        _note("proposal.reminder", proposal, by=None, at=at, people=people, step=step, due=due)


def follow_edit(event: Event) -> None:
    """The post changed: its applicants read the difference (JO6), and their clocks follow the
    deadline. Wired to `job.edited` and `job.opened`."""
    job = Job.objects.get(pk=event.subject_id)
    waiting = Proposal.objects.select_for_update().filter(job=job, status__in=LIVE)
    live = list(waiting.order_by("id"))
    for proposal in live:
        proposal.job = job
        if proposal.status in WAITS_FOR_CLIENT:
            _wait(proposal, since=_since(proposal), at=event.at)
            proposal.save(update_fields=[*WAITING_FIELDS])
    if live and event.name == "job.edited":
        people = [proposal.worker_id for proposal in live]
        facts = {name: event.facts.get(name) for name in ("title", "difference", "was")}
        record("job.changed", job, by=None, at=event.at, people=people, **facts)


def _job_of(proposal_id: int, by: Account) -> Job:
    """The post, locked before its proposal: an edit locks them in this order too."""
    job_id = Proposal.objects.seen_by(by).values_list("job_id", flat=True).get(pk=proposal_id)
    return Job.objects.select_for_update(no_key=True).get(pk=job_id)


def _received(proposal_id: int, by: Account) -> Proposal:
    return _locked().received_by(by).get(pk=proposal_id)


def _sent(proposal_id: int, by: Account) -> Proposal:
    return _locked().sent_by(by).get(pk=proposal_id)


def _locked() -> ProposalQuerySet:
    """With the names of both sides, which every event tells. The post is read after the lock."""
    held = Proposal.objects.select_for_update(of=("self",))
    return held.select_related("client", "worker")


def _move(proposal: Proposal, verb: str) -> Proposal:
    proposal.status = PROPOSAL.after(proposal.status, verb)
    proposal.save(update_fields=["status"])
    return proposal


def _end(proposal: Proposal, verb: str, *, at: datetime) -> Proposal:
    proposal.status = PROPOSAL.after(proposal.status, verb)
    proposal.ended_at = at
    proposal.stop_waiting()
    proposal.save()
    return proposal


def _since(proposal: Proposal) -> datetime:
    """When the present wait began: with the application, or with the end of an offer."""
    return proposal.waiting_since or proposal.sent_at


def _wait(proposal: Proposal, *, since: datetime, at: datetime | None = None) -> None:
    """Set the clock by the post's deadline. Steps that lie behind `at` are not repeated."""
    apply_by = proposal.job.apply_by or day_of(since)
    apply_by = max(apply_by, day_of(since))
    due = policy.answer_due(apply_by, proposal.hold_until, settings.RULES)
    proposal.wait(clocks.SENT, since=since, due=due)
    if at is not None:
        proposal.next_at = clocks.SENT.next_after(at, since, due)


def _note(
    name: str,
    proposal: Proposal,
    *,
    by: Account | None,
    at: datetime,
    people: list[int],
    **facts: object,
) -> None:
    """Record an event of a proposal with the facts its letters need. Who acts on it has answered
    what was asked in its thread (ME3)."""
    if by is not None:
        messaging.answered(proposal.thread_id, by=by, at=at)
    about = {
        "job_id": proposal.job_id,
        "title": proposal.job.title,
        "worker": proposal.worker.name,
        "worker_id": proposal.worker_id,
        "client": proposal.client.name,
        "client_id": proposal.client_id,
        "amount": proposal.amount,
    }
    record(name, proposal, by=by, at=at, people=people, **about, **facts)
    if proposal.status in CAME_TO_NOTHING:
        messaging.rest(proposal.thread_id, at=at)
