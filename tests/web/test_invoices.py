"""How invoices are issued is said by the worker and shown before anyone agrees; a client's year is
a page, a table and a paper."""

import csv
import io

import pytest
from django.urls import reverse

from enishi.documents.models import Document
from enishi.profiles.queries import invoice_registration
from tests import make

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
OWN, OPERATOR = "T7000012050002", "T9000000000000"


@pytest.fixture
def registered(settings):
    settings.OPERATOR = settings.OPERATOR | {"name": "Office", "invoice_number": OPERATOR}


def test_a_worker_says_the_number_in_any_spelling_and_by_whom(as_ren, registered):
    address = reverse("invoice_registration")

    answer = as_ren.post(address, {"number": "７０００－０１２０－５０００２", "is_by_agent": "on"})

    said = invoice_registration(make.ren().pk)
    assert (answer.status_code, said.number, said.is_by_agent) == (302, OWN, True)
    shown = text(as_ren.get(address))
    assert "In the operator's name and under its number" in shown
    assert f"Number on the invoice {OPERATOR}" in shown


def test_a_wrong_number_is_told_at_its_box_and_stays_there(as_ren):
    page = as_ren.post(reverse("invoice_registration"), {"number": "T7000012050003"})

    assert page.status_code == 422
    assert "This is not a registration number" in text(page)
    assert 'value="T7000012050003"' in page.content.decode()
    assert "The operator of this market is not registered" in text(page)
    assert invoice_registration(make.ren().pk) is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_both_sides_read_how_invoices_come_before_they_agree(client, language):
    contract = make.contract("offered")
    words = {"ja": ["2026年9月30日", "80%"], "en": ["30 Sep 2026", "80%"]}[language]

    for side in (contract.client, contract.worker):
        side.language = language
        side.save(update_fields=["language"])
        client.force_login(side)
        shown = text(client.get(reverse("contract", args=[contract.pk])))
        assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_year_is_a_page_a_table_and_a_paper(client, language):
    contract = make.contract("completed")
    hana, ren = contract.client, contract.worker
    hana.language = language
    hana.save(update_fields=["language"])
    client.force_login(hana)

    page = text(client.get(reverse("payments")))
    table = client.get(reverse("payments_table"), {"year": "2026"})
    issued = client.post(reverse("payment_records"), {"year": "2026"}, follow=True)
    empty = client.get(reverse("payments"), {"year": "2025"})

    yen = {"ja": "60,000円", "en": "¥60,000"}[language]
    assert yen in page
    (_, row) = csv.reader(io.StringIO(table.content.decode("utf-8-sig")))
    assert row == ["Ren", "individual", "", "1", "60000", "5454", "0"]
    paper = Document.objects.get(kind="payment_record")
    assert paper.number in text(issued)
    assert yen in text(issued)
    assert yen not in text(empty)
    client.force_login(ren)
    assert client.get(reverse("document", args=[paper.pk])).status_code == 404
    assert yen not in text(client.get(reverse("payments")))
