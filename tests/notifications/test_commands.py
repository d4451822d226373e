"""TE1, B15: who is told, in the list and by mail."""

from datetime import timedelta

import pytest
from django.conf import settings

from enishi import wiring
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.messaging import commands as messaging
from enishi.notifications import commands, mailing, queries
from enishi.notifications.models import Notice, OutgoingMail
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana():
    return make.account("Hana", "client", language="ja")


@pytest.fixture
def ren():
    return make.account("Ren")


def happened(name, subject, *, by=None, people=(), at=NOON, **facts):
    event = record(name, subject, by=by, at=at, people=people, **facts)
    commands.tell(event)
    return event


def told(account):
    return list(Notice.objects.filter(account=account).values_list("kind", flat=True))


def mails(account):
    return list(OutgoingMail.objects.filter(account=account).order_by("id"))


def test_everyone_concerned_is_told_except_who_did_it(hana, ren):
    happened("contract.completed", hana, by=hana, people=[hana, ren], title="Three articles")

    assert told(hana) == []
    assert told(ren) == ["contract.completed"]
    assert [mail.to for mail in OutgoingMail.objects.all()] == [ren.email]


def test_what_the_clock_did_is_told_to_all(hana, ren):
    happened("contract.lapsed", hana, people=[hana, ren], title="Three articles")

    assert (told(hana), told(ren)) == (["contract.lapsed"], ["contract.lapsed"])


def test_a_mail_is_in_its_readers_language_with_the_next_step_and_the_due_time(hana, ren):
    facts = {
        "title": "Three articles",
        "client": "Hana",
        "worker": "Ren",
        "client_id": hana.pk,
        "worker_id": ren.pk,
        "milestone_title": "First draft",
        "due": "2026-11-26T15:00:00+00:00",
    }
    happened("milestone.delivered", hana, by=ren, people=[hana, ren], **facts)

    (mail,) = mails(hana)
    assert mail.subject == "Renさんが「First draft」を納品しました"
    assert "検収をお願いします。" in mail.text
    assert "2026年11月26日(木) 24:00" in mail.text
    assert settings.URL in mail.text
    assert settings.URL in mail.html
    assert (mail.language, mail.created_at) == ("ja", NOON)


def test_what_a_person_wrote_is_quoted_and_harmless_in_a_mail(hana, ren):
    reason = "Too long.\n<script>alert(1)</script>"
    happened("contract.declined", hana, by=ren, people=[hana], title="<b>T</b>", reason=reason)

    (mail,) = mails(hana)
    assert "> Too long.\n> <script>" in mail.text
    assert "<script>" not in mail.html
    assert "<b>T</b>" not in mail.html


def test_a_payment_that_failed_leads_to_its_deal():
    contract = make.contract("agreed")
    client = contract.client
    facts = {"purpose_kind": "milestone", "purpose_id": make.milestone(contract).pk}
    facts |= {"amount": 60_000, "failure_code": "card_declined"}
    happened("payment.failed", client, people=[client], **facts)

    mail = mails(client)[-1]
    assert contract.title in mail.text
    assert f"/contracts/{contract.pk}/" in mail.text


def test_telling_twice_tells_once(hana, ren):
    event = happened("contract.lapsed", hana, people=[ren], title="T")
    Notice.objects.bulk_create(
        [Notice(account=ren, event=event, kind=event.name, at=NOON)], ignore_conflicts=True
    )

    assert told(ren) == ["contract.lapsed"]


def test_a_closed_account_is_left_alone_and_a_suspended_one_is_told_why(hana, ren):
    """PE4, PE6."""
    hana.is_active, hana.closed_at = False, NOON
    hana.save()
    ren.is_active, ren.suspended_at, ren.suspension_reason = False, NOON, "Fees were asked."
    ren.save()

    happened("account.suspended", ren, people=[hana, ren], reason="Fees were asked.")

    assert told(hana) == []
    (mail,) = mails(ren)
    assert "> Fees were asked." in mail.text


def test_an_event_without_words_tells_nobody(hana, ren):
    happened("profile.worker_presented", hana, people=[ren])

    assert told(ren) == []


