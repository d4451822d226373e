"""ME1: threads, what is said in them, and who has read it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.messaging import commands, queries
from enishi.messaging.models import Message, MessageFile, Thread, ThreadMember
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana():
    return make.account("Hana", "client")


@pytest.fixture
def ren():
    return make.account("Ren")


@pytest.fixture
def thread(hana, ren):
    return commands.open_thread([hana, ren], at=NOON)


def unread(thread, account):
    return ThreadMember.objects.get(thread=thread, account=account).unread


def test_posting_gives_the_other_side_one_more_to_read(thread, hana, ren):
    commands.post(thread.pk, by=hana, at=NOON, body="One")
    commands.post(thread.pk, by=hana, at=NOON + timedelta(hours=1), body="Two")

    thread.refresh_from_db()
    assert (unread(thread, hana), unread(thread, ren)) == (0, 2)
    assert thread.last_message_at == NOON + timedelta(hours=1)
    assert queries.unread_total(ren.pk) == 2


def test_posting_is_on_record_for_both_sides(thread, hana, ren):
    message = commands.post(thread.pk, by=hana, at=NOON, body="Hello")

    event = Event.objects.get(name="message.posted")
    assert event.facts == {"message_id": message.pk}
    assert event.people == sorted([hana.pk, ren.pk])
    assert (event.subject_kind, event.subject_id) == ("thread", str(thread.pk))


def test_answering_reads_what_came_before(thread, hana, ren):
    commands.post(thread.pk, by=hana, at=NOON, body="One")
    commands.post(thread.pk, by=ren, at=NOON, body="Two")

    assert (unread(thread, hana), unread(thread, ren)) == (1, 0)


def test_line_breaks_are_kept_in_one_form(thread, hana):
    message = commands.post(thread.pk, by=hana, at=NOON, body="  a\r\nb\n ")

    assert message.body == "a\nb"


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "message.empty"), ("x" * 10_001, "message.too_long"), ("a\0", "message.nul")],
)
def test_a_message_that_says_nothing_or_too_much_is_refused(thread, hana, body, code):
    with pytest.raises(Refused, match=code):
        commands.post(thread.pk, by=hana, at=NOON, body=body)

    assert Message.objects.count() == 0


def test_a_stranger_can_neither_write_nor_read(thread, hana):
    commands.post(thread.pk, by=hana, at=NOON, body="Hello")
    sora = make.sora()

    with pytest.raises(Thread.DoesNotExist):
        commands.post(thread.pk, by=sora, at=NOON, body="Hello")
    with pytest.raises(ThreadMember.DoesNotExist):
        commands.read(thread.pk, by=sora, at=NOON)
    with pytest.raises(Thread.DoesNotExist):
        queries.messages(thread.pk, sora)
    assert not Thread.objects.seen_by(sora).exists()
    assert not Message.objects.seen_by(sora).exists()


def test_reading_up_to_a_message_leaves_the_later_ones_unread(thread, hana, ren):
    first = commands.post(thread.pk, by=hana, at=NOON, body="One")
    commands.post(thread.pk, by=hana, at=NOON, body="Two")

    commands.read(thread.pk, by=ren, at=NOON, up_to=first.pk)

    assert unread(thread, ren) == 1
    talk = queries.messages(thread.pk, hana)
    assert (talk.seen_id, talk.seen_at) == (first.pk, NOON)


def test_reading_again_changes_nothing_and_is_not_recorded(thread, hana, ren):
    commands.post(thread.pk, by=hana, at=NOON, body="One")
    commands.read(thread.pk, by=ren, at=NOON)
    commands.read(thread.pk, by=ren, at=NOON + timedelta(days=1))

    assert Event.objects.filter(name="message.read").count() == 1
    assert ThreadMember.objects.get(thread=thread, account=ren).read_at == NOON


def test_reading_cannot_reach_beyond_what_was_said(thread, hana, ren):
    commands.post(thread.pk, by=hana, at=NOON, body="One")
    commands.read(thread.pk, by=ren, at=NOON, up_to=10**15)
    commands.post(thread.pk, by=hana, at=NOON, body="Two")

    assert unread(thread, ren) == 1


def test_a_line_of_the_system_is_nobodys_to_read(thread, hana, ren):
    commands.say(thread.pk, at=NOON, line="The contract begins here.")

    assert (unread(thread, hana), unread(thread, ren)) == (0, 0)
    assert queries.messages(thread.pk, ren).messages[0].author is None


def test_files_come_with_their_message_and_only_to_its_readers(thread, hana, ren):
    """B10: attachments."""
    upload = SimpleUploadedFile("記事.txt", b"words")
    message = commands.post(thread.pk, by=ren, at=NOON, body="Here", files=[upload])

    attached = queries.messages(thread.pk, hana).messages[0].files
    assert [(one.name, one.size) for one in attached] == [("記事.txt", 5)]
    assert MessageFile.objects.seen_by(hana).get().message_id == message.pk
    assert not MessageFile.objects.seen_by(make.sora()).exists()


def test_a_thread_takes_no_more_files_than_its_limit(thread, ren, monkeypatch):
    """B10: 1 GB a thread, here 1 MB."""
    monkeypatch.setattr(settings, "RULES", replace(settings.RULES, contract_megabytes=1))
    half = b"x" * (600 * 1024)
    first = SimpleUploadedFile("a.bin", half)
    commands.post(thread.pk, by=ren, at=NOON, body="One", files=[first])

    second = SimpleUploadedFile("b.bin", half)
    with pytest.raises(Refused, match=r"message\.thread_full"):
        commands.post(thread.pk, by=ren, at=NOON, body="Two", files=[second])

    assert MessageFile.objects.count() == 1
    commands.post(thread.pk, by=ren, at=NOON, body="Words always fit")


@pytest.mark.parametrize("body", ["", " \n ", "x" * 10_001])
def test_the_database_refuses_what_the_command_would(thread, hana, body):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(thread=thread, author=hana, body=body, at=NOON)


def test_nobody_is_in_a_thread_twice(thread, hana):
    with pytest.raises(IntegrityError), transaction.atomic():
        ThreadMember.objects.create(thread=thread, account=hana)


def test_what_was_said_cannot_be_taken_away_with_a_thread(thread, hana):
    commands.post(thread.pk, by=hana, at=NOON, body="One")

    with pytest.raises(ProtectedError):
        thread.delete()


def test_inbox_and_thread_go_by_index(thread, hana):
    """L3: no sequential scan, however deep."""
    commands.post(thread.pk, by=hana, at=NOON, body="One")
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"set local enable_{way} = off")
        cursor.execute(
            "explain select id from messaging_threadmember where account_id = 1"
            " and last_message_id is not null and last_message_id < 9"
            " order by last_message_id desc limit 21"
        )
        inbox = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute(
            "explain select id from messaging_message where thread_id = 1 and id < 9"
            " order by id desc limit 21"
        )
        talk = "\n".join(row[0] for row in cursor.fetchall())
    assert "thread_inbox" in inbox
    assert "Sort" not in inbox
    assert "message_of_thread" in talk
    assert "Sort" not in talk
