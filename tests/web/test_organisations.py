"""PE3 on the pages: members act for an organisation under their own names, as far as they may."""

import pytest
from django.test import Client
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.contracts.models import Contract
from enishi.events.models import Event
from enishi.kit import clock
from enishi.kit.days import day_of
from enishi.messaging.models import Message
from enishi.organisations import commands
from enishi.organisations.models import Membership
from enishi.proposals.models import Proposal
from enishi.web.organisations import rights
from tests import make
from tests.organisations import team
from tests.proofs.policies import POLICIES

from .pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(monkeypatch):
    """The client of every post and deal below."""
    monkeypatch.setattr(make, "hana", team.acme)
    return team.acme()


@pytest.fixture
def member(acme):
    return team.member(acme)


def entered(person: Account, of: Membership | None = None) -> Client:
    """A browser of this person, acting for the organisation where one is named."""
    browser = Client()
    browser.force_login(person)
    if of is not None:
        browser.post(reverse("acting"), {"membership": of.pk})
    return browser


def away(of: Account) -> None:
    today = day_of(clock.now())
    accounts.declare_leave(by=of, at=clock.now(), starts_on=today, ends_on=today)


def test_the_owner_invites_and_sees_the_same_answer_for_everybody(acme):
    known = make.account("Tanaka")
    browser = entered(acme)

    said = [
        text(browser.post(reverse("organisation_invitations"), {"email": email}, follow=True))
        for email in (known.email, "nobody@people.example")
    ]

    assert "The invitation to tanaka@people.example is sent." in said[0]
    assert "The invitation to nobody@people.example is sent." in said[1]


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("acme@people.example", "This is the address of the organisation itself."),
        ("tanaka@people.example", "This address belongs to a member already."),
        ("not an address", "Please check the address."),
        ("\u202eevil@people.example", "Please check the address."),
        ("", "Please fill in this item."),
    ],
)
def test_an_address_that_cannot_be_invited_comes_back_with_a_sentence(acme, member, email, says):
    answer = entered(acme).post(reverse("organisation_invitations"), {"email": email})

    assert answer.status_code == 422
    assert says in text(answer)
    assert Membership.objects.count() == 1


def test_a_person_who_is_no_organisation_is_told_how_to_become_one(client):
    client.force_login(make.account("Ida", "client"))

    page = client.get(reverse("organisation"))
    answer = client.post(reverse("organisation_invitations"), {"email": "a@people.example"})

    assert "This account is a person so far" in text(page)
    assert answer.status_code == 422
    assert Membership.objects.count() == 0


def test_a_business_with_members_does_not_become_a_person_and_nothing_typed_is_lost(acme, member):
    boxes = {"kind": "person", "payer_kind": "individual", "address_shown": "full"}
    boxes |= {"about": "We make maps."}

    answer = entered(acme).post(f"{reverse('profile')}?as=client", boxes)

    assert answer.status_code == 422
    assert "Others act for this account." in text(answer)
    assert "We make maps." in text(answer)


def test_whoever_is_invited_accepts_and_then_chooses_to_act_for_them(acme):
    person = make.account("Tanaka")
    accounts.trust_email(person.pk)
    asked = team.invited(acme, person.email, at=clock.now())
    browser = entered(person)

    page = browser.get(reverse("invitation", args=[asked.pk]))
    browser.post(reverse("invitation_acceptance", args=[asked.pk]))
    before = browser.get(reverse("desk"))
    browser.post(reverse("acting"), {"membership": asked.pk})
    after = browser.get(reverse("desk"))

    assert "Invitation of Acme" in text(page)
    assert "You read and answer." not in text(before)
    assert "You read and answer." in text(after)


def test_an_invitation_is_read_by_its_address_alone(acme):
    asked = team.invited(acme, "tanaka@people.example")
    browser = entered(make.sora())

    for name, send in (("invitation", browser.get), ("invitation_acceptance", browser.post)):
        assert send(reverse(name, args=[asked.pk])).status_code == 404


