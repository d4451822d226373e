"""Where a worker is paid: the account is given as people type it, and its number is not kept."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

import sandbox
from enishi.contracts.commands import delivering
from enishi.kit import clock
from enishi.payments.models import BankAccount, HolderCheck
from tests import make
from tests.payments import by_file
from tests.web.pages import shown_anew

pytestmark = pytest.mark.django_db
TYPED = {"bank": "０００１", "branch": "001", "number": "1234-567", "holder": "みずの れん"}
TYPED |= {"name": "みずの れん"}


@pytest.fixture
def as_worker(client):
    ren = make.ren()
    client.force_login(ren)
    shown_anew(client, ren)
    return client


@pytest.fixture
def provider(tmp_path, settings):
    with sandbox.running(data=tmp_path) as box:
        settings.PAYMENT_PROVIDER = {
            "name": "sandbox",
            "url": box.url,
            "key": box.key,
            "webhook_secret": box.webhook_secret,
            "seconds": 8,
        }
        yield box


def test_an_account_in_full_width_digits_is_taken_and_only_its_end_is_shown(as_worker, provider):
    fields = TYPED | {"holder": "ﾐｽﾞﾉ ﾚﾝ"}

    as_worker.post(reverse("bank_account"), fields)

    page = as_worker.get(reverse("bank_account")).content.decode()
    kept = BankAccount.objects.get()
    assert (kept.bank_code, kept.last4, kept.holder) == ("0001", "4567", "ミズノ レン")
    assert "ends in 4567" in page
    assert "1234567" not in page


@pytest.mark.parametrize(
    ("box", "value", "said"),
    [
        ("bank", "12", "Please give 4 digits."),
        ("branch", "abc", "Please give 3 digits."),
        ("number", "", "Please fill in this item."),
        ("holder", "水野", "Please write the account holder in katakana"),
        ("name", "", "Please write your own name in katakana"),
        ("name", "水野", "Please write your own name in katakana"),
    ],
)
def test_a_fault_is_said_at_its_box_and_nothing_is_kept(as_worker, box, value, said):
    fields = TYPED | {"holder": "ミズノ レン", box: value}

    answer = as_worker.post(reverse("bank_account"), fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not BankAccount.objects.exists()


def test_whoever_is_owed_money_reads_how_much_and_what_happens_next(as_worker):
    """CL18"""
    make.contract("completed", price=11_000, at=clock.now())

    page = as_worker.get(reverse("bank_account")).content.decode()

    assert "¥8,580" in page
    assert "within" in page


def test_the_page_is_for_whoever_is_signed_in(client):
    assert client.get(reverse("bank_account")).url.startswith(reverse("account_login"))


def test_a_holder_who_differs_is_said_plainly_and_nothing_typed_is_lost(as_worker, settings):
    by_file.use(settings)
    fields = TYPED | {"holder": "ハナヤ"}
    path = reverse("bank_account")
    assert 'name="reason"' not in as_worker.get(path).content.decode()

    answer = as_worker.post(path, fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "(ハナヤ) is not your own name (ミズノ レン)" in page
    assert 'value="1234-567"' in page
    assert 'name="reason"' in page
    assert not BankAccount.objects.exists()
    as_worker.post(path, fields | {"reason": "It is my shop."})
    page = as_worker.get(path).content.decode()
    assert "The office looks at the holder of your account" in page
    assert HolderCheck.objects.get().reason == "It is my shop."
    assert 'name="name"' not in page  # it is asked once


def test_where_there_is_no_provider_the_number_is_kept_and_shown_by_its_end(as_worker, settings):
    by_file.use(settings)

    as_worker.post(reverse("bank_account"), TYPED | {"number": "7531864"})

    page = as_worker.get(reverse("bank_account")).content.decode()
    assert "ends in 1864" in page
    assert "7531864" not in page
    assert "kept sealed" in page


def test_each_sum_says_by_when_it_is_paid_and_why_and_who_bears_the_costs(client, settings):
    """CO8"""
    by_file.use(settings, least=1_000)
    contract = make.contract("completed", price=11_000)
    client.force_login(contract.worker)

    page = strip_tags(client.get(reverse("bank_account")).content.decode())

    assert "by Thu 16 Apr" in page
    assert "15 days from the acceptance on Wed 1 Apr" in page
    assert contract.title in page
    assert "nobody to take them from your pay" in page
    assert "Sums below ¥1,000 wait for others, but never beyond their day." in page


def test_a_late_acceptance_names_the_law(client):
    """CO8: the sixtieth day is a Saturday."""
    contract = make.contract("delivered", price=11_000)
    late = make.NOON + timedelta(days=50)
    delivering.accept(make.milestone(contract).pk, by=contract.client, at=late)
    client.force_login(contract.worker)

    page = strip_tags(client.get(reverse("bank_account")).content.decode())

    assert "by Fri 29 May" in page
    assert "The law: 60 days from the delivery on Wed 1 Apr" in page
    assert "banks rest on that day" in page


@pytest.mark.parametrize(
    ("code", "said", "unsaid"),
    [
        ("holder_refused", "The office did not confirm its holder", "the bank did not take"),
        ("name_mismatch", "The name does not match", "did not confirm its holder"),
    ],
)
def test_why_an_account_is_not_used_is_said(client, settings, code, said, unsaid):
    by_file.use(settings)
    ren = make.ren()
    by_file.bank(ren)
    BankAccount.objects.update(refused_at=make.NOON, refusal_code=code)
    client.force_login(ren)

    page = strip_tags(client.get(reverse("bank_account")).content.decode())

    assert said in page
    assert unsaid not in page
