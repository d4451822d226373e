"""T3, PE3: people of one organisation who act at the same instant act once, one after the other."""

import pytest
from django.db import connections

from enishi.contracts.commands import delivering
from enishi.contracts.models import Contract
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.organisations import commands
from enishi.organisations.models import Membership, StoodIn
from tests import make
from tests.make import NOON
from tests.office.test_act_races import at_once

from . import team


@pytest.fixture
def acme(market, monkeypatch):
    monkeypatch.setattr(make, "hana", team.acme)
    yield team.acme()
    connections.close_all()


def test_the_owner_and_the_stand_in_accept_once(acme):
    found = team.stand_in(acme)
    team.away(acme)
    deal = make.contract("delivered")
    part = make.milestone(deal)
    sides = [acme, team.acting(found)]

    said = at_once([lambda by=by: delivering.accept(part.pk, by=by, at=NOON) for by in sides])

    assert sorted(said) == ["done", "milestone.accept.accepted"]
    assert Event.objects.filter(name="milestone.accepted").count() == 1
    assert Contract.objects.get(pk=deal.pk).status == "completed"
    assert ledger.verify() == []


def test_two_members_named_at_once_leave_one_stand_in(acme):
    people = [team.member(acme, "Tanaka"), team.member(acme, "Suzuki")]

    at_once([lambda pk=one.pk: commands.name_stand_in(pk, by=acme, at=NOON) for one in people])

    assert Membership.objects.exclude(stands_in_since=None).count() == 1
    assert StoodIn.objects.count() == 1


def test_an_invitation_accepted_and_withdrawn_at_once_ends_one_way(acme):
    person = make.account("Tanaka")
    team.trusted(person)
    asked = team.invited(acme, person.email)

    said = at_once(
        [
            lambda: commands.join(asked.pk, by=person, at=NOON, is_other_side=False),
            lambda: commands.withdraw(asked.pk, by=acme, at=NOON),
        ]
    )

    status = Membership.objects.get(pk=asked.pk).status
    refused = "membership.withdraw.active" if status == "active" else "membership.join.withdrawn"
    assert said == sorted(["done", refused])


def test_one_address_invited_by_two_at_once_is_invited_once(acme):
    found = team.stand_in(acme)
    team.away(acme)
    sides = [acme, team.acting(found)]

    said = at_once([lambda by=by: team.invited(by, "new@people.example") for by in sides])

    assert said == ["done", "membership.invited_already"]
