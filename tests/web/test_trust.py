"""SA5 on the pages: a card wherever a name matters, one page that explains it, nothing private."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.contracts.models import Contract
from enishi.proposals import commands as proposals
from enishi.reviews import commands as reviews
from enishi.trust import commands as trust
from enishi.trust import market
from enishi.trust.signals import definitions
from enishi.web.trust import cards
from tests import make
from tests.make import NOON
from tests.reviews.hires import SCORES
from tests.trust.test_market import finished
from tests.verification import papers

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
CANARY = "never to be shown"


@pytest.fixture(autouse=True)
def _sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def page(client, person, side="worker"):
    address = reverse("person_trust", args=[person.pk])
    return client.get(f"{address}?{urlencode({'as': side})}", headers={"accept-language": "en"})


def rated(count, **changes):
    """So many finished deals of Hana and Ren, rated by both."""
    made = []
    for _ in range(count):
        contract = make.contract("completed")
        if changes:
            Contract.objects.filter(pk=contract.pk).update(**changes)
        for by in (contract.client, contract.worker):
            said = {"scores": SCORES, "overall": 4, "comment": CANARY, "private_note": CANARY}
            reviews.write(contract.pk, by=by, at=NOON, **said)
        made.append(contract)
    return made


@pytest.mark.parametrize("side", ["client", "worker"])
def test_the_page_names_every_signal_with_formula_sample_and_window(english, side):
    person = rated(4)[0].client if side == "client" else rated(4)[0].worker

    shown = page(english, person, side)
    body = shown.content.decode()

    for one in definitions(side):
        assert f'id="s-{one.key}"' in body
    said = text(shown)
    assert "sum of overall ratings ÷ number of reviews" in said
    assert "4 reviews" in said
    assert "The last 365 days" in said
    assert "There is no total score and no hidden weight." in said


def test_too_few_samples_make_no_mean(english):
    ren = rated(3)[0].worker

    said = text(page(english, ren))

    assert "too few to say" in said
    assert "4.0" not in said.split("The same as a table")[1]


def test_four_reviews_make_a_mean_that_says_how_few_they_are(english):
    table = text(page(english, rated(4)[0].worker)).split("The same as a table")[1]

    assert "Communication 5.0 4 reviews rather few" in table


def test_who_has_dealt_with_nobody_begins_as_everybody_does(english):
    said = text(page(english, make.sora()))

    assert "Nothing was dealt on this side yet" in said
    assert "nothing yet" in said


def test_the_page_is_open_as_the_profile_is(english, client):
    ren, sora = make.ren(), make.sora()
    assert page(english, ren).status_code == 200

    accounts.suspend(sora.pk, by=make.mio(), at=NOON, reason="A reason")

    assert page(english, sora).status_code == 404
    assert client.get(reverse("person_trust", args=[10**6])).status_code == 404


@pytest.mark.parametrize("role", ["", "nonsense", "client", "worker"])
def test_any_side_in_the_address_is_answered(english, role):
    assert page(english, make.ren(), role).status_code == 200


def test_only_the_person_reads_how_to_improve(english):
    ren = make.ren()
    assert "How to improve it" not in text(page(english, ren))

    english.force_login(ren)

    assert "How to improve it" in text(page(english, ren))


@pytest.mark.parametrize("side", ["client", "worker"])
def test_private_words_and_confidential_contracts_are_nowhere_on_it(english, side):
    contract = rated(4, confidentiality="strict", title=CANARY)[0]
    person = contract.client if side == "client" else contract.worker
    other = contract.worker if side == "client" else contract.client

    body = page(english, person, side).content.decode()

    assert CANARY not in body
    assert other.name not in body


def test_a_verified_identity_shows_its_day_and_no_document(english):
    ren = make.ren()
    papers.approved("identity", by=ren, at=NOON, decider=make.mio())

    assert "Identity verified Wed 1 Apr 2026" in text(page(english, ren))


def test_the_page_is_whole_in_japanese(client):
    rated(4)

    address = reverse("person_trust", args=[make.ren().pk])
    shown = client.get(address, headers={"accept-language": "ja"})

    assert "総合点や、見えない重み付けはありません。" in text(shown)


def pages_with_a_card():
    contract = make.contract("active")
    sent = contract.proposal
    return {
        "job": (None, reverse("job", args=[contract.job_id])),
        "proposal of the client": (contract.client, reverse("proposal", args=[sent.pk])),
        "proposal of the worker": (contract.worker, reverse("proposal", args=[sent.pk])),
        "contract of the client": (contract.client, reverse("contract", args=[contract.pk])),
        "contract of the worker": (contract.worker, reverse("contract", args=[contract.pk])),
        "thread": (contract.worker, reverse("thread", args=[contract.thread_id])),
    }


def test_a_card_stands_wherever_a_name_matters(english):
    for place, (reader, address) in pages_with_a_card().items():
        if reader:
            english.force_login(reader)
        shown = english.get(address, headers={"accept-language": "en"}).content.decode()

        assert shown.count('class="signal') - shown.count('class="signal__') >= 6, place
        assert "Every signal, and how it is reckoned" in shown, place


def test_a_profile_shows_the_card_of_both_sides(english):
    hana = make.hana()
    make.contract("completed")

    body = english.get(reverse("person", args=[hana.pk])).content.decode()

    assert reverse("person_trust", args=[hana.pk]) + "?as=client" in body


def test_cards_cost_two_queries_however_many_there_are():
    people = [make.account(f"Guest{n}") for n in range(30)]
    trust.keep_all(at=NOON)

    for count in (1, 30):
        with CaptureQueriesContext(connection) as asked:
            cards.cards([(one.pk, "worker") for one in people[:count]], "job", at=NOON)
        assert len(asked) == 2


def test_jo7_a_post_tells_how_its_client_answers_and_how_many_applied(english):
    job = make.job()
    for number in range(5):
        sent = make.proposal(to=job, worker=make.account(f"Worker{number}"))
        at = NOON + timedelta(days=2)
        proposals.decline(sent.pk, by=job.client, at=at, reason="price")
    trust.keep([job.client_id], at=NOON + timedelta(days=3))

    said = text(english.get(reverse("job", args=[job.pk]), headers={"accept-language": "en"}))

    assert "Answers to applicants 100% · half within 2 days" in said
    assert "of 5 applicants in the last 365 days" in said
    assert "Applied so far 5 applied, 1 wanted" in said


def test_jo7_a_post_stands_beside_what_finished_contracts_paid(english):
    finished(5, hours=[10, 20, 30, 40, 50])
    market.refresh(at=NOON)
    job = make.job()

    said = text(english.get(reverse("job", args=[job.pk]), headers={"accept-language": "en"}))
    listed = text(english.get(reverse("jobs"), headers={"accept-language": "en"}))

    assert "the middle half of 5 finished contracts of this kind in the last 365 days" in said
    assert "5 contracts" in listed


@pytest.mark.parametrize(
    ("kind", "source"),
    [("c01-s1", "nagashika.com, as found in Nov 2026"), ("c01-s2", "own guide, which is no stat")],
)
def test_jo7_without_enough_contracts_a_guide_says_whose_it_is(english, kind, source):
    job = make.job(subcategory=kind)

    said = text(english.get(reverse("job", args=[job.pk]), headers={"accept-language": "en"}))

    assert "Fewer than 5 contracts of this kind are finished here" in said
    assert source in said
