"""M11, PE2, CO8, CO11: every yen of a deal that goes wrong, in a real browser."""

import json

from tests.journeys import money


def test_a_deal_that_is_split_charged_back_and_reconciled(browser, site):
    contract = money.staged(site)
    people = money.people(browser, site)

    money.tells_all(people, contract)

    assert json.loads(site.enishi("verify-ledger", "--json"))["faults"] == []
    assert json.loads(site.enishi("reconcile", "--json"))["differences"] == []
    assert json.loads(site.enishi("verify-papers", "--json"))["whole"]
    assert [problem for one in people for problem in one.problems] == []
