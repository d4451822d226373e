"""RA1–RA9, AP2, AP6: from no rank to silver in a real browser, and why two applicants differ."""

import json

from tests.journeys import climb, money
from tests.journeys.conftest import person


def test_a_new_worker_climbs_to_silver_and_a_client_sees_why_two_differ(browser, site):
    ren = person(browser, site, "Ren", "ren@people.example", "ja", money.PHONE)
    hana = person(browser, site, "Hana", "hana@people.example", "en", money.DESK)

    climb.climbs(ren, hana)

    assert json.loads(site.enishi("verify-ledger", "--json"))["faults"] == []
    assert ren.problems + hana.problems == []