def test_a_new_person_comes_to_the_invitation_after_signing_in(client, acme):
    asked = team.invited(acme, "new@people.example")

    answer = client.get(reverse("invitation", args=[asked.pk]))

    assert answer.url.endswith(f"?next=/invitations/{asked.pk}/")


def test_a_worker_reads_which_member_wrote(acme, member):
    deal = make.contract("active")
    browser = entered(member.account, member)

    browser.post(reverse("thread_entries", args=[deal.thread_id]), {"body": "Good morning"})

    said = Message.objects.get(body="Good morning")
    assert (said.author_id, said.member_id) == (acme.pk, member.account_id)
    page = entered(deal.worker).get(reverse("thread", args=[deal.thread_id]))
    assert "Tanaka of Acme" in text(page)
    assert "Tanaka of Acme" not in text(entered(acme).get(reverse("thread", args=[deal.thread_id])))


def test_a_member_looks_at_applicants_and_shortlists(acme, member):
    sent = make.proposal()
    browser = entered(member.account, member)

    page = browser.get(reverse("job_proposals", args=[sent.job_id])).content.decode()
    browser.post(reverse("proposal_shortlist", args=[sent.pk]))

    assert "Ren" in page
    assert reverse("offer_new", args=[sent.pk]) not in page
    assert Proposal.objects.get(pk=sent.pk).status == "shortlisted"
    event = Event.objects.get(name="proposal.shortlisted")
    assert (event.by_id, event.member_id) == (acme.pk, member.account_id)


def test_a_member_neither_agrees_nor_pays_nor_accepts(acme, member):
    deal = make.contract("delivered")
    part = make.milestone(deal)
    browser = entered(member.account, member)

    answers = [
        browser.post(reverse(name, args=[part.pk]), follow=True)
        for name in ("acceptance", "funding")
    ]

    for answer in answers:
        assert answer.redirect_chain[0][0] == reverse("acting")
        assert "This is decided by the owner of Acme" in text(answer)
    part.refresh_from_db()
    assert part.status == "delivered"


def test_a_page_offers_a_member_only_what_they_may(acme, member):
    deal = make.contract("delivered")
    accept = reverse("acceptance", args=[make.milestone(deal).pk])
    page = reverse("contract", args=[deal.pk])

    assert accept not in entered(member.account, member).get(page).content.decode()
    assert accept in entered(acme).get(page).content.decode()


def test_the_stand_in_accepts_while_the_owner_is_on_leave(acme):
    found = team.stand_in(acme)
    deal = make.contract("delivered", at=clock.now())
    part = make.milestone(deal)
    browser = entered(found.account, found)
    away(acme)

    page = text(browser.get(reverse("contract", args=[deal.pk])))
    answer = browser.post(reverse("acceptance", args=[part.pk]), {"act": "accept", "again": "yes"})

    assert "you decide in their place" in page
    assert answer.status_code == 302, text(answer)
    assert Contract.objects.get(pk=deal.pk).status == "completed"
    event = Event.objects.get(name="milestone.accepted")
    assert (event.by_id, event.member_id) == (acme.pk, found.account_id)
    page = text(entered(deal.worker).get(reverse("contract", args=[deal.pk])))
    assert "Done by Suzuki for the organisation" in page


def test_a_removed_member_is_a_stranger_at_once(acme, member):
    deal = make.contract("active")
    browser = entered(member.account, member)
    page = reverse("contract", args=[deal.pk])
    assert browser.get(page).status_code == 200

    commands.remove(member.pk, by=acme, at=clock.now())

    assert browser.get(page).status_code == 404
    entries = reverse("thread_entries", args=[deal.thread_id])
    assert browser.post(entries, {"body": "Still here"}).status_code == 404
    assert not Message.objects.filter(body="Still here").exists()


