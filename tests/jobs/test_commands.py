"""Writing, opening, changing and closing a post (JO4–JO6, JO8, JO9), and its clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.events.models import Event
from enishi.jobs import commands, queries
from enishi.jobs.lifecycle import JOB
from enishi.jobs.models import AddressView, Job
from enishi.kit.errors import Refused
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
DEADLINE = datetime(2026, 4, 15, 15, 0, tzinfo=UTC)  # 24:00 of the 15th in Tokyo
LATER = NOON + timedelta(hours=1)


def events(name: str) -> list[Event]:
    return list(Event.objects.filter(name=name).order_by("id"))


def paper(name: str = "plan.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"A plan.", "text/plain")


def walked(state: str) -> Job:
    """A post in this state, by real acts."""
    if state == "discarded":
        job = make.job("draft")
        return commands.discard(job.pk, by=job.client, at=NOON)
    if state == "paused":
        job = make.job(stop_after=1)
        make.proposal(to=job)
        return Job.objects.get(pk=job.pk)
    return make.job(state)


def test_a_draft_may_be_incomplete_and_is_seen_by_its_client_alone():
    job = commands.draft(by=make.hana(), at=NOON, terms=make.terms(title="", apply_by=None))

    assert job.status == "draft"
    assert Job.objects.seen_by(make.hana()).filter(pk=job.pk).exists()
    assert not Job.objects.seen_by(make.ren()).filter(pk=job.pk).exists()


def test_an_incomplete_draft_does_not_open():
    job = make.job("draft", deliverables="", place="")

    with pytest.raises(Refused, match=r"job\.incomplete") as refused:
        commands.open(job.pk, by=job.client, at=NOON)

    assert refused.value.facts == {"fields": "deliverables, place"}


def test_an_open_post_waits_until_its_deadline_has_ended():
    job = make.job()

    assert (job.status, job.opened_at, job.due_at, job.next_at) == (
        "open",
        NOON,
        DEADLINE,
        DEADLINE,
    )


def test_writing_and_opening_in_one_step_leaves_nothing_behind_when_it_may_not_open():
    with pytest.raises(Refused, match=r"job\.incomplete"):
        commands.publish(None, by=make.hana(), at=NOON, terms=make.terms(title=""))
    assert not Job.objects.exists()

    job = commands.publish(None, by=make.hana(), at=NOON, terms=make.terms())
    assert job.status == "open"


def test_a_draft_is_changed_and_opened_in_one_step():
    draft = make.job("draft")

    job = commands.publish(draft.pk, by=draft.client, at=LATER, terms=make.terms(title="New"))

    assert (job.pk, job.status, job.title) == (draft.pk, "open", "New")
    assert events("job.edited") == []


def test_nobody_else_touches_a_post():
    job = make.job()
    sora = make.sora()

    for act in (commands.open, commands.close, commands.copy, commands.discard, commands.resume):
        with pytest.raises(Job.DoesNotExist):
            act(job.pk, by=sora, at=NOON)
    with pytest.raises(Job.DoesNotExist):
        commands.edit(job.pk, by=sora, at=NOON, terms=make.terms())


def test_applicants_of_an_open_post_read_the_difference():
    """JO6"""
    job = make.job()
    ren = make.proposal(to=job).worker
    title = job.title

    commands.edit(job.pk, by=job.client, at=LATER, terms=make.terms(title="New", headcount=2))

    [edited], [changed] = events("job.edited"), events("job.changed")
    assert edited.facts["difference"] == ["title", "headcount"]
    assert edited.facts["was"] == {"title": title, "headcount": 1}
    assert (changed.people, changed.facts["was"]) == ([ren.pk], edited.facts["was"])
    assert queries.edits_of(job.pk) == [
        queries.Edit(LATER, ("title", "headcount"), {"title": title, "headcount": 1})
    ]


def test_saving_without_a_change_tells_nobody():
    job = make.job()
    make.proposal(to=job)

    commands.edit(job.pk, by=job.client, at=LATER, terms=make.terms())

    assert events("job.edited") == []
    assert Job.objects.get(pk=job.pk).edited_at is None


def test_an_open_post_stays_complete():
    job = make.job()

    with pytest.raises(Refused, match=r"job\.incomplete"):
        commands.edit(job.pk, by=job.client, at=NOON, terms=make.terms(title=""))

    assert Job.objects.get(pk=job.pk).title == job.title


def test_a_new_deadline_moves_the_clock_of_the_post_and_of_its_applicants():
    job = make.job()
    sent = make.proposal(to=job)

    commands.edit(job.pk, by=job.client, at=LATER, terms=make.terms(apply_by=date(2026, 4, 20)))

    job.refresh_from_db()
    sent.refresh_from_db()
    assert job.due_at == DEADLINE + timedelta(days=5)
    assert sent.due_at == DEADLINE + timedelta(days=12)


def test_files_come_with_a_post_and_can_be_taken_out():
    job = commands.draft(
        by=make.hana(), at=NOON, terms=make.terms(), files=[paper("a"), paper("b")]
    )
    first, second = job.files.order_by("id")

    commands.edit(job.pk, by=job.client, at=NOON, terms=job.terms, drop=[first.pk])

    assert list(job.files.all()) == [second]


def test_an_attachment_added_to_an_open_post_is_a_change():
    job = make.job()

    commands.edit(job.pk, by=job.client, at=LATER, terms=make.terms(), files=[paper()])

    [edited] = events("job.edited")
    assert (edited.facts["difference"], edited.facts["was"]) == (["attachments"], {})


def test_a_copy_is_a_draft_with_the_same_terms_and_files_and_open_days():
    """JO9"""
    source = commands.draft(by=make.hana(), at=NOON, terms=make.terms(), files=[paper()])

    copy = commands.copy(source.pk, by=source.client, at=LATER)

    assert (copy.status, copy.title, copy.questions) == ("draft", source.title, source.questions)
    assert (copy.apply_by, copy.delivery_on) == (None, None)
    assert copy.files.get().file == source.files.get().file


def test_a_post_closes_by_itself_at_its_deadline_and_never_early():
    """JO4"""
    job = make.job()

    commands.tick(job.pk, at=DEADLINE - timedelta(microseconds=1))
    assert Job.objects.get(pk=job.pk).status == "open"

    commands.tick(job.pk, at=DEADLINE)
    job.refresh_from_db()
    assert (job.status, job.closed_at, job.next_at) == ("closed", DEADLINE, None)
    assert [event.people for event in events("job.closed")] == [[job.client_id]]


def test_a_paused_post_closes_at_its_deadline_too():
    job = walked("paused")

    commands.tick(job.pk, at=DEADLINE)

    assert Job.objects.get(pk=job.pk).status == "closed"


def test_a_closed_post_reopens_with_new_days_and_its_plan_moves_along():
    """JO9"""
    plan = (make.PlannedMilestone("All", 60_000, date(2026, 5, 15)),)
    job = make.job("closed", milestones=plan)

    commands.reopen(
        job.pk, by=job.client, at=LATER, apply_by=date(2026, 4, 20), delivery_on=date(2026, 5, 25)
    )

    job.refresh_from_db()
    assert (job.status, job.closed_at) == ("open", None)
    assert job.due_at == DEADLINE + timedelta(days=5)
    assert job.terms.milestones[0].due_on == date(2026, 5, 25)
    [edited] = events("job.edited")
    assert edited.facts["difference"] == ["milestones", "apply_by", "delivery_on"]


def test_a_closed_post_does_not_reopen_with_a_day_that_has_passed():
    job = make.job("closed")

    with pytest.raises(Refused, match=r"job\.incomplete"):
        commands.reopen(
            job.pk,
            by=job.client,
            at=NOON + timedelta(days=60),
            apply_by=date(2026, 4, 20),
            delivery_on=date(2026, 7, 1),
        )


def test_the_cap_on_applicants_pauses_the_post_and_tells_its_client():
    """JO9"""
    job = make.job(stop_after=2)
    make.proposal(to=job, worker=make.ren())
    assert Job.objects.get(pk=job.pk).status == "open"

    make.proposal(to=job, worker=make.sora())

    assert Job.objects.get(pk=job.pk).status == "paused"
    assert [event.people for event in events("job.paused")] == [[job.client_id]]


def test_resuming_lifts_the_cap():
    job = walked("paused")

    commands.resume(job.pk, by=job.client, at=LATER)

    job.refresh_from_db()
    assert (job.status, job.stop_after) == ("open", None)
    make.proposal(to=job, worker=make.sora())
    assert Job.objects.get(pk=job.pk).status == "open"


ACTS = {
    "open": lambda job: commands.open(job.pk, by=job.client, at=NOON),
    "close": lambda job: commands.close(job.pk, by=job.client, at=NOON),
    "discard": lambda job: commands.discard(job.pk, by=job.client, at=NOON),
    "resume": lambda job: commands.resume(job.pk, by=job.client, at=NOON),
    "reopen": lambda job: commands.reopen(
        job.pk, by=job.client, at=NOON, apply_by=job.apply_by, delivery_on=job.delivery_on
    ),
}
REFUSED = [(state, verb) for state, verb in JOB.refused if verb in ACTS]


@pytest.mark.parametrize(("state", "verb"), REFUSED)
def test_what_the_life_of_a_post_does_not_know_is_refused(state, verb):
    job = walked(state)

    if state == "discarded":  # to its client it is gone
        with pytest.raises(Job.DoesNotExist):
            ACTS[verb](job)
    else:
        with pytest.raises(Refused) as refused:
            ACTS[verb](job)
        assert refused.value.code == f"job.{verb}.{state}"

    assert Job.objects.get(pk=job.pk).status == state


@pytest.mark.parametrize("state", ["closed", "discarded"])
def test_what_is_over_is_not_edited(state):
    job = walked(state)

    if state == "discarded":
        with pytest.raises(Job.DoesNotExist):
            commands.edit(job.pk, by=job.client, at=NOON, terms=make.terms())
    else:
        with pytest.raises(Refused, match=r"job\.edit\.closed"):
            commands.edit(job.pk, by=job.client, at=NOON, terms=make.terms())


def test_a_public_question_is_read_by_all_and_a_private_one_by_two():
    """JO8, JO5"""
    job = make.job()
    ren, sora = make.ren(), make.sora()
    commands.ask(job.pk, by=ren, at=NOON, text="By video?")
    commands.ask(job.pk, by=ren, at=NOON, text="May I call?", is_public=False)

    def read(account):
        return [question.text for question in queries.questions_of(job, account)]

    assert read(job.client) == read(ren) == ["By video?", "May I call?"]
    assert read(sora) == ["By video?"]
    assert [event.people for event in events("job.question_asked")] == [[job.client_id]] * 2


def test_an_answer_is_given_once_and_by_the_client():
    job = make.job()
    question = commands.ask(job.pk, by=make.ren(), at=NOON, text="By video?")

    with pytest.raises(type(question).DoesNotExist):
        commands.answer(question.pk, by=make.sora(), at=NOON, text="No.")
    commands.answer(question.pk, by=job.client, at=LATER, text="Yes.")
    with pytest.raises(Refused, match=r"job\.answered_already"):
        commands.answer(question.pk, by=job.client, at=LATER, text="No.")

    question.refresh_from_db()
    assert (question.answer, question.answered_at) == ("Yes.", LATER)


def test_a_closed_post_takes_no_questions_and_ones_own_is_not_asked():
    job = make.job("closed")

    with pytest.raises(Refused, match=r"job\.ask\.closed"):
        commands.ask(job.pk, by=make.ren(), at=NOON, text="Still open?")
    with pytest.raises(Job.DoesNotExist):
        commands.ask(job.pk, by=job.client, at=NOON, text="Am I here?")


def test_a_look_at_the_address_is_logged_once_a_day_and_person():
    """JO5"""
    job = make.job()
    ren = make.ren()

    for at in (NOON, LATER, NOON + timedelta(days=1)):
        assert commands.show_address(job.pk, by=ren, at=at) == job.address
    commands.show_address(job.pk, by=job.client, at=NOON)

    assert list(AddressView.objects.order_by("on").values_list("viewer", "on")) == [
        (ren.pk, date(2026, 4, 1)),
        (ren.pk, date(2026, 4, 2)),
    ]
