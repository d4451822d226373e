"""Applying, and every answer to it (AP1–AP4), with the clock of AP3."""

from datetime import UTC, date, datetime, timedelta

import pytest

from enishi.accounts import commands as accounts
from enishi.contracts.commands import offering
from enishi.events.models import Event
from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.kit.errors import Refused
from enishi.messaging import queries as messaging
from enishi.proposals import commands
from enishi.proposals.lifecycle import PROPOSAL
from enishi.proposals.models import Proposal
from tests import make
from tests.make import NOON, QUESTIONS

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 4, 22, 15, 0, tzinfo=UTC)  # 24:00 of the 7th day after the deadline
HALF = NOON + (DUE - NOON) / 2
EVE = DUE - timedelta(days=1)
INSTANT = timedelta(microseconds=1)
LATER = NOON + timedelta(hours=1)


def events(name: str) -> list[Event]:
    return list(Event.objects.filter(name=name).order_by("id"))


def walked(state: str) -> Proposal:
    """An application in this state, by real acts."""
    sent = make.proposal()
    hana, ren = sent.client, sent.worker
    if state == "shortlisted":
        commands.shortlist(sent.pk, by=hana, at=NOON)
    elif state in ("offered", "hired"):
        contract = offering.offer(sent.pk, by=hana, at=NOON, terms=make.offer_terms())
        if state == "hired":
            make.agree(contract)
    elif state == "declined":
        commands.decline(sent.pk, by=hana, at=NOON, reason="price")
    elif state == "withdrawn":
        commands.withdraw(sent.pk, by=ren, at=NOON)
    elif state == "lapsed":
        commands.tick(sent.pk, at=DUE)
    return Proposal.objects.get(pk=sent.pk)


def test_an_application_waits_for_the_client_with_a_clock_and_a_thread():
    sent = make.proposal()

    assert (sent.status, sent.due_at, sent.next_at) == ("sent", DUE, HALF)
    assert Job.objects.get(pk=sent.job_id).applicants == 1
    assert messaging.messages(sent.thread_id, sent.client).others[0].id == sent.worker_id
    [event] = events("proposal.sent")
    assert event.people == [sent.client_id]
    assert (event.facts["client_id"], event.facts["worker_id"]) == (sent.client_id, sent.worker_id)


@pytest.mark.parametrize("answers", [{}, {QUESTIONS[0]: "Yes."}, dict.fromkeys(QUESTIONS, " ")])
def test_every_question_of_the_post_is_answered(answers):
    """AP1"""
    with pytest.raises(Refused, match=r"proposal\.answers_missing"):
        make.proposal(answers=answers)


@pytest.mark.parametrize("amount", [0, 99, 100_000_001])
def test_the_price_keeps_to_what_escrow_can_hold(amount):
    with pytest.raises(Refused, match=r"proposal\.amount_out_of_range"):
        make.proposal(amount=amount)


def test_days_that_have_passed_are_refused():
    with pytest.raises(Refused, match=r"proposal\.delivery_in_the_past"):
        make.proposal(delivery_on=date(2026, 3, 31))
    with pytest.raises(Refused, match=r"proposal\.hold_in_the_past"):
        make.proposal(hold_until=date(2026, 3, 31))
    assert make.proposal(delivery_on=date(2026, 4, 1), hold_until=date(2026, 4, 1))


def test_one_applies_once_and_again_after_withdrawing():
    job = make.job()
    sent = make.proposal(to=job)

    with pytest.raises(Refused, match=r"proposal\.sent_already"):
        make.proposal(to=job)
    commands.withdraw(sent.pk, by=sent.worker, at=NOON)
    again = make.proposal(to=job)

    assert again.status == "sent"
    assert Job.objects.get(pk=job.pk).applicants == 1


def test_nobody_applies_to_ones_own_post_or_to_one_that_is_not_open():
    job = make.job()
    with pytest.raises(Job.DoesNotExist):
        make.proposal(to=job, worker=job.client)

    jobs.close(job.pk, by=job.client, at=NOON)
    with pytest.raises(Refused, match=r"proposal\.send\.closed"):
        make.proposal(to=job)


def test_only_the_two_sides_touch_an_application():
    sent = make.proposal()
    hana, ren, sora = sent.client, sent.worker, make.sora()

    for stranger in (sora, ren):
        with pytest.raises(Proposal.DoesNotExist):
            commands.shortlist(sent.pk, by=stranger, at=NOON)
        with pytest.raises(Proposal.DoesNotExist):
            commands.decline(sent.pk, by=stranger, at=NOON, reason="price")
        with pytest.raises(Proposal.DoesNotExist):
            commands.note(sent.pk, by=stranger, text="Mine.")
    for stranger in (sora, hana):
        with pytest.raises(Proposal.DoesNotExist):
            commands.withdraw(sent.pk, by=stranger, at=NOON)
        with pytest.raises(Proposal.DoesNotExist):
            commands.hold(sent.pk, by=stranger, at=NOON, until=None)


