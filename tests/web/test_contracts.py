"""The pages of a deal, through the stack: each verb once, one refusal, one stranger."""

import html
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enishi.contracts.commands import changing, delivering, offering, ticking
from enishi.contracts.models import ChangeRequest, Contract, DeliveryFile
from enishi.kit import clock
from enishi.payments.models import Payment
from enishi.reviews import commands as reviews
from enishi.web.contracts import history
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


def text(answer) -> str:
    """What a page says, as a reader gets it."""
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+([.,])", r"\1", " ".join(html.unescape(words).split()))


def page(client, contract):
    return client.get(reverse("contract", args=[contract.pk]))


STATES = ["offered", "agreed", "active", "delivered", "completed"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("side", ["client", "worker"])
def test_the_page_of_a_deal_can_be_read_in_every_state_by_both_sides(client, state, side):
    contract = recent(state, parts=5)
    client.force_login(getattr(contract, side))

    answer = page(client, contract)

    assert answer.status_code == 200
    assert contract.title in answer.content.decode()
    assert len(answer.content) < 60_000


@pytest.mark.parametrize("days", [0, 9, 20])
@pytest.mark.parametrize("side", ["client", "worker"])
def test_the_page_of_a_revision_can_be_read_on_time_late_and_overdue(client, side, days):
    """CL13"""
    began = clock.now() - timedelta(days=days)
    contract = make.contract("delivered", at=began)
    milestone = make.milestone(contract)
    delivering.ask_revision(milestone.pk, by=contract.client, at=began, reason="Softer")
    ticking.milestone(milestone.pk, at=clock.now())
    client.force_login(getattr(contract, side))

    assert page(client, contract).status_code == 200
    assert client.get(reverse("desk")).status_code == 200


def test_a_stranger_finds_no_contract(client):
    contract = recent("active")
    client.force_login(make.sora())

    assert page(client, contract).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(client):
    contract = recent("active")

    assert page(client, contract).url.startswith(reverse("account_login"))


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


def queries_of(client, contract):
    page(client, contract)
    with CaptureQueriesContext(connection) as counted:
        page(client, contract)
    return len(counted)


@pytest.mark.parametrize(("state", "parts"), [("agreed", 1), ("delivered", 2)])
def test_the_page_costs_the_same_for_few_and_for_five_milestones(as_worker, state, parts):
    short, long = recent(state, parts=parts), recent(state, parts=5)

    assert queries_of(as_worker, short) == queries_of(as_worker, long)


def test_an_open_change_request_is_the_other_sides_turn(client):
    """CO7, CL14: it does not hide that the work is due."""
    contract = recent("active")
    milestone = make.milestone(contract)
    changing.request(
        milestone.pk,
        by=contract.worker,
        at=clock.now(),
        due_on=milestone.due_on + timedelta(days=5),
        reason_kind="illness",
        reason="A cold",
    )
    client.force_login(contract.client)
    asked = text(page(client, contract))
    client.force_login(contract.worker)
    asking = text(page(client, contract))

    assert "Answer the request to move the delivery" in asked
    assert "The worker delivers the work" in asked
    assert "Do the work and deliver it" in asking
    assert "The other side answers the request to move the delivery" in asking


def test_whoever_has_written_a_review_is_not_asked_again(client):
    """CL17"""
    contract = recent("completed")
    scores = dict.fromkeys(("skill", "quality", "schedule", "communication", "partnership"), 5)
    reviews.write(
        contract.pk, by=contract.worker, at=clock.now(), scores=scores, overall=5, comment="Good"
    )
    client.force_login(contract.worker)
    shown = text(page(client, contract))
    desk = text(client.get(reverse("desk")))

    assert "Review the other side" not in shown + desk
    assert "The other side reviews you" in shown


def test_the_sentence_of_silence_names_the_yen_of_each_side(client):
    """CL4: the client's escrow, the worker's net."""
    contract = recent("delivered", price=11_000)
    client.force_login(contract.client)
    of_client = text(page(client, contract))
    client.force_login(contract.worker)
    of_worker = text(page(client, contract))

    assert "¥11,000 leaves escrow: the worker is paid" in of_client
    assert "you receive ¥8,580" in of_worker


def test_a_payment_that_was_begun_keeps_its_way_to_the_payment_page(as_client):
    """CO3: a bank transfer may still have to be made, so the client is not told to wait."""
    contract = recent("agreed")
    milestone = make.milestone(contract)
    payment = Payment.objects.create(
        purpose_kind="milestone",
        purpose_id=milestone.pk,
        amount=60_000,
        payer=contract.client,
        provider="sandbox",
        created_at=clock.now(),
        ask_at=clock.now(),
    )
    for status in ("requires_payment", "processing"):
        Payment.objects.filter(pk=payment.pk).update(status=status)

    shown = page(as_client, contract).content.decode()

    assert "Complete the payment of ¥60,000" in shown
    assert "Not arrived yet" in shown
    assert reverse("funding", args=[milestone.pk]) in shown


def test_a_late_delivery_shows_what_comes_next(as_worker):
    """CL12: the delivery date is over, so the clock runs to the return of the money."""
    past = clock.now() - timedelta(days=20)
    contract = make.contract("active", at=past)
    ticking.milestone(make.milestone(contract).pk, at=clock.now())

    shown = text(page(as_worker, contract))

    assert "Deliver now: the delivery date has passed" in shown
    assert "all of the ¥60,000 in escrow returns to the client" in shown


@pytest.mark.parametrize(
    ("verb", "said"),
    [("decline", "The worker declined this offer"), ("withdraw", "You withdrew this offer")],
)
def test_an_offer_that_came_to_nothing_says_so_without_money(as_client, verb, said):
    contract = recent("offered")
    by = contract.worker if verb == "decline" else contract.client
    getattr(offering, verb)(contract.pk, by=by, at=clock.now(), reason="No time")

    shown = text(page(as_client, contract))

    assert said in shown
    assert "No money moved, and no mark is left. Reason: No time" in shown


def test_a_long_history_is_folded_and_can_be_opened(as_client, monkeypatch):
    monkeypatch.setattr(history, "SHOWN", 1)
    contract = recent("delivered")

    short = text(page(as_client, contract))
    full = text(as_client.get(reverse("contract", args=[contract.pk]) + "?events=all"))

    assert "Show the earlier events too (3)" in short
    assert "offers the contract" in full


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
