"""Files for the bank at their pages, and holders to look at: treasurers, a fresh second factor, and
never a number but its end."""

import hashlib
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.escrow import queries as ledger
from enishi.events.models import Event
from enishi.notifications.letters.reading import letters_for
from enishi.office.models import MoneyAct
from enishi.payments.models import HolderCheck, Payout, PayoutBatch
from tests import make
from tests.payments import by_file
from tests.payments.answers import answered
from tests.web.test_money_desk import grow_stale, text
from tests.web.test_office_people import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "_by_file")]
FORM = {"transfer_on": "2026-04-02", "reason": "Due this week."}


@pytest.fixture
def _by_file(settings, tmp_path):
    by_file.use(settings)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def kei(client):
    other = type(client)()
    enter(other, "kei")
    return other


@pytest.fixture
def ren():
    """Owed 8,580 for a deal; the account ends in 1864."""
    worker = make.contract("completed", price=11_000).worker
    by_file.bank(worker, "7531864")
    return worker


def enters(client, key):
    """Speaking English, in whose words the tests look."""
    accounts.speak(by=enter(client, key), language="en")


def page(name):
    return reverse(name, args=[PayoutBatch.objects.get().pk])


def upload(content):
    return {"answer": SimpleUploadedFile("answer.txt", content)}


def made_and_approved(client, kei):
    client.post(reverse("office_batch_new"), FORM)
    act = MoneyAct.objects.get()
    kei.post(reverse("office_act_approval", args=[act.pk]))
    return act


def test_a_file_from_the_desk_to_the_answer_of_the_bank(client, kei, ren):
    enters(client, "nao")
    assert reverse("office_batches") in text(client.get(reverse("office_money")))
    new = reverse("office_batch_new")
    assert new in text(client.get(reverse("office_batches")))
    form = text(client.get(new))
    assert 'value="2026-04-02"' in form
    assert "8,580" in form

    assert client.post(new, FORM).url == reverse("office_act", args=[MoneyAct.objects.get().pk])
    act = text(kei.get(reverse("office_act", args=[MoneyAct.objects.get().pk])))
    batch = PayoutBatch.objects.get()
    assert batch.sha256 in act
    assert "8,580" in act
    assert client.get(page("office_batch_file")).status_code == 404  # nobody has approved it
    kei.post(reverse("office_act_approval", args=[MoneyAct.objects.get().pk]))

    file = client.get(page("office_batch_file"))
    assert hashlib.sha256(file.content).hexdigest() == batch.sha256
    assert b"7531864" in file.content
    assert file["Content-Disposition"].startswith('attachment; filename="furikomi-20260402-')
    assert file["Cache-Control"] == "no-store"
    shown = text(client.get(page("office_batch")))
    assert "ends in 1864" in shown
    assert "7531864" not in shown
    answer = client.post(page("office_batch_answer"), upload(answered(file.content)))

    assert answer.url == page("office_batch")
    assert "1 arrived" in text(client.get(answer.url))
    assert Payout.objects.get().status == "paid"
    client.post(page("office_batch_answer"), upload(answered(file.content)))
    assert "booked before" in text(client.get(page("office_batch")))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a bank"),
        (b"hello", "not a bank"),
        (b"1" * 5_000_000, "not a bank"),
    ],
)
def test_a_wrong_answer_is_refused_in_words_and_books_nothing(client, kei, ren, content, said):
    enters(client, "nao")
    made_and_approved(client, kei)

    answer = client.post(page("office_batch_answer"), upload(content))

    assert answer.status_code == 422
    assert said in text(answer)
    assert Payout.objects.get().status == "sent"
    missing = client.post(page("office_batch_answer"))
    assert (missing.status_code, "Please choose a file" in text(missing)) == (422, True)


def test_what_was_typed_stays_when_the_day_will_not_do(client, ren):
    enters(client, "nao")

    answer = client.post(reverse("office_batch_new"), FORM | {"transfer_on": "2026-04-04"})

    assert answer.status_code == 422
    assert "Due this week." in text(answer)
    assert "banks work" in text(answer)
    assert not PayoutBatch.objects.exists()


def test_with_nothing_due_there_is_no_form_but_the_way_to_the_reasons(client):
    enter(client, "nao")

    page = text(client.get(reverse("office_batch_new")))

    assert 'name="transfer_on"' not in page
    assert reverse("office_money") + "#h-payouts" in page


def test_the_day_by_which_somebody_must_be_paid_is_said(client, settings, ren):
    settings.RULES = replace(settings.RULES, transfer_days=60)
    enters(client, "nao")

    answer = client.post(reverse("office_batch_new"), FORM | {"transfer_on": "2026-04-17"})

    assert "Somebody must be paid by Thu 16 Apr 2026" in text(answer)


