"""CO10: who withholds is a table, every row of which is known here apart from the code."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from enishi.contracts import withholding
from enishi.jobs.catalogue import read as catalogue
from enishi.profiles.policy import PAYEE_KINDS, PAYER_KINDS

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
