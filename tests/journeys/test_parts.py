"""A bank transfer of a part, then of the rest, in a real browser and both languages."""

import json

import pytest

from tests.journeys import money, parts
from tests.journeys.conftest import person


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_transfer_of_a_part_waits_for_the_rest(browser, site, language):
    contract = money.staged(site, language)
    people = [
        person(browser, site, name, f"{name.lower()}@people.example", language, money.PHONE)
        for name in ("Hana", "Ren")
    ]

    parts.tells_all(*people, contract)

    assert json.loads(site.enishi("verify-ledger", "--json"))["faults"] == []
    assert json.loads(site.enishi("reconcile", "--json"))["differences"] == []
    assert [problem for one in people for problem in one.problems] == []