def test_nobody_acts_for_an_organisation_that_the_office_stopped(acme, member):
    deal = make.contract("active")
    browser = entered(member.account, member)
    accounts.suspend(acme.pk, by=None, at=clock.now(), reason="A test.")

    assert browser.get(reverse("contract", args=[deal.pk])).status_code == 404
    again = browser.post(reverse("acting"), {"membership": member.pk}, follow=True)
    assert "This organisation is stopped by the office for now." in text(again)


def test_somebody_who_is_no_member_cannot_choose_to_act(acme, member):
    browser = entered(make.sora())

    assert browser.post(reverse("acting"), {"membership": member.pk}).status_code == 404


def test_pages_of_ones_own_stay_ones_own_while_one_acts_for_others(acme, member):
    """Otherwise a member could change how the organisation signs in."""
    browser = entered(member.account, member)

    assert "tanaka@people.example" in text(browser.get(reverse("settings")))
    browser.post(reverse("settings_name"), {"name": "Tanaka Taro"})

    assert Account.objects.get(pk=acme.pk).name == "Acme"
    assert Account.objects.get(pk=member.account_id).name == "Tanaka Taro"


def test_what_belongs_to_a_worker_is_done_as_oneself(acme, member):
    post = make.job(client=make.account("Other", "client"))
    browser = entered(member.account, member)

    answer = browser.post(reverse("proposal_new", args=[post.pk]), {}, follow=True)

    assert "That belongs to your own account." in text(answer)


def test_one_acts_for_oneself_again_by_one_press_or_another_role(acme, member):
    browser = entered(member.account, member)

    browser.post(reverse("acting"), {"membership": ""})
    first = text(browser.get(reverse("desk")))
    browser.post(reverse("acting"), {"membership": member.pk})
    browser.post(reverse("role"), {"role": "worker"})
    second = text(browser.get(reverse("desk")))

    assert "You read and answer." not in first
    assert "You read and answer." not in second


def test_acting_changes_the_key_of_the_session(acme, member):
    browser = entered(member.account)
    before = browser.cookies["sessionid"].value

    browser.post(reverse("acting"), {"membership": member.pk})

    assert browser.cookies["sessionid"].value != before


def test_the_public_page_says_how_many_act_and_that_one_stands_in(acme):
    team.member(acme)
    team.stand_in(acme)

    page = text(Client().get(reverse("person", args=[acme.pk]), headers={"accept-language": "en"}))

    assert "3 people act for it, one of them stands in for the owner" in page
    assert "Suzuki" not in page


def test_the_conversation_says_who_answers_while_the_owner_is_away(acme):
    team.stand_in(acme)
    deal = make.contract("active")
    page = reverse("thread", args=[deal.thread_id])
    before = text(entered(deal.worker).get(page))

    away(acme)

    assert "The owner is away. Suzuki answers for them." in text(entered(deal.worker).get(page))
    assert "The owner is away." not in before


def test_a_member_of_the_organisation_cannot_apply_to_its_post(acme, member):
    post = make.job(at=clock.now())
    browser = entered(member.account)
    values = {"amount": "60000", "delivery_on": str(post.delivery_on), "message": "Me"}
    values |= {f"answer_{n}": "Yes." for n in range(len(post.questions))}

    answer = browser.post(reverse("proposal_new", args=[post.pk]), values)

    assert not Proposal.objects.exists()
    assert answer.status_code in (302, 422)


def test_people_without_a_membership_are_asked_no_more(django_assert_num_queries, acme, member):
    """Nothing is looked up for those who act for nobody; one query for those who act."""
    own, for_acme = entered(member.account), entered(member.account, member)
    page = reverse("notice_counts")
    for browser in (own, for_acme):
        browser.get(page)

    with django_assert_num_queries(5) as alone:
        own.get(page)
    with django_assert_num_queries(len(alone.captured_queries) + 1):
        for_acme.get(page)


def test_the_list_of_rights_names_addresses_that_exist_once():
    named = [*rights.SHARED, *rights.DECIDED, *rights.OWN]

    assert sorted(named) == sorted(set(named))
    assert set(named) <= set(POLICIES)
