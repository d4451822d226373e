"""PE3: who is told of an invitation, and what a stand-in is told while the owner is on leave."""

from datetime import timedelta

import pytest
from django.conf import settings

from enishi.accounts import commands as accounts
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.messaging import commands as messaging
from enishi.notifications import commands as notifications
from enishi.notifications import inviting, queries
from enishi.notifications.models import Notice, OutgoingMail
from tests import make
from tests.make import NOON
from tests.organisations import team

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme():
    return team.acme()


def told(event):
    notifications.tell(event)
    inviting.invite(event) if event.name == "membership.invited" else None
    return {mail.to: mail for mail in OutgoingMail.objects.filter(created_at=event.at)}


def last(name):
    return Event.objects.filter(name=name).latest("id")


def happened(acme, *, by=None, member=None, at=NOON):
    worker = make.ren()
    return record(
        "proposal.withdrawn",
        worker,
        by=by,
        at=at,
        people=[acme, worker],
        title="An article",
        client_id=acme.pk,
        worker_id=worker.pk,
    )


def test_an_address_without_an_account_gets_the_link_in_the_language_of_the_organisation(acme):
    asked = team.invited(acme, "new@people.example")

    mails = told(last("membership.invited"))

    mail = mails["new@people.example"]
    assert mail.subject == "Acme invites you to act for them"
    assert f"{settings.URL}/invitations/{asked.pk}/" in mail.text
    assert list(mails) == ["new@people.example"]


def test_an_account_gets_it_in_its_list_and_one_mail(acme):
    person = make.account("Tanaka", language="ja")
    team.invited(acme, person.email)

    mails = told(last("membership.invited"))

    assert list(mails) == [person.email]
    assert mails[person.email].language == "ja"
    assert [notice.kind for notice in Notice.objects.filter(account=person)] == [
        "membership.invited"
    ]


def test_nobody_writes_to_an_account_that_was_stopped(acme):
    person = make.account("Tanaka")
    accounts.suspend(person.pk, by=None, at=NOON, reason="A test.")
    team.invited(acme, person.email)

    assert told(last("membership.invited")) == {}


def test_the_stand_in_is_told_while_the_owner_is_on_leave_and_only_then(acme):
    found = team.stand_in(acme)

    before = told(happened(acme))
    team.away(acme)
    during = told(happened(acme, at=NOON + timedelta(minutes=1)))
    after = told(happened(acme, at=NOON + timedelta(days=2)))

    assert [found.account.email in mails for mails in (before, during, after)] == [
        False,
        True,
        False,
    ]
    assert acme.email in during
    mail = during[found.account.email]
    assert "you stand in for the owner of Acme" in mail.text
    assert f"{settings.URL}/acting/?next=" in mail.text


def test_the_list_of_a_stand_in_says_for_whom(acme):
    found = team.stand_in(acme)
    team.away(acme)
    notifications.tell(happened(acme))

    (line,) = [
        one
        for one in queries.notices(found.account, "en").lines
        if one.kind == "proposal.withdrawn"
    ]

    assert "you stand in for the owner of Acme" in line.letter.due
    assert line.letter.path.startswith("/acting/?next=")


def test_who_did_it_is_not_told_of_it(acme):
    found = team.stand_in(acme)
    team.away(acme)

    mails = told(happened(acme, by=team.acting(found)))

    assert found.account.email not in mails


def test_a_question_reaches_the_stand_in_once_until_it_is_read(acme):
    found = team.stand_in(acme)
    team.away(acme)
    worker = make.ren()
    thread = messaging.open_thread([acme, worker], at=NOON)
    for words in ("A question", "And another"):
        messaging.post(thread.pk, by=worker, at=NOON, body=words)
        notifications.tell(last("message.posted"))

    mails = OutgoingMail.objects.filter(account=found.account, event__name="message.posted")
    assert mails.count() == 1


def test_a_letter_names_the_member_and_the_organisation(acme):
    found = team.member(acme)
    worker = make.ren()
    thread = messaging.open_thread([acme, worker], at=NOON)
    messaging.post(thread.pk, by=team.acting(found), at=NOON, body="Good morning")

    mails = told(last("message.posted"))

    assert mails[worker.email].subject == "Tanaka of Acme wrote you a message"
