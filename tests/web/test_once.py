"""M4: a form that is sent twice has one effect and leads to the same page: after a double click, on
the way back, after an answer that was lost."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from enishi.contracts.commands import changing, delivering
from enishi.contracts.models import ChangeRequest, Contract
from enishi.drafts import sending
from enishi.drafts.models import SentForm
from enishi.events.models import Event
from enishi.kit import clock
from enishi.kit.days import day_of, days_after
from tests import make
from tests.web.test_office_people import enter

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Every form that moves money, binds somebody to pay, or says where to.
MONEY = {
    *("agreement", "contract_refusal", "contract_withdrawal", "offer_new"),
    *("milestone_refund", "delivery", "revision", "acceptance"),
    *("change_new", "change_acceptance", "change_refusal", "change_withdrawal"),
    *("bank_account", "office_act_new", "office_act_approval", "office_act_refusal"),
    *("office_act_withdrawal", "office_chargeback", "office_batch_new", "office_batch_answer"),
    *("office_holder_confirmation", "office_holder_refusal"),
    # And what is handed in to be checked, and decided about it.
    *("verification_documents", "verification_pledge", "verification_retraction"),
    *("office_verification_approval", "office_verification_rejection"),
    *("office_verification_withdrawal", "office_looks"),
    # And what somebody reports, and what is decided about it.
    *("review_report", "thread_report", "contract_report", "office_report_decision"),
    "office_ruling",
}
# These lead to the provider's page, the same one each time, by themselves.
BY_THEMSELVES = {"funding", "repayment"}


def browser(person) -> Client:
    one = Client(enforce_csrf_checks=True)
    one.force_login(person)
    return one


def treasurer(name) -> Client:
    """With a second factor shown just now."""
    plain, one = Client(), Client(enforce_csrf_checks=True)
    enter(plain, name)
    one.cookies = plain.cookies
    return one


def form_of(one, page, **boxes):
    """What a browser sends of the page: its token with what was typed."""
    token = TOKEN.search(one.get(page).content.decode())
    assert token, f"{page} has no form"
    return {"csrfmiddlewaretoken": token[1]} | boxes


def test_every_form_of_money_is_sent_once():
    found = {name for name, view in _views().items() if getattr(view, "is_once", False)}
    assert found == MONEY


def _views():
    found, left = {}, list(get_resolver().url_patterns)
    while left:
        one = left.pop()
        if hasattr(one, "url_patterns"):
            left += one.url_patterns
        elif one.name:
            found[one.name] = one.callback
    return found


def _accepting():
    part = make.milestone(make.contract("delivered", at=clock.now()))
    return part.contract.client, reverse("acceptance", args=[part.pk]), None, {}


def _giving_back():
    part = make.milestone(make.contract("active", at=clock.now()))
    address = reverse("milestone_refund", args=[part.pk])
    return part.contract.worker, address, None, {"reason": "I fell ill."}


def _delivering():
    part = make.milestone(make.contract("active", at=clock.now()))
    return part.contract.worker, reverse("delivery", args=[part.pk]), None, {"body": "Here."}


def _revising():
    part = make.milestone(make.contract("delivered", at=clock.now()))
    due_on = str(day_of(days_after(clock.now(), 3)))
    boxes = {"reason": "Shorter.", "due_on": due_on}
    return part.contract.client, reverse("revision", args=[part.pk]), None, boxes


def _agreeing():
    deal = make.contract("offered", at=clock.now())
    boxes = {"confirmed": [row["item"] for row in deal.differences]}
    page = reverse("contract", args=[deal.pk])
    return deal.worker, reverse("agreement", args=[deal.pk]), page, boxes


def _changing():
    part = make.milestone(make.contract("active", at=clock.now()))
    boxes = {
        "due_on": str(day_of(days_after(clock.now(), 20))),
        "reason_kind": "illness",
        "reason": "A cold.",
    }
    return part.contract.worker, reverse("change_new", args=[part.pk]), None, boxes


def _change_accepting():
    part = make.milestone(make.contract("active", at=clock.now()))
    due_on = day_of(days_after(clock.now(), 20))
    words = {"due_on": due_on, "reason_kind": "illness", "reason": "A cold."}
    changing.request(part.pk, by=part.contract.worker, at=clock.now(), **words)
    change = ChangeRequest.objects.get()
    page = reverse("contract", args=[part.contract_id])
    return part.contract.client, reverse("change_acceptance", args=[change.pk]), page, {}


FORMS = [
    *(_accepting, _giving_back, _delivering, _revising, _agreeing, _changing, _change_accepting),
]


@pytest.mark.django_db
@pytest.mark.parametrize("made", FORMS)
def test_a_form_sent_again_leads_to_the_same_page_and_does_nothing(made):
    person, address, page, boxes = made()
    one = browser(person)
    form = form_of(one, page or address, **boxes)
    before = Event.objects.count()

    first = one.post(address, form)
    between = Event.objects.count()
    again = one.post(address, form)

    assert first.status_code == again.status_code == 302
    assert first.url == again.url != "/"
    assert before < between == Event.objects.count()


@pytest.mark.django_db
def test_two_treasurers_who_click_twice_move_money_once():
    part = make.milestone(make.contract("delivered", at=clock.now()))
    nao, kei = treasurer("nao"), treasurer("kei")
    address = reverse("office_act_new", args=["split", part.pk])
    form = form_of(nao, address, part="20000", reason="Half of it is there.")

    first, again = (nao.post(address, form) for _ in range(2))
    assert first.url == again.url
    page = first.url
    form = form_of(kei, page)
    first, again = (kei.post(f"{page}approval/", form) for _ in range(2))

    assert first.url == again.url == page
    assert Event.objects.filter(name="milestone.settled").count() == 1


@pytest.mark.django_db
def test_other_words_under_the_token_of_a_page_are_kept_and_not_sent():
    person, address, _, boxes = _revising()
    one = browser(person)
    form = form_of(one, address, **boxes)
    one.post(address, form)
    part = make.milestone(Contract.objects.get())
    make.deliver(part, at=clock.now())

    headers = {"Origin": "http://testserver"}
    answer = one.post(address, form | {"reason": "Longer, please."}, headers=headers)

    assert answer.status_code == 422
    assert "Longer, please." in answer.content.decode()
    assert "What you typed" in answer.content.decode()  # and not: your review
    part.refresh_from_db()
    assert part.status == "delivered"


@pytest.mark.django_db
def test_what_comes_back_shows_what_was_typed_and_sends_what_was_chosen_along():
    nao = treasurer("nao")
    address = reverse("office_act_new", args=["correction", make.ren().pk])
    boxes = {"direction": "to_person", "amount": "330", "reason": "お返しします。"}
    form = form_of(nao, address, **boxes)
    nao.post(address, form)

    headers = {"Origin": "http://testserver"}
    answer = nao.post(address, form | {"amount": "3300"}, headers=headers).content.decode()

    assert '<input type="hidden" name="direction" value="to_person">' in answer
    assert "3300</p>" in answer
    assert "お返しします。</p>" in answer
    assert "to_person</p>" not in answer
    assert "入力した内容" in answer


@pytest.mark.django_db
def test_a_form_that_was_refused_may_be_sent_again_with_the_same_token():
    person, address, _, boxes = _revising()
    one = browser(person)
    form = form_of(one, address, **boxes)

    assert one.post(address, form | {"reason": ""}).status_code == 422
    assert SentForm.objects.count() == 0
    assert one.post(address, form).status_code == 302


@pytest.mark.django_db
def test_an_effect_whose_answer_was_lost_is_known_when_the_form_comes_again(monkeypatch):
    person, address, _, boxes = _accepting()
    one = browser(person)
    form = form_of(one, address, **boxes)
    with monkeypatch.context() as cut:
        cut.setattr(sending, "led", lambda *_, **__: None)  # whoever answered was killed here
        one.post(address, form)

    again = one.post(address, form, headers={"Referer": f"http://testserver{address}"})

    assert again.status_code == 302
    assert again.url.endswith(address)
    assert Event.objects.filter(name="milestone.accepted").count() == 1
    assert "This has arrived. It was done once." in one.get(address).content.decode()


@pytest.mark.django_db
def test_the_same_token_from_someone_else_or_for_another_address_is_another_form():
    part = make.milestone(make.contract("delivered", at=clock.now()))
    client, worker = (browser(one) for one in (part.contract.client, part.contract.worker))
    address = reverse("acceptance", args=[part.pk])
    form = form_of(client, address)
    client.post(address, form)

    assert worker.post(address, form).status_code in (403, 404)
    delivery = client.post(reverse("revision", args=[part.pk]), form | {"reason": "Shorter."})
    assert delivery.status_code == 422


def test_a_double_click_at_the_same_instant_accepts_once(market):
    part = make.milestone(make.contract("delivered", at=clock.now()))
    one = browser(part.contract.client)
    address = reverse("acceptance", args=[part.pk])
    form = form_of(one, address)
    start = threading.Barrier(2)

    def click(_):
        twin = Client(enforce_csrf_checks=True)
        twin.cookies = one.cookies
        start.wait()
        try:
            return twin.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url == reverse("contract", args=[part.contract_id])
    assert Event.objects.filter(name="milestone.accepted").count() == 1


def test_a_form_whose_first_sending_is_still_at_work_is_told_so(market, monkeypatch):
    person, address, _, boxes = _accepting()
    one = browser(person)
    form = form_of(one, address, **boxes)
    monkeypatch.setattr(sending, "PATIENCE", 0.1)
    inside, let_go = threading.Event(), threading.Event()
    accept = delivering.accept

    def slowly(*args, **kwargs):
        inside.set()
        assert let_go.wait(20)
        return accept(*args, **kwargs)

    monkeypatch.setattr(delivering, "accept", slowly)

    def click():
        twin = Client(enforce_csrf_checks=True)
        twin.cookies = one.cookies
        try:
            return twin.post(address, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(click)
        assert inside.wait(20)
        second = one.post(address, form)
        let_go.set()
        first = first.result()

    assert second.status_code == 409
    assert int(second.headers["Retry-After"]) > 0
    assert first.status_code == 302


@pytest.mark.django_db
def test_after_thirty_days_a_form_is_forgotten():
    at = clock.now()
    for days in (29, 31):
        SentForm.objects.create(
            account=make.ren(),
            key=bytes([days] * 32),
            content=b"c" * 32,
            sent_at=days_after(at, -days),
        )

    sending.sweep(at=at)

    assert [bytes(one.key)[0] for one in SentForm.objects.all()] == [29]


@pytest.mark.django_db
def test_another_file_of_the_same_name_and_size_is_another_form():
    """The bank's answers to one batch are called alike and have one length."""
    part = make.milestone(make.contract("active", at=clock.now()))
    one, address = browser(part.contract.worker), reverse("delivery", args=[part.pk])
    form = form_of(one, address, body="Here.")
    one.post(address, form | {"files": SimpleUploadedFile("text.txt", b"first")})

    again = one.post(address, form | {"files": SimpleUploadedFile("text.txt", b"first")})
    other = one.post(address, form | {"files": SimpleUploadedFile("text.txt", b"other")})

    assert (again.status_code, other.status_code) == (302, 422)
