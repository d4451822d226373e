"""VE1: documents are handed in, looked at for a reason, decided by somebody else, and erased."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from enishi.accounts.models import Consent
from enishi.events.models import Event
from enishi.kit.days import business_days_after, day_of
from enishi.kit.errors import Refused
from enishi.verification import queries, sweeping
from enishi.verification.commands import asking, deciding, ending, rotating
from enishi.verification.models import Look, SealedPicture, Verification, View
from tests import make
from tests.make import NOON

from .papers import approved, color_at, look, seen, submitted, upload

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _office():
    make.mio()
    make.nao()


def events(name):
    return list(Event.objects.filter(name=f"verification.{name}").order_by("pk"))


def files(sealed):
    return [path for path in sealed.rglob("*") if path.is_file()]


def test_documents_wait_for_the_office_sealed(sealed):
    asked = submitted(files=[upload(), upload(name="back.jpg")])

    assert asked.status == "submitted"
    assert asked.due_at == business_days_after(NOON, 5)
    assert [one.position for one in asked.pictures.order_by("position")] == [0, 1]
    assert len(files(sealed)) == 2
    (event,) = events("submitted")
    assert make.mio().pk in event.people
    assert "licence" not in str(event.facts)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"paper": "number_card_back"}, "verification.paper_never"),
        ({"paper": "number_notice"}, "verification.paper_never"),
        ({"paper": "library_card"}, "verification.paper_unknown"),
        ({"kind": "qualification", "title": "  "}, "verification.title_missing"),
        ({"kind": "business", "number": "T1234567890123"}, "verification.number_wrong"),
        ({"kind": "phone"}, "verification.kind_unknown"),
    ],
)
def test_what_is_not_to_be_handed_in_is_refused_and_nothing_is_kept(facts, code, sealed):
    with pytest.raises(Refused) as refused:
        submitted(**facts)

    assert refused.value.code == code
    assert files(sealed) == []
    assert not Verification.objects.exists()


def test_an_invoice_number_with_a_sound_check_digit_is_taken_in_any_width():
    asked = submitted("business", number="Ｔ６０１０００１０００００１")

    assert asked.number == "T6010001000001"


def test_one_request_of_a_kind_waits_at_a_time(sealed):
    submitted()

    with pytest.raises(Refused, match="waits_already"):
        submitted()
    assert len(files(sealed)) == 1
    submitted("qualification", title="Registered translator")
    submitted("qualification", title="Bookkeeper")


def test_a_request_that_lost_a_race_leaves_no_bytes(sealed, monkeypatch):
    submitted()
    monkeypatch.setattr(asking, "_check", lambda *a, **k: None)

    with pytest.raises(Refused, match="waits_already"):
        submitted()
    assert len(files(sealed)) == 1


def test_an_approval_is_shown_with_its_day_and_nothing_else():
    ren = make.ren()
    approved(by=ren)

    found = queries.checks([ren.pk, make.sora().pk])

    assert found == {ren.pk: {"identity": day_of(NOON)}, make.sora().pk: {}}
    assert [event.people for event in events("approved")] == [[ren.pk]]


def test_checks_are_one_query_however_many_people(django_assert_num_queries):
    ids = [make.account(f"Person {n}").pk for n in range(30)]
    with django_assert_num_queries(1):
        queries.checks(ids[:1])
    with django_assert_num_queries(1):
        queries.checks(ids)


def test_a_rejection_says_why_and_what_to_do_and_another_may_be_handed_in():
    asked = submitted()
    with pytest.raises(Refused, match="reason_missing"):
        deciding.reject(asked.pk, by=make.mio(), at=NOON, reason="  ")

    done = deciding.reject(asked.pk, by=make.mio(), at=NOON, reason="The name cannot be read.")

    assert (done.status, done.decision) == ("rejected", "The name cannot be read.")
    assert events("rejected")[0].facts["reason"] == "The name cannot be read."
    assert submitted().status == "submitted"


def test_nobody_decides_about_themselves_and_only_operators_decide():
    mine = submitted(by=make.mio())
    with pytest.raises(Refused, match=r"verification\.own"):
        deciding.approve(mine.pk, by=make.mio(), at=NOON)
    with pytest.raises(Refused, match="not_operator"):
        deciding.approve(mine.pk, by=make.nao(), at=NOON)
    for column in ("decided_by", "ended_by"):
        with pytest.raises(IntegrityError, match="decided_by_another"), transaction.atomic():
            Verification.objects.filter(pk=mine.pk).update(**{column: make.mio()})


def test_what_was_decided_is_not_decided_again():
    done = approved()

    for act in (
        lambda: deciding.approve(done.pk, by=make.mio(), at=NOON),
        lambda: deciding.reject(done.pk, by=make.mio(), at=NOON, reason="No."),
        lambda: asking.retract(done.pk, by=make.ren(), at=NOON),
    ):
        with pytest.raises(Refused, match="approved"):
            act()


def test_a_newer_approval_takes_the_place_of_the_older():
    ren = make.ren()
    older = approved(by=ren)
    newer = approved(by=ren, at=NOON + A_DAY)

    older.refresh_from_db()
    assert (older.status, newer.status) == ("expired", "approved")
    assert queries.checks([ren.pk])[ren.pk]["identity"] == day_of(NOON + A_DAY)
    assert events("expired")[0].people == []


def test_the_office_takes_a_check_back_at_once_with_a_reason():
    ren = make.ren()
    done = approved(by=ren)
    with pytest.raises(Refused, match="reason_missing"):
        deciding.withdraw(done.pk, by=make.mio(), at=NOON, reason="")

    gone = deciding.withdraw(done.pk, by=make.mio(), at=NOON, reason="The licence was forged.")

    assert (gone.status, gone.due_at) == ("withdrawn", None)
    assert queries.checks([ren.pk]) == {ren.pk: {}}
    (event,) = events("withdrawn")
    assert (event.people, event.facts["check"]) == ([ren.pk], "identity")


def test_overdue_tells_all_operators_and_the_person_a_new_date():
    """CL16: never decided by silence."""
    second = make.account("Second", office_grade="operator")
    asked = submitted()
    due = asked.due_at

    ending.tick(asked.pk, at=due - timedelta(seconds=1))
    assert events("overdue") == []
    ending.tick(asked.pk, at=due)
    ending.tick(asked.pk, at=due)

    asked.refresh_from_db()
    assert (asked.status, asked.due_at) == ("submitted", business_days_after(due, 5))
    (told,) = events("overdue")
    assert told.people == sorted([make.mio().pk, second.pk])
    (said,) = events("postponed")
    assert (said.people, said.facts["due"]) == ([make.ren().pk], asked.due_at.isoformat())
    ending.tick(asked.pk, at=asked.due_at)
    assert len(events("overdue")) == 2


def test_a_check_by_documents_grows_old_after_a_reminder():
    done = approved()
    soon = done.due_at - timedelta(days=30)

    ending.tick(done.pk, at=soon)
    done.refresh_from_db()
    assert (done.status, len(events("reminded"))) == ("approved", 1)
    ending.tick(done.pk, at=done.due_at)
    done.refresh_from_db()
    assert (done.status, len(events("expired"))) == ("expired", 1)
    assert queries.checks([make.ren().pk]) == {make.ren().pk: {}}


def test_the_pictures_go_thirty_days_after_the_decision_and_the_result_stays(
    sealed, django_capture_on_commit_callbacks
):
    """P2."""
    done = approved()
    (picture,) = done.pictures.all()
    assert picture.due_at == NOON + timedelta(days=30)
    ending.tick_picture(picture.pk, at=picture.due_at - timedelta(seconds=1))
    assert len(files(sealed)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        ending.tick_picture(picture.pk, at=picture.due_at)

    picture.refresh_from_db()
    assert (picture.status, bytes(picture.wrapped)) == ("erased", b"")
    assert files(sealed) == []
    done.refresh_from_db()
    assert done.status == "approved"
    with pytest.raises(Refused, match=r"look\.erased"):
        look(picture)


def test_a_request_that_is_taken_back_is_erased_at_once(sealed, django_capture_on_commit_callbacks):
    asked = submitted()
    with pytest.raises(Verification.DoesNotExist):
        asking.retract(asked.pk, by=make.sora(), at=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        asking.retract(asked.pk, by=make.ren(), at=NOON)

    assert files(sealed) == []
    assert asked.pictures.get().status == "erased"


def test_who_leaves_takes_documents_along(sealed, django_capture_on_commit_callbacks):
    from enishi.accounts import commands as accounts

    ren = make.ren()
    asking.pledge(by=ren, at=NOON, version="2026-11-29")
    approved(by=ren)
    submitted("business", by=ren)

    with django_capture_on_commit_callbacks(execute=True):
        accounts.close(by=ren, at=NOON, still_open=lambda _: [])

    assert files(sealed) == []
    assert queries.checks([ren.pk]) == {ren.pk: {}}
    assert {one.status for one in SealedPicture.objects.all()} == {"erased"}


def test_the_database_keeps_no_key_of_what_is_erased():
    (picture,) = submitted().pictures.all()

    with pytest.raises(IntegrityError, match="picture_erased_has_no_key"), transaction.atomic():
        SealedPicture.objects.filter(pk=picture.pk).update(status="erased", erased_at=NOON)


def test_bytes_without_a_row_are_swept_and_others_stay(sealed):
    (kept,) = submitted().pictures.all()
    lost = sealed / "ab" / str(uuid4())
    lost.parent.mkdir(exist_ok=True)
    lost.write_bytes(b"sealed")

    assert sweeping.sweep() == 0
    assert sweeping.sweep(older_than=-1) == 1
    assert files(sealed) == [kept.path]


def test_a_crash_between_key_and_bytes_leaves_bytes_that_the_sweep_takes(sealed):
    asked = submitted()
    asking.retract(asked.pk, by=make.ren(), at=NOON)  # nothing after the commit has run

    assert len(files(sealed)) == 1
    assert sweeping.sweep() == 1
    assert files(sealed) == []


def test_a_picture_is_shown_once_to_who_asked_and_each_view_is_a_row():
    """P1: audit count = view count."""
    (picture,) = submitted().pictures.all()
    asked = look(picture)
    assert (View.objects.count(), len(events("opened"))) == (0, 0)

    shown = seen(asked)

    assert color_at(shown, 0.5, 0.2) == "red"
    assert (View.objects.count(), len(events("opened"))) == (1, 1)
    assert events("opened")[0].facts["reason"] == "To compare the name"
    with pytest.raises(Refused, match=r"look\.over"):
        seen(asked)
    assert (View.objects.count(), len(events("opened"))) == (1, 1)


def test_a_link_is_one_persons_and_lives_for_a_minute_of_real_time():
    (picture,) = submitted().pictures.all()
    asked = look(picture)
    second = make.account("Second", office_grade="operator")

    with pytest.raises(Look.DoesNotExist):
        seen(asked, by=second)
    with pytest.raises(Refused, match=r"look\.over"):
        seen(asked, real=NOON + timedelta(seconds=60))
    assert seen(asked, at=NOON + A_DAY, real=NOON + timedelta(seconds=59))


@pytest.mark.parametrize(
    ("who", "code"),
    [("ren", "look.not_allowed"), ("reader", "look.not_allowed"), ("nao", "")],
)
def test_operators_and_treasurers_open_documents(who, code):
    (picture,) = submitted().pictures.all()
    reader = make.account("Reader", office_grade="reader")
    by = reader if who == "reader" else getattr(make, who)()
    if not code:
        assert look(picture, by=by)
        return
    with pytest.raises(Refused) as refused:
        look(picture, by=by)
    assert refused.value.code == code


def test_nobody_opens_their_own_and_nothing_is_opened_without_a_reason():
    (mine,) = submitted(by=make.mio()).pictures.all()
    (other,) = submitted().pictures.all()

    with pytest.raises(Refused, match=r"look\.own"):
        look(mine)
    with pytest.raises(Refused, match=r"look\.reason_missing"):
        look(other, reason="   ")
    with pytest.raises(IntegrityError, match="look_has_a_reason"), transaction.atomic():
        Look.objects.create(picture=other, by=make.mio(), at=NOON, until=NOON, reason="")


def test_a_person_of_the_office_opens_so_many_a_day(settings):
    from dataclasses import replace

    settings.RULES = replace(settings.RULES, document_views_a_day=2)
    (picture,) = submitted().pictures.all()
    look(picture)
    look(picture)

    with pytest.raises(Refused, match=r"look\.too_many"):
        look(picture)
    assert look(picture, by=make.nao())
    assert look(picture, at=NOON + A_DAY)


@pytest.mark.parametrize("table", ["verification_look", "verification_view"])
@pytest.mark.parametrize(
    "act", ["delete from {}", "update {} set at = now()", "truncate {} cascade"]
)
def test_what_was_opened_is_never_unsaid(table, act):
    (picture,) = submitted().pictures.all()
    seen(look(picture))

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(act.format(table))


def test_the_pledge_stands_at_once_with_its_version_and_a_new_version_takes_its_place():
    ren = make.ren()
    first = asking.pledge(by=ren, at=NOON, version="2026-11-29")
    again = asking.pledge(by=ren, at=NOON + A_DAY, version="2026-11-29")
    newer = asking.pledge(by=ren, at=NOON + A_DAY, version="2027-01-01")

    assert first.pk == again.pk != newer.pk
    assert [one.version for one in Consent.objects.filter(text="pledge").order_by("pk")] == [
        "2026-11-29",
        "2027-01-01",
    ]
    assert queries.checks([ren.pk])[ren.pk] == {"confidentiality": day_of(NOON + A_DAY)}


def test_keys_are_wrapped_anew_under_the_markets_new_key(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (picture,) = submitted().pictures.all()
    settings.DOCUMENT_KEY_FALLBACKS = [(tmp_path / "document_key").read_text()]
    settings.DOCUMENT_KEY = "cd" * 32

    assert rotating.rewrap() == 1
    assert rotating.rewrap() == 0
    settings.DOCUMENT_KEY_FALLBACKS = []
    assert seen(look(picture))


def test_where_the_bytes_are_missing_the_office_is_told_to_ask_again(sealed):
    """A restored market has the rows of its backup, and no documents."""
    (picture,) = submitted().pictures.all()
    picture.path.unlink()
    asked = look(picture)

    with pytest.raises(Refused, match=r"look\.unreadable"):
        seen(asked)
    assert not View.objects.exists()
