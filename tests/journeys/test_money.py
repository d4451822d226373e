"""M11, PE2, CO8, CO11: every yen of a deal that goes wrong, in a real browser."""

import json

from tests.journeys import money
from tests.journeys.conftest import person

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def test_a_deal_that_is_split_charged_back_and_reconciled(browser, site):
    contract = money.staged(site)
    people = money.Cast(
        person(browser, site, "Hana", "hana@people.example", "ja", PHONE),
        person(browser, site, "Ren", "ren@people.example", "ja", PHONE),
        person(browser, site, "直", "nao@enishi.example", "ja", DESK),
        person(browser, site, "圭", "kei@enishi.example", "ja", DESK),
    )

    money.tells_all(people, contract)

    assert json.loads(site.enishi("verify-ledger", "--json"))["faults"] == []
    assert json.loads(site.enishi("reconcile", "--json"))["differences"] == []
    assert json.loads(site.enishi("verify-papers", "--json"))["whole"]
    everyone = (people.hana, people.ren, people.nao, people.kei)
    assert [problem for one in everyone for problem in one.problems] == []
