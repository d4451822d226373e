"""C20: every list page asks the database as often for thirty rows as for a few of every kind."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enishi.accounts import demo
from enishi.events.models import Event
from enishi.kit import clock
from enishi.messaging import commands as messaging
from enishi.notifications import commands as notifications
from enishi.web.accounts import demo as shown
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
STATES = ("offered", "agreed", "active", "delivered", "completed")
LISTS = {
    "hana": [
        *("/desk/", "/contracts/", "/documents/", "/my/jobs/", "/messages/", "/notices/"),
        "/workers/",
    ],
    "ren": ["/desk/", "/contracts/", "/documents/", "/my/proposals/", "/messages/", "/notices/"],
    "nobody": ["/", "/jobs/", "/demo/mail/"],
    "mio": [
        *("/office/", "/office/people/", "/office/deals/", "/office/clocks/"),
        *("/office/mail/", "/office/money/"),
    ],
}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    monkeypatch.setattr(clock, "read", lambda: (NOON, False))


def one_of_each():
    """A deal in every state, an application that waits, a message, and what was told about it."""
    known = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for state in STATES:
        made = make.contract(state)
        messaging.post(made.thread_id, by=made.worker, at=NOON, body="Good morning")
    waiting = make.job()
    make.proposal(to=waiting)
    make.account(f"Guest{waiting.pk}")
    for event in Event.objects.filter(pk__gt=known).order_by("pk"):
        notifications.tell(event)


def entered(who):
    """A browser of their own; the first request of a session writes it down."""
    client = Client()
    if who == "mio":
        person = demo.join(demo.person("mio"), at=NOON, version="2026-11-22")
        client.post("/account/login/", {"login": person.email, "password": demo.PASSWORD})
        client.post("/account/2fa/authenticate/", {"code": shown.code_of(person)})
    elif who != "nobody":
        client.force_login(getattr(make, who)())
    costs(client, LISTS[who])
    return client


def costs(client, pages):
    found = {}
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(page)
        assert answer.status_code == 200, page
        found[page] = len(asked)
    return found


def test_a_longer_list_costs_no_more_queries():
    one_of_each()
    readers = {who: entered(who) for who in LISTS}
    few = {who: costs(reader, LISTS[who]) for who, reader in readers.items()}

    for _ in range(5):
        one_of_each()

    assert {who: costs(reader, LISTS[who]) for who, reader in readers.items()} == few