def test_a_decline_has_a_reason_that_the_worker_reads():
    """AP2"""
    sent = make.proposal()
    with pytest.raises(Refused, match=r"proposal\.reason_missing"):
        commands.decline(sent.pk, by=sent.client, at=NOON, reason="")

    done = commands.decline(
        sent.pk, by=sent.client, at=LATER, reason="schedule", message="Another time."
    )

    assert (done.status, done.ended_at, done.due_at, done.next_at) == (
        "declined",
        LATER,
        None,
        None,
    )
    [event] = events("proposal.declined")
    assert event.people == [sent.worker_id]
    assert (event.facts["reason"], event.facts["message"]) == ("schedule", "Another time.")


def test_a_note_is_kept_for_the_client():
    sent = make.proposal()

    commands.note(sent.pk, by=sent.client, text="Good tone.")

    assert Proposal.objects.get(pk=sent.pk).client_note == "Good tone."


def test_enough_good_applicants_pause_the_post():
    """JO9"""
    job = make.job(stop_at_good=1)
    sent = make.proposal(to=job)

    commands.shortlist(sent.pk, by=job.client, at=NOON)

    assert Job.objects.get(pk=job.pk).status == "paused"
    assert [event.people for event in events("job.paused")] == [[job.client_id]]


def test_withdrawing_leaves_no_wait_and_one_applicant_less():
    """AP4"""
    sent = walked("withdrawn")

    assert (sent.due_at, sent.next_at) == (None, None)
    assert Job.objects.get(pk=sent.job_id).applicants == 0


def test_holding_until_a_nearer_day_ends_the_wait_there():
    """AP4"""
    sent = make.proposal()

    held = commands.hold(sent.pk, by=sent.worker, at=LATER, until=date(2026, 4, 10))

    assert held.due_at == datetime(2026, 4, 10, 15, 0, tzinfo=UTC)
    assert events("proposal.held")[0].facts["until"] == "2026-04-10"
    with pytest.raises(Refused, match=r"proposal\.hold_in_the_past"):
        commands.hold(sent.pk, by=sent.worker, at=LATER, until=date(2026, 3, 31))
    assert commands.hold(sent.pk, by=sent.worker, at=LATER, until=None).due_at == DUE


def test_the_client_is_reminded_at_half_time_and_on_the_eve_and_never_early():
    """AP3"""
    sent = make.proposal()

    for at in (HALF - INSTANT, HALF, HALF, EVE - INSTANT, EVE, DUE - INSTANT):
        commands.tick(sent.pk, at=at)

    reminders = events("proposal.reminder")
    assert [(event.at, event.facts["step"]) for event in reminders] == [
        (HALF, "half_time"),
        (EVE, "day_before"),
    ]
    assert {tuple(event.people) for event in reminders} == {(sent.client_id,)}
    assert Proposal.objects.get(pk=sent.pk).status == "sent"


@pytest.mark.parametrize("state", ["sent", "shortlisted"])
def test_without_an_answer_it_lapses_exactly_then_and_both_are_told(state):
    """AP3"""
    sent = walked(state)

    commands.tick(sent.pk, at=DUE - INSTANT)
    assert Proposal.objects.get(pk=sent.pk).status == state
    commands.tick(sent.pk, at=DUE)
    commands.tick(sent.pk, at=DUE)

    sent.refresh_from_db()
    assert (sent.status, sent.ended_at, sent.next_at) == ("lapsed", DUE, None)
    assert [event.people for event in events("proposal.lapsed")] == [
        sorted([sent.client_id, sent.worker_id])
    ]


def test_a_sweep_that_comes_late_leaves_the_reminders_out():
    sent = make.proposal()

    commands.tick(sent.pk, at=DUE + timedelta(days=3))

    assert Proposal.objects.get(pk=sent.pk).status == "lapsed"
    assert events("proposal.reminder") == []


def test_an_offer_stops_the_wait_and_its_end_starts_a_new_one():
    """AP3, CL11: after the offer came to nothing the client has seven days again."""
    sent = walked("offered")
    assert (sent.due_at, sent.next_at) == (None, None)
    at = datetime(2026, 4, 25, 3, 0, tzinfo=UTC)  # after the old due time

    offering.decline(sent.contracts.get().pk, by=sent.worker, at=at, reason="")

    sent.refresh_from_db()
    due = datetime(2026, 5, 2, 15, 0, tzinfo=UTC)
    assert (sent.status, sent.due_at) == ("shortlisted", due)


