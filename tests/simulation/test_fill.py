"""`enishi demo fill`: the market that a newcomer finds (issue B8, B17)."""

import pytest
from django.test import Client

from enishi.accounts import demo
from enishi.accounts.models import Account
from enishi.contracts import queries as contracts
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.escrow import queries as ledger
from enishi.jobs.models import Job, Question
from enishi.kit.days import TOKYO
from enishi.messaging import queries as messaging
from enishi.messaging.models import Message
from enishi.notifications import queries as notifications
from enishi.notifications.models import OutgoingMail
from enishi.organisations import queries as organisations
from enishi.payments.models import BankAccount, Payout, Refund
from enishi.proposals.models import Proposal
from enishi.ranks import queries as ranks
from enishi.reviews import queries as reviews
from enishi.reviews.models import Review
from enishi.simulation.acts import circling
from enishi.simulation.market import read
from enishi.web.profiles import shown
from tests.simulation.conftest import NOW

pytestmark = pytest.mark.usefixtures("filled")


def account(key):
    return Account.objects.get(email=demo.person(key).email)


def turns(key):
    """What waits for this person: (whose turn, what is asked)."""
    person = account(key)
    return {
        (turn.verb, deal.side)
        for deal in contracts.waiting_for(person)
        for turn in deal.turns
        if turn.owner in (deal.side, "both")
    }


def number(model, **facts):
    return model.objects.filter(**facts).count()


def test_no_act_was_refused(filled):
    tally, _ = filled

    assert [name for name in tally if name.startswith("refused")] == []


def test_everybody_is_there_and_every_post_was_opened():
    assert number(Account) == 60 + 30 + 7 + len(circling.PEOPLE)
    titles = set(Job.objects.exclude(opened_at=None).values_list("title", flat=True))
    written = {post.title for post in (*read.posts(), *read.cast_posts())}
    assert titles == written | {circling.TITLE}


def test_forty_hires_and_more_are_finished():
    assert number(Contract, status="completed") >= 40


def test_the_ledger_is_sound_and_the_provider_holds_what_it_says(filled):
    _, balance = filled

    assert ledger.verify() == []
    assert ledger.held_total() > 0
    assert balance() == -ledger.summary().clearing["sandbox"]


@pytest.mark.parametrize(
    ("model", "facts", "least"),
    [
        (Job, {"status": "open"}, 8),
        (Proposal, {"status": "sent"}, 10),
        (Proposal, {"status": "shortlisted"}, 3),
        (Proposal, {"status": "declined"}, 10),
        (Proposal, {"status": "lapsed"}, 3),
        (Proposal, {"status": "withdrawn"}, 2),
        (Proposal, {"hold_until__isnull": False}, 1),
        (Contract, {"status": "offered"}, 3),
        (Contract, {"status": "agreed"}, 2),
        (Contract, {"status": "active"}, 6),
        (Contract, {"status": "declined"}, 1),
        (Contract, {"status": "lapsed"}, 1),
        (Contract, {"status": "expired"}, 1),
        (Contract, {"status": "ended"}, 1),
        (Milestone, {"status": "funded"}, 3),
        (Milestone, {"status": "delivered"}, 3),
        (Milestone, {"status": "revising"}, 1),
        (Milestone, {"is_deemed": True}, 1),
        (Milestone, {"late_at__isnull": False}, 1),
        (ChangeRequest, {"status": "requested"}, 1),
        (ChangeRequest, {"status": "accepted"}, 2),
        (ChangeRequest, {"status": "declined"}, 1),
        (Refund, {"status": "succeeded"}, 1),
        (Payout, {"status": "paid"}, 40),
        (BankAccount, {"replaced_at": None}, 20),
        (Review, {"published_at__isnull": False}, 40),
        (Review, {"reply__isnull": False}, 5),
        (Question, {"answered_at__isnull": False}, 10),
        (Message, {"author__isnull": False}, 200),
    ],
)
def test_there_is_enough_of_everything(model, facts, least):
    assert number(model, **facts) >= least


def test_nobody_got_mail_for_the_past():
    assert number(OutgoingMail) == 0


def test_nothing_lies_after_now_and_people_sleep_at_night():
    times = list(Proposal.objects.values_list("sent_at", flat=True))
    times += Message.objects.values_list("at", flat=True)
    times += Contract.objects.values_list("offered_at", flat=True)

    assert max(times) <= NOW
    assert {at.astimezone(TOKYO).hour for at in times} <= set(range(7, 24))


def test_figures_about_people_arise_from_their_hires():
    ren = reviews.summary(account("ren").pk, "worker")

    assert ren.count == number(Review, subject=account("ren"), published_at__isnull=False) >= 3


def test_hana_has_something_of_each_kind_to_do():
    hana = account("hana")

    assert turns("hana") == {("fund", "client"), ("accept", "client"), ("review", "client")}
    waiting = Proposal.objects.received_by(hana).filter(status__in=("sent", "shortlisted"))
    mine = waiting.filter(job__status="open")
    assert mine.count() >= 3
    assert not mine.filter(worker=account("ren")).exists()
    assert number(Question, job__client=hana, answered_at=None) == 1
    assert notifications.unread_count(hana.pk) > 0


def test_ren_has_an_offer_to_answer_and_a_milestone_to_deliver():
    ren = account("ren")

    assert {("agree", "worker"), ("deliver", "worker")} <= turns("ren")
    offer = Contract.objects.get(worker=ren, status="offered")
    assert [row["item"] for row in offer.differences] == ["inspection_days"]
    assert number(Proposal, worker=ren, status__in=("sent", "shortlisted")) == 1
    assert messaging.unread_total(ren.pk) > 0
    assert number(BankAccount, account=ren) == 1


def test_ren_is_on_the_way_to_silver_and_shows_a_checked_qualification():
    ren = account("ren")
    path = ranks.path(ren.pk, at=NOW)

    assert path.rank == "bronze"
    assert [one.name for one in path.of("silver") if one.holds] != []
    assert [one.name for one in path.of("silver") if not one.holds] != []
    assert [one.name for one, checked_on in shown.credentials(ren.pk) if checked_on] == ["司書"]


@pytest.mark.parametrize("key", ["hana", "ren", "maho", "taku", "mio", "nao", "kei"])
def test_the_printed_people_can_sign_in(key):
    person, browser = demo.person(key), Client()

    answer = browser.post(
        "/account/login/", {"login": person.email, "password": demo.PASSWORD}, follow=True
    )

    asked_for_code = "/account/2fa/authenticate/" in str(answer.redirect_chain)
    assert asked_for_code == bool(person.grade)
    if not person.grade:
        assert browser.get("/desk/").status_code == 200


def test_two_act_for_hana_and_one_of_them_stands_in():
    """PE3: and Ren reads who of them wrote."""
    team = organisations.members(account("hana").pk)

    assert [one.account.name for one in team] == ["田村 真帆", "岸 拓海"]
    assert [one.stands_in_since is not None for one in team] == [True, False]
    assert number(Message, author=account("hana"), member=account("taku")) == 1


def test_the_names_of_the_printed_people_are_those_of_the_files():
    cast = read.cast()

    for person in (each for each in demo.PEOPLE if not each.acts_for):
        assert person.name == getattr(cast, person.key).name
