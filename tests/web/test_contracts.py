"""The pages of a deal, through the stack: each verb once, one refusal, one stranger."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enishi.contracts.commands import offering
from enishi.contracts.models import ChangeRequest, Contract, DeliveryFile
from enishi.kit import clock
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_client(client):
    client.force_login(make.hana())
    return client


@pytest.fixture
def as_worker(client):
    client.force_login(make.ren())
    return client


def recent(state: str, **changes) -> Contract:
    """A contract whose clocks have not run out in the market's own time."""
    return make.contract(state, at=clock.now(), **changes)


def page(client, contract):
    return client.get(reverse("contract", args=[contract.pk]))


@pytest.mark.parametrize("state", ["offered", "agreed", "active", "delivered", "completed"])
@pytest.mark.parametrize("side", ["client", "worker"])
def test_the_page_of_a_deal_can_be_read_in_every_state_by_both_sides(client, state, side):
    contract = recent(state, parts=2)
    client.force_login(getattr(contract, side))

    answer = page(client, contract)

    assert answer.status_code == 200
    assert contract.title in answer.content.decode()


def test_a_stranger_finds_no_contract(client):
    contract = recent("active")
    client.force_login(make.sora())

    assert page(client, contract).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client):
    contract = recent("active")

    assert page(client, contract).url.startswith(reverse("account_login"))


def offered_form(**changes):
    terms = make.offer_terms()
    plan = terms.milestones[0]
    values = {
        "title": terms.title,
        "content": terms.content,
        "deliverable": terms.deliverable,
        "acceptance": terms.acceptance,
        "place": terms.place,
        "inspection_days": 14,
        "revision_rounds": 2,
        "rights": "transfer",
        "confidentiality": "work",
        "ai_use": "ask",
        "milestone_1_title": plan.title,
        "milestone_1_amount": "６０，０００円",
        "milestone_1_due_on": "2027-03-01",
    }
    return values | changes


def test_the_offer_form_is_filled_from_the_post_and_the_proposal(as_client):
    """CO1"""
    proposal = make.proposal()

    answer = as_client.get(reverse("offer_new", args=[proposal.pk]))

    assert proposal.job.description in answer.content.decode()


def test_an_offer_is_made_from_what_was_typed(as_client):
    """CO1"""
    proposal = make.proposal()

    as_client.post(reverse("offer_new", args=[proposal.pk]), offered_form())

    contract = Contract.objects.get(proposal=proposal)
    assert (contract.status, contract.amount) == ("offered", 60_000)


def test_an_offer_with_an_empty_item_keeps_what_was_typed(as_client):
    proposal = make.proposal()

    answer = as_client.post(
        reverse("offer_new", args=[proposal.pk]), offered_form(place="", title="My own title")
    )

    assert answer.status_code == 422
    assert "My own title" in answer.content.decode()
    assert not Contract.objects.exists()


def test_agreeing_needs_each_difference_confirmed(as_worker):
    """CO2"""
    contract = recent("offered", revision_rounds=0)
    items = [row["item"] for row in contract.differences]

    refused = as_worker.post(reverse("agreement", args=[contract.pk]), follow=True)
    contract.refresh_from_db()
    before = contract.status
    as_worker.post(reverse("agreement", args=[contract.pk]), {"confirmed": items})

    contract.refresh_from_db()
    assert (before, contract.status) == ("offered", "agreed")
    assert "Please confirm each difference" in refused.content.decode()


def test_an_offer_is_declined_and_another_withdrawn(client):
    """CL11"""
    contract = recent("offered")
    client.force_login(contract.worker)

    client.post(reverse("contract_refusal", args=[contract.pk]), {"reason": "No time"})

    contract.refresh_from_db()
    assert (contract.status, contract.end_reason) == ("declined", "No time")


def test_no_way_to_deliver_exists_before_the_escrow_stands(as_worker):
    """CO4: neither the button nor the form nor the act."""
    contract = recent("agreed")
    milestone = make.milestone(contract)
    address = reverse("delivery", args=[milestone.pk])

    seen = page(as_worker, contract).content.decode()
    form = as_worker.get(address).content.decode()
    answer = as_worker.post(address, {"body": "Early"})

    assert address not in seen
    assert "Please do not start working yet" in seen
    assert 'name="body"' not in form
    assert answer.status_code == 422
    assert make.milestone(contract).status == "unfunded"


