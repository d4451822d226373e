"""Where a worker is paid: the account is given as people type it, and its number is not kept."""

import pytest
from django.urls import reverse

import sandbox
from enishi.kit import clock
from enishi.payments.models import BankAccount
from tests import make
from tests.web.pages import shown_anew

pytestmark = pytest.mark.django_db
TYPED = {"bank": "０００１", "branch": "001", "number": "1234-567", "holder": "みずの れん"}


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
