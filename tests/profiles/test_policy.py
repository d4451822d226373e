"""CO10, JO5: payers that fit, and what a recruiting notice lacks."""

import pytest

from enishi.profiles import policy


@pytest.mark.parametrize(
    ("kind", "payer", "fits"),
    [
        ("organisation", "company", True),
        ("organisation", "individual", False),
        ("sole_trader", "sole_trader_payroll", True),
        ("sole_trader", "individual", True),
        ("sole_trader", "company", False),
        ("person", "individual", True),
        ("person", "sole_trader_payroll", False),
        ("ghost", "individual", False),
    ],
)
def test_co10_who_pays_how(kind, payer, fits):
    assert policy.payer_fits(kind, payer) is fits


def test_jo5_an_organisation_names_a_person_in_charge():
    known = {"recruiter_name": "花村商店", "prefecture": "13", "city": "千代田区", "address": "1-1"}

    assert policy.missing(kind="person", contact_person="", **known) == []
    assert policy.missing(kind="organisation", contact_person="", **known) == ["contact_person"]


def test_jo5_an_empty_recruiter_lacks_everything():
    lacking = policy.missing(
        kind="person", recruiter_name="", contact_person="", prefecture="", city="", address=""
    )

    assert lacking == ["recruiter_name", "prefecture", "city", "address"]
