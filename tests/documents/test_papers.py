"""CO1: an order that lacks a legal item, or whose sums disagree, is no order."""

import pytest

from enishi.documents import papers
from enishi.kit.rules import Rules

from .sheets import SHEET, sheet


def test_a_complete_order_lacks_nothing():
    assert papers.missing(SHEET) == []
    assert papers.contradictions(SHEET) == []


def test_conditions_and_place_may_be_empty_but_must_be_stated():
    assert papers.missing(sheet(acceptance="", place="")) == []

    unstated = sheet()
    del unstated["place"]

    assert papers.missing(unstated) == ["place"]


@pytest.mark.parametrize("item", [*papers.OrderSheet.__annotations__])
def test_every_item_is_asked_for(item):
    if item in {"version", "contract_id"}:
        return
    lacking = sheet()
    del lacking[item]

    expected = [*papers.SUMS] if item == "totals" else [item]
    assert papers.missing(lacking) == expected


@pytest.mark.parametrize("item", [*papers.OrderMilestone.__annotations__])
def test_every_item_of_a_milestone_is_asked_for(item):
    if item == "number":
        return
    lacking = sheet()
    del lacking["milestones"][1][item]

    assert papers.missing(lacking) == [item]


def test_a_side_without_a_name_is_no_side():
    assert papers.missing(sheet(worker=SHEET["worker"] | {"name": "  "})) == ["worker"]


def test_money_is_whole_yen():
    half = sheet()
    half["milestones"][0]["fee"] = 8_800.5

    assert papers.missing(half) == ["fee"]


def test_work_for_nothing_cannot_be_ordered():
    free = sheet()
    free["milestones"][0]["amount"] = 0

    assert papers.missing(free) == ["amount"]


def test_no_rounds_of_revision_is_an_answer():
    assert papers.missing(sheet(revision_rounds=0)) == []


def test_the_total_is_the_sum_of_the_milestones():
    assert papers.contradictions(sheet(totals=SHEET["totals"] | {"net": 45_355})) == ["net"]


def test_escrow_and_net_follow_from_the_amount():
    """CO8: the client funds A − W, the worker receives A − W − F − tax on F."""
    wrong = sheet()
    wrong["milestones"][0]["funds"] += 1
    wrong["totals"]["funds"] += 1

    assert papers.contradictions(wrong) == ["funds", "net"]


def test_nobody_is_paid_later_than_the_law_allows():
    late = sheet()
    late["milestones"][0]["pay_on"] = "2027-01-23"  # 61 days after delivery

    assert papers.contradictions(late) == ["pay_on"]


def test_the_rules_fill_what_the_market_decides():
    assert papers.standing_terms(Rules()) == {
        name: SHEET[name]
        for name in (
            "payout_days",
            "legal_payment_days",
            "consumption_tax",
            "fee_tiers",
            "fee_above_tiers",
            "fee_counts_from",
        )
    }
