"""The office's desk: it reads deals, money, clocks and mail; nobody else gets in."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enishi import wiring
from enishi.accounts import demo
from enishi.contracts.commands import offering
from enishi.kit import clock
from enishi.office import queries
from enishi.web.accounts import demo as shown
from enishi.web.states import state_word
from tests import make

pytestmark = pytest.mark.django_db

PAGES = ("office", "office_people", "office_deals", "office_money", "office_clocks", "office_mail")


@pytest.fixture
def office(client):
    """A signed-in operator, second factor given."""
    person = demo.join(demo.person("mio"), at=make.NOON, version="2026-11-22", language="en")
    client.post("/account/login/", {"login": person.email, "password": demo.PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": shown.code_of(person)})
    return client


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_desk_opens_and_is_in_the_navigation(office, name):
    make.contract("delivered", at=clock.now())

    answer = office.get(reverse(name))

    assert answer.status_code == 200
    assert f'href="{reverse(name)}" aria-current="page"' in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_finds_the_office(client, name):
    client.force_login(make.sora())

    assert client.get(reverse(name)).status_code == 404


def test_a_deal_is_read_from_its_record_without_its_conversation(office):
    contract = make.contract("delivered", at=clock.now())

    page = office.get(reverse("office_deal", args=[contract.pk])).content.decode()

    assert "¥60,000" in page
    assert "Hana offers the contract" in page
    assert 'id="talk"' not in page


def test_a_deal_is_not_there_for_strangers(client):
    contract = make.contract("active", at=clock.now())
    client.force_login(contract.worker)

    assert client.get(reverse("office_deal", args=[contract.pk])).status_code == 404


def test_what_falls_due_names_the_deal_and_both_sides(office):
    contract = make.contract("delivered", at=clock.now())

    page = office.get(reverse("office_clocks")).content.decode()

    assert reverse("office_deal", args=[contract.pk]) in page
    assert "Hana × Ren" in page
    assert "CL4" in page


@pytest.mark.parametrize("clock", wiring.CLOCKS, ids=lambda one: f"{one.subject}:{one.state}")
def test_whatever_waits_has_its_word_on_the_desk(clock):
    assert state_word(queries.CYCLES[clock.subject], clock.state).text
    assert clock.subject in queries.RELATED


def test_people_and_deals_are_found_by_a_part_of_a_name(office):
    make.contract("active", at=clock.now())

    people = office.get(reverse("office_people"), {"q": "ren"}).content.decode()
    deals = office.get(reverse("office_deals"), {"q": "nobody at all"}).content.decode()

    assert "ren@people.example" in people
    assert "hana@people.example" not in people
    assert "No deal found" in deals


def test_who_is_owed_money_without_a_bank_account_is_listed(office):
    """CL18"""
    make.contract("completed", price=11_000, at=clock.now())

    page = office.get(reverse("office_money")).content.decode()

    assert "The ledger is sound" in page
    assert "¥8,580" in page


def queries_of(client, name):
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as counted:
        client.get(reverse(name))
    return len(counted)


@pytest.mark.parametrize("name", ["office", "office_deals", "office_clocks", "office_people"])
def test_the_lists_cost_the_same_for_one_deal_and_for_many(office, name):
    make.contract("active", at=clock.now())
    few = queries_of(office, name)
    for number in range(12):
        job = make.job(client=make.account(f"Client{number}", "client"), at=clock.now())
        sent = make.proposal(to=job, at=clock.now())
        terms = make.offer_terms(at=clock.now())
        offering.offer(sent.pk, by=sent.client, at=clock.now(), terms=terms)

    assert queries_of(office, name) == few


@pytest.mark.django_db
def test_what_falls_due_at_the_same_moment_keeps_its_order():
    contracts = [make.contract("offered") for _ in range(3)]
    newest_written = contracts[0]
    newest_written.save()  # PostgreSQL would now find it last

    found = [due.contract_id for due in queries.clocks() if due.clock.rule == "CL11"]

    assert found == sorted(found)
    assert len(found) == len(contracts)
