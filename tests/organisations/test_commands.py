"""PE3: who is invited, joins, stands in and leaves; and what PostgreSQL refuses by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.accounts import commands as accounts
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.organisations import commands, queries
from enishi.organisations.models import Membership, StoodIn
from tests import make
from tests.make import NOON

from . import team

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=14)


@pytest.fixture
def acme():
    return team.acme()


def events():
    names = Event.objects.filter(name__startswith="membership.").order_by("id")
    return list(names.values_list("name", flat=True))


def test_whoever_is_invited_and_joins_acts_for_the_organisation(acme):
    found = team.member(acme)

    assert found.status == "active"
    assert found.due_at is None
    assert [one.account.name for one in queries.members(acme.pk)] == ["Tanaka"]
    assert events() == ["membership.invited", "membership.joined"]


def test_what_a_member_does_is_recorded_with_the_person_and_for_whom(acme):
    found = team.member(acme)

    made = team.invited(team.acting(found), "new@people.example")

    event = Event.objects.get(name="membership.invited", subject_id=str(made.pk))
    assert (event.by_id, event.member_id) == (acme.pk, found.account_id)


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("ACME@people.example", "membership.oneself"),
        ("tanaka@people.example", "membership.active_already"),
        ("Waiting@people.example", "membership.invited_already"),
    ],
)
def test_nobody_is_invited_twice_and_nobody_invites_themself(acme, email, code):
    team.member(acme)
    team.invited(acme, "waiting@people.example")

    with pytest.raises(Refused, match=code):
        team.invited(acme, email)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"is_business": False, "works": False}, "membership.not_a_business"),
        ({"is_business": True, "works": True}, "membership.organisation_works"),
    ],
)
def test_only_an_organisation_that_only_orders_has_members(acme, facts, code):
    with pytest.raises(Refused, match=code):
        commands.invite(by=acme, at=NOON, email="a@people.example", **facts)


def test_an_organisation_has_so_many_members_at_most(acme, settings):
    for number in range(settings.RULES.members_most):
        team.invited(acme, f"{number}@people.example")

    with pytest.raises(Refused, match=r"membership\.too_many"):
        team.invited(acme, "one-more@people.example")


def test_only_the_holder_of_the_address_answers_an_invitation(acme):
    asked = team.invited(acme, "tanaka@people.example")

    for verb in (commands.decline, commands.join):
        more = {"is_other_side": False} if verb is commands.join else {}
        with pytest.raises(Membership.DoesNotExist):
            verb(asked.pk, by=make.sora(), at=NOON, **more)


def test_an_address_nobody_has_confirmed_does_not_join(acme):
    person = make.account("Tanaka")
    asked = team.invited(acme, person.email)

    with pytest.raises(Refused, match=r"membership\.mail_unverified"):
        commands.join(asked.pk, by=person, at=NOON, is_other_side=False)


@pytest.mark.parametrize(
    ("fields", "is_other_side", "code"),
    [
        ({"office_grade": "reader"}, False, "membership.office"),
        ({}, True, "membership.other_side"),
    ],
)
def test_who_could_judge_their_own_case_does_not_join(acme, fields, is_other_side, code):
    person = make.account("Tanaka", **fields)
    accounts.trust_email(person.pk)
    asked = team.invited(acme, person.email)

    with pytest.raises(Refused, match=code):
        commands.join(asked.pk, by=person, at=NOON, is_other_side=is_other_side)


def test_a_stopped_organisation_takes_nobody_in(acme):
    person = make.account("Tanaka")
    accounts.trust_email(person.pk)
    asked = team.invited(acme, person.email)
    accounts.suspend(acme.pk, by=None, at=NOON, reason="A test.")

    with pytest.raises(Refused, match=r"membership\.organisation_stopped"):
        commands.join(asked.pk, by=person, at=NOON, is_other_side=False)


def test_an_invitation_nobody_answers_lapses_on_its_day_and_not_before(acme):
    person = make.account("Tanaka")
    accounts.trust_email(person.pk)
    asked = team.invited(acme, person.email)

    commands.tick(asked.pk, at=asked.due_at - timedelta(seconds=1))
    assert queries.invited(acme.pk) == [asked]
    with pytest.raises(Refused, match=r"membership\.join\.lapsed"):
        commands.join(asked.pk, by=person, at=asked.due_at, is_other_side=False)
    commands.tick(asked.pk, at=asked.due_at)
    commands.tick(asked.pk, at=asked.due_at)

    assert Membership.objects.get(pk=asked.pk).status == "lapsed"
    assert events().count("membership.lapsed") == 1


def test_a_declined_address_can_be_invited_again(acme):
    person = make.account("Tanaka")
    asked = team.invited(acme, person.email)

    commands.decline(asked.pk, by=person, at=NOON)

    assert team.invited(acme, person.email).status == "invited"


def test_a_removed_member_has_no_way_in_with_the_same_commit(acme):
    found = team.member(acme)
    person = found.account

    commands.remove(found.pk, by=acme, at=NOON)

    assert queries.acting(found.pk, person, at=NOON) is None
    assert queries.members(acme.pk) == []


def test_nobody_acts_for_a_stopped_organisation(acme):
    found = team.member(acme)
    accounts.suspend(acme.pk, by=None, at=NOON, reason="A test.")

    assert queries.acting(found.pk, found.account, at=NOON) is None


def test_a_stopped_stand_in_stands_in_for_nobody(acme):
    found = team.stand_in(acme)
    accounts.suspend(found.account.pk, by=None, at=NOON, reason="A test.")

    assert queries.stand_in_of(acme.pk) is None


def test_a_member_of_one_organisation_changes_nothing_of_another(acme):
    found = team.member(acme)
    other = team.acme("Other")

    for verb in (commands.remove, commands.withdraw, commands.name_stand_in):
        with pytest.raises(Membership.DoesNotExist):
            verb(found.pk, by=other, at=NOON)


def test_the_owner_cannot_leave_because_the_account_is_theirs(acme):
    """Closing the account is the way, and it is refused while a deal is open (PE6)."""
    found = team.member(acme)

    with pytest.raises(Membership.DoesNotExist):
        commands.leave(found.pk, by=acme, at=NOON)


def test_one_stands_in_at_a_time_and_what_was_is_kept(acme):
    first, second = team.stand_in(acme), team.member(acme)

    commands.name_stand_in(second.pk, by=acme, at=LATER)

    (stood,) = StoodIn.objects.all()
    assert (stood.account_id, stood.since, stood.until) == (first.account_id, NOON, LATER)
    standing = queries.stand_in_of(acme.pk)
    assert standing is not None
    assert standing.account_id == second.account_id


def test_who_stands_in_does_not_choose_who_stands_in(acme):
    first, second = team.stand_in(acme), team.member(acme)
    team.away(acme)

    with pytest.raises(Refused, match=r"membership\.only_the_owner"):
        commands.name_stand_in(second.pk, by=team.acting(first), at=NOON)


@pytest.mark.parametrize("verb", ["remove", "leave"])
def test_a_stand_in_who_goes_stands_in_no_more(acme, verb):
    found = team.stand_in(acme)
    person = found.account

    if verb == "remove":
        commands.remove(found.pk, by=acme, at=LATER)
    else:
        commands.leave(found.pk, by=person, at=LATER)

    assert queries.stand_in_of(acme.pk) is None
    assert StoodIn.objects.get().until == LATER


def test_a_stand_in_decides_while_the_owner_is_on_leave_and_only_then(acme):
    found = team.stand_in(acme)
    before = team.acting(found).right

    team.away(acme)

    assert (before, team.acting(found).right) == ("member", "decider")
    assert team.acting(found, at=NOON + timedelta(days=2)).right == "member"
    assert team.acting(team.member(acme)).right == "member"


def test_closing_an_account_ends_its_memberships_on_both_sides(acme):
    other = team.acme("Other")
    ours, asked = team.stand_in(acme), team.invited(acme, "x@people.example")
    accounts.trust_email(acme.pk)
    theirs = commands.join(
        team.invited(other, acme.email).pk, by=acme, at=NOON, is_other_side=False
    )

    accounts.close(by=acme, at=NOON, still_open=lambda _: [])

    ended = {row.pk: row.status for row in Membership.objects.all()}
    assert ended == {ours.pk: "removed", asked.pk: "withdrawn", theirs.pk: "left"}


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"status": "left"}, "membership_moves"),
        ({"email": "BIG@people.example"}, "membership_address_in_small_letters"),
        ({"stands_in_since": NOON}, "stand_in_is_an_active_member"),
        ({"due_at": None}, "membership_waits_with_a_clock"),
        ({"joined_at": NOON}, "membership_has_a_person_once_joined"),
    ],
)
def test_the_database_refuses_what_no_command_does(acme, change, constraint):
    asked = team.invited(acme, "a@people.example")

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Membership.objects.filter(pk=asked.pk).update(**change)


def test_the_database_refuses_a_second_stand_in(acme):
    team.stand_in(acme)
    second = team.member(acme)

    with pytest.raises(IntegrityError, match="stand_in_one_per_organisation"), transaction.atomic():
        Membership.objects.filter(pk=second.pk).update(stands_in_since=NOON)


def test_the_database_refuses_a_person_who_acts_for_themself(acme):
    found = team.member(acme)

    with pytest.raises(IntegrityError, match="membership_is_of_another"), transaction.atomic():
        Membership.objects.filter(pk=found.pk).update(account=acme)