def test_a_new_wait_is_not_cut_short_by_a_hold_or_an_edit():
    sent = walked("offered")
    at = datetime(2026, 4, 14, 3, 0, tzinfo=UTC)
    offering.decline(sent.contracts.get().pk, by=sent.worker, at=at, reason="")
    far = datetime(2026, 4, 30, 3, 0, tzinfo=UTC)
    Proposal.objects.filter(pk=sent.pk).update(waiting_since=far - timedelta(days=2))

    commands.hold(sent.pk, by=sent.worker, at=far, until=None)

    sent.refresh_from_db()
    assert sent.due_at == datetime(2026, 5, 5, 15, 0, tzinfo=UTC)


def test_a_hold_that_ran_out_during_the_offer_is_over():
    sent = make.proposal(hold_until=date(2026, 4, 3))
    offering.offer(sent.pk, by=sent.client, at=NOON, terms=make.offer_terms())
    at = NOON + timedelta(days=5)

    offering.decline(sent.contracts.get().pk, by=sent.worker, at=at, reason="")

    sent.refresh_from_db()
    assert (sent.hold_until, sent.due_at) == (None, DUE)


def test_an_edit_does_not_repeat_reminders_that_have_been():
    sent = make.proposal()
    commands.tick(sent.pk, at=HALF)

    job = sent.job
    jobs.edit(job.pk, by=sent.client, at=HALF + INSTANT, terms=make.terms(title="New"))

    sent.refresh_from_db()
    assert (sent.due_at, sent.next_at) == (DUE, EVE)


ACTS = {
    "shortlist": lambda p: commands.shortlist(p.pk, by=p.client, at=LATER),
    "unlist": lambda p: commands.unlist(p.pk, by=p.client),
    "decline": lambda p: commands.decline(p.pk, by=p.client, at=LATER, reason="price"),
    "withdraw": lambda p: commands.withdraw(p.pk, by=p.worker, at=LATER),
    "offer": lambda p: commands.offer(p.pk, by=p.client),
    "hire": lambda p: commands.hire(p.pk, at=LATER),
    "free": lambda p: commands.free(p.pk, at=LATER),
}
REFUSED = [(state, verb) for state, verb in PROPOSAL.refused if verb in ACTS]


@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_what_the_life_of_an_application_does_not_know_is_refused(state, verb):
    found = walked(state)

    with pytest.raises(Refused) as refused:
        ACTS[verb](found)

    assert refused.value.code == f"proposal.{verb}.{state}"
    assert Proposal.objects.get(pk=found.pk).status == state


@pytest.mark.parametrize("state", ["offered", "hired", "declined", "withdrawn", "lapsed"])
def test_only_what_waits_for_the_client_is_held(state):
    found = walked(state)

    with pytest.raises(Refused) as refused:
        commands.hold(found.pk, by=found.worker, at=LATER, until=None)

    assert refused.value.code == f"proposal.hold.{state}"


@pytest.mark.parametrize("state", ["offered", "hired", "declined", "withdrawn", "lapsed"])
def test_a_late_tick_changes_nothing_that_has_its_answer(state):
    found = walked(state)

    commands.tick(found.pk, at=DUE + timedelta(days=30))

    assert Proposal.objects.get(pk=found.pk).status == state


def test_a_post_of_a_suspended_client_takes_no_application():
    """PE4"""
    job = make.job()
    accounts.suspend(job.client_id, by=None, at=NOON, reason="Under inquiry")

    with pytest.raises(Refused, match="proposal.send.paused"):
        make.proposal(to=job)


def test_the_full_address_is_released_to_one_applicant_once():
    """JO5"""
    proposal = make.proposal()

    for at in (LATER, LATER + timedelta(days=1)):
        commands.release_address(proposal.pk, by=proposal.client, at=at)

    proposal.refresh_from_db()
    assert proposal.address_released_at == LATER
    assert [event.people for event in events("proposal.address_released")] == [[proposal.worker_id]]


def test_a_declined_applicant_is_not_shown_the_address():
    """JO5"""
    proposal = make.proposal()
    commands.decline(proposal.pk, by=proposal.client, at=LATER, reason="filled")

    with pytest.raises(Refused, match="proposal.release.declined"):
        commands.release_address(proposal.pk, by=proposal.client, at=LATER)
