"""CO11: an invoice with each acceptance, under the number that the worker's registration decides; a
receipt for what came into escrow; a yearly record of what a client paid."""

from datetime import date, timedelta

import pytest

from enishi.contracts.commands import delivering, recording
from enishi.documents import deductions, invoices, queries, records
from enishi.documents.models import Document
from enishi.kit.errors import Refused
from enishi.profiles import commands as profiles
from enishi.profiles.models import InvoiceRegistration
from enishi.web.middleware import say
from tests import make
from tests.make import NOON

OWN, OPERATOR = "T7000012050002", "T9000000000000"


@pytest.mark.parametrize(
    ("number", "is_by_agent", "operator", "mode"),
    [
        (OWN, False, "", "own"),
        (OWN, False, OPERATOR, "own"),
        (OWN, True, OPERATOR, "agent"),
        (OWN, True, "", "own"),  # the operator is not registered
        ("", False, OPERATOR, "unregistered"),
        ("", True, OPERATOR, "unregistered"),  # an agent cannot lend a number
    ],
)
def test_the_mode_needs_both_registered_and_the_workers_word(number, is_by_agent, operator, mode):
    assert invoices.mode(number, is_by_agent=is_by_agent, operator_number=operator) == mode


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2026, 9, 30), 8_000),
        (date(2026, 10, 1), 7_000),
        (date(2028, 9, 30), 7_000),
        (date(2028, 10, 1), 5_000),
        (date(2030, 9, 30), 5_000),
        (date(2030, 10, 1), 3_000),
        (date(2031, 9, 30), 3_000),
        (date(2031, 10, 1), 0),
    ],
)
def test_what_a_client_may_deduct_falls_with_the_day_of_the_purchase(day, rate):
    assert deductions.deductible_on(day).rate == rate


def test_the_tax_of_one_invoice_is_rounded_once_for_each_rate():
    """Three times 105 yen hold 9 yen of tax each, together 28, not 27."""
    rows = invoices.by_rate([(105, 1_000), (105, 1_000), (105, 1_000), (108, 800)])

    assert rows == [
        {"rate": 1_000, "amount": 315, "tax": 28},
        {"rate": 800, "amount": 108, "tax": 8},
    ]


def test_a_year_is_put_together_by_worker_for_its_client_alone():
    def paid(client, worker, amount, withholding=0):
        sides = {"client": {"account_id": client}, "worker": {"account_id": worker}}
        return sides | {"amount": amount, "tax": amount // 11, "withholding": withholding}

    rows = records.paid_to(
        [paid(1, 2, 110), paid(1, 3, 1_100), paid(9, 2, 5), paid(1, 2, 220, 7)], 1
    )

    assert [(row["worker"]["account_id"], row["payments"], row["amount"]) for row in rows] == [
        (3, 1, 1_100),
        (2, 2, 330),
    ]
    assert records.totals(rows) == {"payments": 3, "amount": 1_430, "tax": 130, "withholding": 7}


def paper(contract, kind):
    return Document.objects.about(contract).get(kind=kind).facts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "mode", "issuer", "own"),
    [
        (None, "unregistered", ("Ren", ""), ""),
        ({"number": "7000-0120-50002"}, "own", ("Ren", OWN), OWN),
        ({"number": OWN, "is_by_agent": True}, "agent", ("Office", OPERATOR), ""),
    ],
)
def test_each_acceptance_leaves_an_invoice_in_the_mode_of_its_day(
    settings, said, mode, issuer, own
):
    settings.OPERATOR = settings.OPERATOR | {"name": "Office", "invoice_number": OPERATOR}
    contract = make.contract("delivered")
    if said:
        profiles.register_invoices(by=contract.worker, at=NOON, **said)

    delivering.accept(make.milestone(contract).pk, by=contract.client, at=NOON)

    facts = paper(contract, "invoice")
    assert (facts["mode"], tuple(facts["issuer"].values())) == (mode, issuer)
    assert facts["worker"]["registration_number"] == own
    assert facts["by_rate"] == [{"rate": 1_000, "amount": 60_000, "tax": 5_454}]
    assert facts["deduction"] == (
        {"rate": 8_000, "until_on": "2026-09-30"} if mode == "unregistered" else None
    )
    assert paper(contract, "order_sheet")["invoice_mode"] == "unregistered"  # of its own day


@pytest.mark.django_db
def test_what_comes_into_escrow_leaves_a_receipt_for_the_client_alone():
    contract = make.contract("active")
    found = Document.objects.about(contract).get(kind="receipt")

    assert found.parties == [contract.client_id]
    assert (found.amount, found.facts["milestone"]) == (60_000, 1)


@pytest.mark.django_db
def test_a_registration_is_checked_and_its_history_kept():
    ren = make.ren()
    for number, is_by_agent, code in (
        ("T7000012050003", False, "invoice.number_wrong"),
        ("未登録", False, "invoice.number_wrong"),
        ("", True, "invoice.agent_needs_a_number"),
    ):
        with pytest.raises(Refused, match=code):
            profiles.register_invoices(by=ren, at=NOON, number=number, is_by_agent=is_by_agent)

    for number in (OWN, OWN, ""):
        profiles.register_invoices(by=ren, at=NOON, number=number)

    said = InvoiceRegistration.objects.order_by("id").values_list("number", flat=True)
    assert list(said) == [OWN, ""]


@pytest.mark.django_db
def test_a_year_on_paper_says_whether_it_was_over_and_stands_until_something_is_new():
    contract = make.contract("completed")
    hana, later = contract.client, NOON + timedelta(days=1)

    first = recording.record_year(2026, by=hana, at=NOON)
    again = recording.record_year(2026, by=hana, at=later)
    whole = recording.record_year(2026, by=hana, at=NOON + timedelta(days=300))

    assert (first.pk, first.parties) == (again.pk, [hana.pk])
    assert (first.facts["until_on"], first.facts["is_whole"]) == ("2026-04-01", False)
    assert (whole.facts["until_on"], whole.facts["is_whole"]) == ("2026-12-31", True)
    assert whole.facts["totals"] == {
        "payments": 1,
        "amount": 60_000,
        "tax": 5_454,
        "withholding": 0,
    }
    assert whole.amount == 60_000
    for nobody, year in ((hana, 2025), (contract.worker, 2026)):
        with pytest.raises(Refused, match="payment_record.nothing_paid") as refused:
            recording.record_year(year, by=nobody, at=later)
        assert say(refused.value).startswith(f"{year}年")
    assert queries.broken_link() is None
