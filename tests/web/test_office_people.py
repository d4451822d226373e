"""PE4: the office stops an account and lets it in again, from the page of the person."""

import pytest
from django.urls import reverse

from enishi.accounts import demo
from enishi.accounts.models import Account
from enishi.web.accounts import demo as shown
from tests import make

pytestmark = pytest.mark.django_db


def enter(client, key):
    """An office person signs in with password and code."""
    person = demo.join(demo.person(key), at=make.NOON, version="2026-11-22")
    client.post("/account/login/", {"login": person.email, "password": demo.PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": shown.code_of(person)})
    return person


def address(name, account):
    return reverse(name, args=[account.pk])


def test_an_operator_suspends_an_account_and_its_session_ends_at_once(client):
    ren, other = make.ren(), type(client)()
    other.force_login(ren)
    enter(client, "mio")

    client.post(address("office_suspension", ren), {"reason": "Reported twice"})

    ren.refresh_from_db()
    assert (ren.is_active, ren.suspension_reason) == (False, "Reported twice")
    assert other.get("/settings/").status_code == 302
    assert "Reported twice" in client.get(address("office_person", ren)).content.decode()


def test_a_suspension_without_a_reason_is_pointed_out(client):
    ren = make.ren()
    enter(client, "mio")

    answer = client.post(address("office_suspension", ren), {"reason": " "})

    assert answer.status_code == 422
    assert Account.objects.get(pk=ren.pk).is_active


def test_an_operator_lets_the_account_in_again(client):
    ren = make.ren()
    enter(client, "mio")
    client.post(address("office_suspension", ren), {"reason": "Reported twice"})

    client.post(address("office_restoration", ren), {"reason": "It was a mistake"})

    assert Account.objects.get(pk=ren.pk).is_active


@pytest.mark.parametrize("key", ["nao", "ren"])
def test_only_operators_may_do_so(client, key):
    """PE2: a treasurer moves money and decides no cases; a worker finds nothing."""
    sora = make.sora()
    person = demo.person(key)
    if person.grade:
        enter(client, key)
    else:
        client.force_login(make.ren())

    answer = client.post(address("office_suspension", sora), {"reason": "Because"})

    assert answer.status_code == 404
    assert Account.objects.get(pk=sora.pk).is_active
