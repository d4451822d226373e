"""PE2 at the pages: two treasurers, each with a second factor shown just now; chargebacks."""

import time

import pytest
from django.urls import reverse
from django.utils import translation

from enishi.accounts.models import Account
from enishi.contracts.commands import ending
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.notifications.letters.reading import letters_for
from enishi.office import commands
from enishi.office.models import MoneyAct
from enishi.payments.commands import refunding
from enishi.payments.models import BankAccount, Chargeback, Payment, Payout, Refund
from enishi.payments.provider import Transfer
from enishi.web.middleware import say
from tests import make
from tests.make import NOON
from tests.web.test_office_people import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def kei(client):
    """The other treasurer's browser."""
    other = type(client)()
    enter(other, "kei")
    return other


def text(answer):
    return answer.content.decode()


def grow_stale(client):
    """The second factor was shown eleven minutes ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 660
    session.save()


def test_an_escrow_is_divided_by_two_treasurers(client, kei):
    milestone = make.milestone(make.contract("delivered", price=22_000))
    enter(client, "nao")
    deal = text(client.get(reverse("office_deal", args=[milestone.contract_id])))
    form = reverse("office_act_new", args=["split", milestone.pk])
    assert form in deal
    wrong = client.post(form, {"part": "22001", "reason": "Half of it is there."})
    assert wrong.status_code == 422
    assert "22001" in text(wrong)
    assert "Half of it is there." in text(wrong)

    client.post(form, {"part": "１１，０００", "reason": "Half of it is there."})

    act = MoneyAct.objects.get()
    page = reverse("office_act", args=[act.pk])
    mine, theirs = text(client.get(page)), text(kei.get(page))
    approval = reverse("office_act_approval", args=[act.pk])
    assert approval not in mine
    assert approval in theirs
    assert "8,580" in theirs  # what the worker receives is shown before it is decided
    assert page in text(kei.get(reverse("office_money")))
    client.post(approval)
    assert ledger.payable_of(milestone.contract.worker_id) == 0
    for _ in range(2):  # a double click
        kei.post(approval)

    assert ledger.payable_of(milestone.contract.worker_id) == 8_580
    milestone.refresh_from_db()
    assert milestone.status == "settled"
    assert page in text(client.get(reverse("office_acts")))
    other = type(client)()
    other.force_login(milestone.contract.worker)
    contract_page = text(other.get(reverse("contract", args=[milestone.contract_id])))
    assert "Half of it is there." in contract_page


@pytest.mark.parametrize("path", ["office_act_new", "office_act_approval", "office_act_refusal"])
def test_the_second_factor_must_have_been_shown_just_now(client, path):
    ren = make.ren()
    facts = {"amount": 300, "direction": "to_person"}
    words = {"by": make.nao(), "at": NOON, "reason": "It is due."}
    act = commands.propose("correction", ren.pk, **words, facts=facts)
    enter(client, "kei")
    grow_stale(client)
    args = ["hold_payouts", ren.pk] if path == "office_act_new" else [act.pk]

    answer = client.post(reverse(path, args=args), {"reason": "It is due."})

    assert answer.status_code == 302
    assert "/account/2fa/reauthenticate/" in answer.url
    assert list(MoneyAct.objects.values_list("status", flat=True)) == ["proposed"]


def test_refusing_needs_a_reason_and_withdrawing_its_author(client, kei):
    enter(client, "nao")
    client.post(reverse("office_act_new", args=["hold_payouts", make.ren().pk]), {"reason": "Odd"})
    act = MoneyAct.objects.get()

    assert kei.post(reverse("office_act_refusal", args=[act.pk])).status_code == 422
    kei.post(reverse("office_act_withdrawal", args=[act.pk]))
    act.refresh_from_db()
    assert act.status == "proposed"
    kei.post(reverse("office_act_refusal", args=[act.pk]), {"reason": "Not odd"})

    act.refresh_from_db()
    assert (act.status, act.decision) == ("refused", "Not odd")
    assert "Not odd" in text(client.get(reverse("office_act", args=[act.pk])))


def test_a_refund_that_failed_stands_on_the_desk_until_two_have_decided(client, kei):
    milestone = make.milestone(make.contract("active", price=11_000))
    words = {"by": milestone.contract.worker, "at": NOON, "reason": "Ill"}
    ending.give_back(milestone.pk, **words)
    failed = Refund.objects.get()
    refunding._book(failed.pk, Transfer("", "failed", "expired_card"), at=NOON)
    enter(client, "nao")
    path = reverse("office_act_new", args=["failed_refund", failed.pk])
    assert path in text(client.get(reverse("office_money")))
    for page in ("office", "office_clocks"):
        assert "#h-refunds" in text(client.get(reverse(page))), page
    assert client.post(path, {"reason": "The card is gone."}).status_code == 422
    client.post(path, {"reason": "The card is gone.", "how": "by_hand"})
    act = MoneyAct.objects.get()

    assert "expired_card" in text(kei.get(reverse("office_act", args=[act.pk])))
    kei.post(reverse("office_act_approval", args=[act.pk]))

    failed.refresh_from_db()
    assert failed.status == "closed"
    assert path not in text(client.get(reverse("office_money")))


@pytest.mark.parametrize("key", ["mio", "ren"])
def test_only_treasurers_move_money(client, key):
    milestone = make.milestone(make.contract("delivered"))
    enter(client, key)
    path = reverse("office_act_new", args=["split", milestone.pk])

    assert client.get(path).status_code == 404
    if key == "mio":
        assert path not in text(client.get(reverse("office_deal", args=[milestone.contract_id])))


@pytest.mark.parametrize(("kind", "subject"), [("gift", 1), ("split", 999), ("write_off", 999)])
def test_what_does_not_exist_is_not_found(client, kind, subject):
    enter(client, "nao")

    assert client.get(reverse("office_act_new", args=[kind, subject])).status_code == 404


def test_the_money_desk_shows_who_is_paid_by_when_and_who_owes_for_how_long(client):
    milestone = make.milestone(make.contract("completed", price=11_000))
    ren = milestone.contract.worker
    make.charge_back(milestone, status="lost")
    enter(client, "mio")

    page = text(client.get(reverse("office_money")))
    assert "8,580" in page
    assert "2026" in page  # the day by which it is paid
    assert "11,000" in page
    BankAccount.objects.create(account=ren, payee="a", token="b", added_at=NOON)
    BankAccount.objects.update(refused_at=NOON, refusal_code="no_account")
    assert page != text(client.get(reverse("office_money")))


def test_a_payer_sees_what_is_owed_and_nobody_else_does(client, kei):
    milestone = make.milestone(make.contract("completed", price=11_000))
    make.charge_back(milestone)
    make.charge_back(milestone, status="lost")
    chargeback = Chargeback.objects.get()
    path = reverse("chargeback", args=[chargeback.pk])
    for person, status in ((make.sora(), 404), (milestone.contract.worker, 404)):
        client.force_login(person)
        assert client.get(path).status_code == status
        assert client.post(reverse("repayment", args=[chargeback.pk])).status_code == status

    client.force_login(milestone.contract.client)
    page = text(client.get(path))
    assert "11,000" in page
    assert reverse("repayment", args=[chargeback.pk]) in page
    assert kei.get(path).status_code == 404
    told = Event.objects.filter(name="chargeback.lost").get()
    ((_, letter),) = letters_for([told], make.account("Nao", office_grade="treasurer"))
    assert letter.path == reverse("office_chargeback", args=[chargeback.pk])
    ((_, letter),) = letters_for([told], milestone.contract.client)
    assert letter.path == path


def test_the_office_reads_the_record_it_would_send_to_the_bank(client):
    milestone = make.milestone(make.contract("completed", price=11_000))
    make.charge_back(milestone)
    chargeback = Chargeback.objects.get()
    path = reverse("office_chargeback", args=[chargeback.pk])
    enter(client, "nao")

    page = text(client.get(path))
    assert "OS-" in page or "SHA-256" in page
    empty = client.post(path, {"text": " "})
    assert empty.status_code == 422
    operator = type(client)()
    enter(operator, "mio")
    assert "<textarea" not in text(operator.get(path))
    operator.post(path, {"text": "An operator's words"})
    chargeback.refresh_from_db()
    assert chargeback.status == "open"


def test_the_money_desk_speaks_of_codes_in_words_and_of_acts_by_their_reasons(client):
    milestone = make.milestone(make.contract("completed", price=11_000))
    make.charge_back(milestone)
    words = {"by": make.nao(), "at": NOON, "reason": "The account changed twice."}
    commands.propose("hold_payouts", milestone.contract.worker_id, facts={}, **words)
    bank = BankAccount.objects.create(
        account=milestone.contract.worker, payee="a", token="b", added_at=NOON
    )
    Payout.objects.create(account=bank.account, bank=bank, amount=1, created_at=NOON, ask_at=NOON)
    Payout.objects.update(status="sent")
    over = {"status": "failed", "failure_code": "no_account", "finished_at": NOON}
    Payout.objects.update(ask_at=None, **over)
    enter(client, "mio")

    desk = text(client.get(reverse("office_money")))
    chargeback = text(client.get(reverse("office_chargeback", args=[Chargeback.objects.get().pk])))

    assert "The account changed twice." in desk
    assert "no_account" not in desk
    assert "該当する口座がありません" in desk
    assert "fraudulent" not in chargeback
    assert "カードを他人に使われたという申し立て" in chargeback


def test_each_case_of_money_says_whose_turn_it_is_and_what_silence_leads_to(client, kei):
    milestone = make.milestone(make.contract("completed", price=11_000))
    make.charge_back(milestone)
    case = reverse("office_chargeback", args=[Chargeback.objects.get().pk])
    enter(client, "nao")
    act = propose_to_hold(milestone.contract.worker)

    mine, theirs = text(client.get(act)), text(kei.get(act))
    assert "next--theirs" in mine
    assert "next--yours" in theirs
    silence = "期日までに判断がなければ、提案は失効し、何も動きません。"
    assert silence in mine
    assert silence in theirs
    assert "この人への振込を止めます" in theirs  # what it does, before it is decided
    assert "期日までに説明がなければ" in text(client.get(case))
    kei.post(f"{act}refusal/", {"reason": "Not odd"})
    assert "next--done" in text(client.get(act))


def propose_to_hold(person):
    """The page of a proposal by Nao."""
    nao = Account.objects.get(email="nao@enishi.example")
    act = commands.propose("hold_payouts", person.pk, by=nao, at=NOON, reason="Odd", facts={})
    return reverse("office_act", args=[act.pk])


@pytest.mark.parametrize(
    ("status", "changes", "said"),
    [
        ("failed", {"failure_code": "card_declined"}, "The last payment did not go through"),
        ("processing", {}, "Nothing has to be paid twice"),
        ("processing", {"arrived": 4_000, "customer": "cus_1"}, "Please transfer the missing"),
    ],
)
def test_a_payer_reads_what_became_of_paying_back(client, status, changes, said):
    milestone = make.milestone(make.contract("completed", price=11_000))
    make.charge_back(milestone)
    make.charge_back(milestone, status="lost")
    chargeback = Chargeback.objects.get()
    client.force_login(milestone.contract.client)
    path = reverse("chargeback", args=[chargeback.pk])
    before = text(client.get(path))

    begun = {"purpose_kind": "chargeback", "purpose_id": chargeback.pk, "provider": "sandbox"}
    times = {"created_at": NOON, "ask_at": NOON}
    paid = Payment.objects.create(payer=milestone.contract.client, amount=11_000, **begun, **times)
    Payment.objects.filter(pk=paid.pk).update(status="requires_payment")
    Payment.objects.filter(pk=paid.pk).update(status=status, **changes)

    assert said not in before
    assert said in text(client.get(path))


def test_a_refusal_groups_the_digits_of_its_sums():
    refused = Refused.because("payment.owes", owed=13_887)

    with translation.override("en"):
        assert say(refused).startswith("13,887 yen are owed")
