"""CO8, PE2: pay that goes out by a file for the operator's own bank, in a real browser."""

import json

import pytest

from tests.journeys import paying_by_file
from tests.journeys import site as sites


@pytest.fixture(scope="module")
def site():
    with sites.running(**paying_by_file.ENVIRONMENT) as market:
        yield market


def test_pay_goes_out_by_a_file_that_two_treasurers_agree_on(browser, site):
    paying_by_file.staged(site, "ja")
    people = paying_by_file.people(browser, site, "ja")

    paying_by_file.tells_all(people)

    assert json.loads(site.enishi("verify-ledger", "--json"))["faults"] == []
    assert [problem for one in people for problem in one.problems] == []