def test_events_of_a_simulated_past_write_no_mail(hana, ren):
    """B17."""
    with mailing.without_mail():
        happened("contract.lapsed", hana, people=[ren], title="T")

    assert told(ren) == ["contract.lapsed"]
    assert mails(ren) == []


def write(thread, by, body="Hello", at=NOON):
    message = messaging.post(thread.pk, by=by, at=at, body=body)
    event = Event.objects.get(name="message.posted", facts__message_id=message.pk)
    commands.tell(event)
    return message


def test_messages_make_one_notice_and_one_mail_until_the_thread_is_read(hana, ren):
    thread = messaging.open_thread([hana, ren], at=NOON)
    write(thread, hana, "One")
    latest = write(thread, hana, "Two")

    (notice,) = Notice.objects.filter(account=ren)
    assert notice.event.facts["message_id"] == latest.pk
    (mail,) = mails(ren)
    assert "> One" in mail.text

    messaging.read(thread.pk, by=ren, at=NOON)
    assert queries.unread_count(ren.pk) == 0

    write(thread, hana, "Three")
    assert len(mails(ren)) == 2
    assert queries.unread_count(ren.pk) == 1


def test_answering_a_thread_settles_its_notice(hana, ren):
    thread = messaging.open_thread([hana, ren], at=NOON)
    write(thread, hana)

    messaging.post(thread.pk, by=ren, at=NOON, body="Yes")

    assert queries.unread_count(ren.pk) == 0


def test_who_saw_the_message_live_is_not_mailed_about_it(hana, ren):
    thread = messaging.open_thread([hana, ren], at=NOON)
    message = messaging.post(thread.pk, by=hana, at=NOON, body="Hello")
    messaging.read(thread.pk, by=ren, at=NOON)

    commands.tell(Event.objects.get(name="message.posted", facts__message_id=message.pk))

    assert (told(ren), mails(ren)) == ([], [])


def test_threads_do_not_silence_each_other(hana, ren):
    sora = make.sora()
    write(messaging.open_thread([hana, ren], at=NOON), hana)
    write(messaging.open_thread([sora, ren], at=NOON), sora)

    assert len(mails(ren)) == 2
    assert queries.unread_count(ren.pk) == 2


def test_the_list_is_read_down_from_where_it_was_seen(hana, ren):
    for number in range(3):
        at = NOON + timedelta(hours=number)
        happened("contract.lapsed", hana, people=[ren], title=str(number), at=at)
    newest = queries.notices(ren, "en").lines[0]
    second = queries.notices(ren, "en").lines[1]

    commands.read(by=ren, at=NOON, up_to=second.id)

    assert [line.is_unread for line in queries.notices(ren, "en").lines] == [True, False, False]
    assert newest.letter.title == "The offer “2” lapsed without an answer"


def test_nobody_reads_the_list_of_another(hana, ren):
    happened("contract.lapsed", hana, people=[ren], title="T")
    commands.read(by=hana, at=NOON, up_to=10**15)

    assert queries.unread_count(ren.pk) == 1
    assert queries.notices(hana, "en").lines == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_twice_however_long_it_is(hana, ren, count, django_assert_num_queries):
    """C20, L2."""
    for number in range(count):
        happened("contract.declined", hana, by=hana, people=[ren], title=str(number))

    with django_assert_num_queries(2):
        queries.notices(ren, "en")


EMPTY = ["title", "amount", "net", "refunded", "due", "due_on", "answer_by", "difference", "reason"]
TOLD = [name for name, paths in wiring.LATER.items() if wiring.TELL in paths]


@pytest.mark.parametrize("facts", [{}, dict.fromkeys([*EMPTY, "message_id", "purpose_id"])])
@pytest.mark.parametrize("name", TOLD)
def test_an_event_that_lacks_facts_is_told_all_the_same(hana, ren, name, facts):
    """A job that fails for ever would tell nobody; a plain word stands for what is missing."""
    happened(name, hana, people=[hana, ren], purpose_kind="milestone", **facts)

    if name != "message.posted":  # without its message there is nothing to tell
        assert told(ren) == [name]
        assert "None" not in mails(ren)[0].subject + mails(ren)[0].text
