"""CO10: who withholds is a table, every row of which is known here apart from the code."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from enishi.contracts import queries, withholding
from enishi.contracts.commands import delivering, settling
from enishi.events.models import Event
from enishi.jobs.catalogue import read as catalogue
from enishi.profiles import commands as profiles
from enishi.profiles.policy import PAYEE_KINDS, PAYER_KINDS
from tests import make
from tests.make import NOON
from tests.web.pages import text

NAMED = ("manuscript", "design", "translation", "lecture", "photo", "other")


@pytest.mark.parametrize("kind", [*NAMED, ""])
@pytest.mark.parametrize("payee", ["individual", "company"])
@pytest.mark.parametrize("payer", ["company", "sole_trader_payroll", "individual"])
def test_only_a_named_kind_from_a_payer_with_payroll_to_a_person_is_withheld(kind, payee, payer):
    found = withholding.decide(kind, payee_kind=payee, payer_kind=payer)

    assert found.is_withheld == (kind != "" and payee == "individual" and payer != "individual")
    why = "kind_not_named"
    if kind:
        why = "payee_company" if payee == "company" else "payer_without_payroll"
    assert found.why == ("named" if found.is_withheld else why)


def test_the_table_has_each_row_once_and_knows_every_kind_of_the_catalogue():
    rows = set(product((True, False), PAYEE_KINDS, PAYER_KINDS))
    kinds = {
        catalogue.withholding_kind(one.id)
        for category in catalogue.categories()
        for one in category.subcategories
    }

    assert set(withholding.TABLE) == rows
    assert kinds - {""} <= set(withholding.KINDS)


@pytest.mark.parametrize(
    ("paid_at", "day"),
    [
        (datetime(2026, 4, 1, 3, tzinfo=UTC), date(2026, 5, 10)),
        (datetime(2026, 4, 30, 15, tzinfo=UTC), date(2026, 6, 10)),  # 0:00 of May 1st in Tokyo
        (datetime(2026, 12, 31, 14, tzinfo=UTC), date(2027, 1, 10)),
    ],
)
def test_what_was_withheld_is_remitted_by_the_tenth_of_the_next_month(paid_at, day):
    assert withholding.remit_by(paid_at) == day


def company_contract(price, parts):
    """Of a company, so that tax is withheld."""
    hana = make.hana()
    profiles.present_client(by=hana, at=NOON, kind="organisation", payer_kind="company")
    sent = make.proposal(to=make.job(client=hana))
    terms = make.offer_terms(price, parts)
    return make.agree(make.offering.offer(sent.pk, by=hana, at=NOON, terms=terms))


def withheld_contract():
    """Two parts of 11,000 yen, paid a month apart."""
    made = company_contract(22_000, 2)
    for number, days in enumerate((0, 30), start=1):
        at = NOON + timedelta(days=days)
        make.fund(make.milestone(made, number), at=at)
        make.deliver(make.milestone(made, number), at=at)
        delivering.accept(make.milestone(made, number).pk, by=made.client, at=at)
    return made


@pytest.mark.django_db
def test_an_acceptance_asks_the_client_to_remit_what_was_withheld():
    """CO10: base 10,000, W 1,021."""
    contract = withheld_contract()

    first, second = Event.objects.filter(name="milestone.remittance").order_by("id")

    assert first.people == [contract.client_id]
    assert (first.facts["withheld"], first.facts["until"]) == (1_021, "2026-05-10")
    assert second.facts["until"] == "2026-06-10"


@pytest.mark.django_db
def test_what_the_office_settles_is_remitted_for_the_part_paid():
    """CO8, CO10: of 22,000 yen half is paid."""
    contract = company_contract(22_000, 1)
    part = make.fund(make.milestone(contract))

    settling.split(part.pk, 11_000, by=make.mio(), at=NOON, reason="Half of it stands.")

    (asked,) = Event.objects.filter(name="milestone.remittance")
    assert asked.facts["withheld"] == 1_021
    (due,) = queries.remittances(contract.client_id, at=NOON)
    assert (due.amount, due.payments) == (1_021, 1)


@pytest.mark.django_db
def test_where_nothing_is_withheld_nothing_is_asked():
    make.contract("completed")

    assert not Event.objects.filter(name="milestone.remittance").exists()


@pytest.mark.django_db
def test_what_is_to_be_remitted_stands_until_its_day_is_over():
    """Paid on April 1st and on May 1st: due on May 10th and on June 10th."""
    contract = withheld_contract()

    def due(month, day, hour=3):
        at = datetime(2026, month, day, hour, tzinfo=UTC)
        return [
            (one.until.isoformat(), one.amount)
            for one in queries.remittances(contract.client_id, at=at)
        ]

    assert due(5, 2) == [("2026-05-10", 1_021), ("2026-06-10", 1_021)]
    assert due(5, 10, 14) == [("2026-05-10", 1_021), ("2026-06-10", 1_021)]
    assert due(5, 10, 15) == [("2026-06-10", 1_021)]
    assert due(6, 11) == []
    assert queries.remittances(contract.worker_id, at=NOON) == []


@pytest.mark.django_db
def test_the_desk_says_what_to_remit_and_until_when(client, monkeypatch):
    at = NOON + timedelta(days=31)
    monkeypatch.setattr("enishi.kit.clock.read", lambda: (at, False))
    contract = withheld_contract()

    for reader, is_told in ((contract.client, True), (contract.worker, False)):
        client.force_login(reader)
        shown = text(client.get("/desk/")) + text(client.get("/documents/payments/"))
        assert ("Remit ¥1,021 of withheld income tax by Sun 10 May 2026" in shown) == is_told