@pytest.mark.parametrize("name", ["office_batch_file", "office_batch_answer", "office_batch_new"])
def test_a_file_is_made_given_out_and_answered_only_with_a_fresh_second_factor(
    client, kei, ren, name
):
    enters(client, "nao")
    made_and_approved(client, kei)
    grow_stale(client)
    is_new = name == "office_batch_new"
    path = reverse(name) if is_new else page(name)

    answer = client.get(path) if name.endswith("file") else client.post(path, upload(b"1"))

    assert answer.status_code == 302
    assert "/account/2fa/reauthenticate/" in answer.url
    shown = text(client.get(page("office_batch")))
    assert page("office_batch_file") not in shown
    assert "Please show your second factor" in shown


@pytest.mark.parametrize("key", ["mio", "ren"])
def test_only_treasurers_hold_a_file(client, kei, ren, key):
    treasurer = type(client)()
    enters(treasurer, "nao")
    made_and_approved(treasurer, kei)
    enter(client, key)

    for name in ("office_batch_file", "office_batch_answer"):
        method = client.get if name.endswith("file") else client.post
        assert method(page(name)).status_code == 404
    assert client.get(reverse("office_batch_new")).status_code == 404
    assert client.get(page("office_batch")).status_code == (200 if key == "mio" else 404)


def test_a_market_with_a_provider_says_that_it_makes_no_files(client, settings, ren):
    settings.PAYOUTS = {"by": "provider", "least": 0}
    enters(client, "nao")

    assert "through its provider" in text(client.get(reverse("office_batches")))
    assert reverse("office_batches") not in text(client.get(reverse("office_money")))
    answer = client.post(reverse("office_batch_new"), FORM)
    assert answer.status_code == 422
    assert not PayoutBatch.objects.exists()


def looked_at():
    worker = make.ren()
    by_file.bank(worker, holder="ハナヤ", reason="It is my shop.")
    return HolderCheck.objects.get()


def test_a_treasurer_looks_at_a_holder_and_confirms(client):
    check = looked_at()
    enters(client, "nao")
    path = reverse("office_holder", args=[check.pk])
    assert path in text(client.get(reverse("office_money")))
    assert path in text(client.get(reverse("office")))
    shown = text(client.get(path))
    for words in ("ハナヤ", "ミズノ レン", "It is my shop."):
        assert words in shown

    client.post(reverse("office_holder_confirmation", args=[check.pk]))

    check.refresh_from_db()
    assert (check.status, check.decided_by.name) == ("confirmed", "日高 直")
    assert path not in text(client.get(reverse("office_money")))


def test_refusing_a_holder_needs_a_reason_that_its_owner_reads(client):
    check = looked_at()
    enters(client, "nao")
    path = reverse("office_holder_refusal", args=[check.pk])

    assert client.post(path, {"reason": " "}).status_code == 422
    client.post(path, {"reason": "It is another person."})

    check.refresh_from_db()
    assert check.status == "refused"
    told = Event.objects.get(name="holder.refused")
    ((_, letter),) = letters_for([told], check.bank.account)
    assert letter.quote == "It is another person."
    assert letter.path == reverse("bank_account")


@pytest.mark.parametrize("name", ["office_holder_confirmation", "office_holder_refusal"])
def test_a_holder_is_decided_by_treasurers_with_a_fresh_second_factor(client, name):
    check = looked_at()
    operator = type(client)()
    enter(operator, "mio")
    enters(client, "nao")
    grow_stale(client)
    path = reverse(name, args=[check.pk])

    assert operator.post(path, {"reason": "No"}).status_code == 404
    assert "/account/2fa/reauthenticate/" in client.post(path, {"reason": "No"}).url
    check.refresh_from_db()
    assert check.status == "waiting"


def test_letters_about_files_lead_treasurers_to_them(client, kei, ren):
    enters(client, "nao")
    made_and_approved(client, kei)

    told = Event.objects.get(name="batch.sent")
    ((_, letter),) = letters_for([told], make.account("Nao", office_grade="treasurer"))

    assert "8,580" in letter.title
    assert "2 Apr 2026" in letter.body
    assert letter.path == page("office_batch")


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_asks_the_same_however_long_it_is(client, django_assert_num_queries, count):
    for number in range(count):
        person = make.account(f"W{number}")
        by_file.bank(person)
        by_file.earn(person, 500)
    enters(client, "nao")
    client.get(reverse("office_batch_new"))

    with django_assert_num_queries(10):
        client.get(reverse("office_batch_new"))


def test_the_ledger_is_sound_at_the_end(client, kei, ren):
    enters(client, "nao")
    made_and_approved(client, kei)
    file = client.get(page("office_batch_file")).content
    client.post(page("office_batch_answer"), upload(answered(file, {Payout.objects.get().pk: "2"})))

    assert ledger.verify() == []
    assert ledger.payable_of(ren.pk) == 8_580
    other = type(client)()
    other.force_login(ren)
    assert "did not take a payout" in text(other.get(reverse("bank_account")))