def test_a_delivery_with_a_file_is_frozen_with_its_hash(as_worker):
    """CO6"""
    contract = recent("active")
    milestone = make.milestone(contract)
    file = SimpleUploadedFile("text.txt", b"Three voices", content_type="text/plain")

    as_worker.post(
        reverse("delivery", args=[milestone.pk]), {"body": "Here it is.", "files": [file]}
    )

    kept = DeliveryFile.objects.get()
    got = as_worker.get(reverse("delivery_file", args=[kept.delivery_id, kept.file_id]))
    assert make.milestone(contract).status == "delivered"
    assert b"".join(got.streaming_content if got.streaming else [got.content]) == b"Three voices"
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_a_delivered_file_is_not_there_for_strangers(client):
    contract = recent("active")
    milestone = make.milestone(contract)
    client.force_login(contract.worker)
    file = SimpleUploadedFile("text.txt", b"Three voices", content_type="text/plain")
    client.post(reverse("delivery", args=[milestone.pk]), {"files": [file]})
    kept = DeliveryFile.objects.get()

    client.force_login(make.sora())
    answer = client.get(reverse("delivery_file", args=[kept.delivery_id, kept.file_id]))

    assert answer.status_code == 404


def test_a_revision_without_a_reason_is_pointed_out(as_client):
    contract = recent("delivered")

    answer = as_client.post(reverse("revision", args=[make.milestone(contract).pk]), {})

    assert answer.status_code == 422
    assert make.milestone(contract).status == "delivered"


def test_the_client_asks_for_a_revision(as_client):
    """CO6"""
    contract = recent("delivered")
    due = (make.milestone(contract).delivered_at + timedelta(days=5)).date()

    as_client.post(
        reverse("revision", args=[make.milestone(contract).pk]),
        {"reason": "A softer end", "due_on": due.isoformat()},
    )

    assert make.milestone(contract).status == "revising"


def test_the_client_sees_what_is_paid_and_accepts(as_client):
    """CO8"""
    contract = recent("delivered", price=11_000)
    address = reverse("acceptance", args=[make.milestone(contract).pk])

    shown = as_client.get(address).content.decode()
    as_client.post(address)

    assert "8,580" in shown
    assert make.milestone(contract).status == "accepted"


def test_a_new_date_is_asked_for_and_answered(client):
    """CO7"""
    contract = recent("active")
    milestone = make.milestone(contract)
    client.force_login(contract.worker)
    day = milestone.due_on + timedelta(days=5)
    fields = {"due_on": day.isoformat(), "reason_kind": "illness", "reason": "A cold"}

    client.post(reverse("change_new", args=[milestone.pk]), fields)
    client.force_login(contract.client)
    shown = page(client, contract).content.decode()
    client.post(reverse("change_acceptance", args=[ChangeRequest.objects.get().pk]))

    assert "A cold" in shown
    assert make.milestone(contract).due_on == day


def test_the_worker_gives_the_money_back(as_worker):
    contract = recent("active")
    milestone = make.milestone(contract)
    address = reverse("milestone_refund", args=[milestone.pk])

    shown = as_worker.get(address).content.decode()
    as_worker.post(address, {"reason": "I am ill"})

    assert "60,000" in shown
    assert make.milestone(contract).status == "refunded"


@pytest.mark.parametrize("verb", ["agreement", "contract_refusal"])
def test_the_client_cannot_answer_for_the_worker(as_client, verb):
    contract = recent("offered")

    assert as_client.post(reverse(verb, args=[contract.pk])).status_code == 404


def test_the_list_of_contracts_costs_the_same_for_one_and_for_thirty(
    as_worker, django_assert_num_queries
):
    recent("active")
    as_worker.get(reverse("contracts"))
    with CaptureQueriesContext(connection) as counted:
        as_worker.get(reverse("contracts"))
    for number in range(29):
        _another(number)
    with django_assert_num_queries(len(counted)):
        answer = as_worker.get(reverse("contracts"))

    assert answer.content.decode().count("An article about roadside stations") >= 20


def _another(number):
    job = make.job(client=make.account(f"Client{number}", "client"))
    sent = make.proposal(to=job)
    offering.offer(sent.pk, by=sent.client, at=make.NOON, terms=make.offer_terms())


def test_the_desk_shows_whose_turn_it_is(as_worker):
    contract = recent("offered")

    answer = as_worker.get(reverse("desk"))

    assert contract.title in answer.content.decode()
