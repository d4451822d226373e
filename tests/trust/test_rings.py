"""SA7, B3: rings are found, and honest people who work together often are left in peace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from enishi.trust import rings
from enishi.trust.rings import Deal, Praise
from tests.trust.markets import START, Market, caught


def found(market):
    return rings.find(rings.Network(market.deals, market.praise))


@pytest.mark.parametrize("size", [3, 5, 8, 12, 20])
def test_b3_rings_among_five_thousand_people_are_found_and_the_honest_left_in_peace(size):
    market = Market(size, sizes=(size,) * 10)

    seen = found(market)

    rings_found, honest = caught(market, seen)
    flagged = sum(len(one.people) for one in seen)
    precision = (flagged - honest) / flagged
    print(f"size {size}: recall {rings_found / 10:.2f}, precision {precision:.2f}")
    assert rings_found >= 8
    assert honest <= 0.005 * market.honest


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_b3_members_who_also_deal_honestly_are_found_too(seed):
    market = Market(seed, sizes=(8,) * 10, hidden=0.6)

    rings_found, honest = caught(market, found(market))

    assert (rings_found >= 8, honest <= 0.005 * market.honest) == (True, True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_market_without_rings_has_hardly_a_finding(seed):
    market = Market(seed)

    _, honest = caught(market, found(market))

    assert honest <= 0.001 * market.honest


def praised(deals):
    """Everybody says the best of everybody."""
    for deal in deals:
        yield Praise(deal.client, deal.worker, 5)
        yield Praise(deal.worker, deal.client, 5)


def usual(count=200):
    """Deals of other people, by which the usual sum is known."""
    return [Deal(10_000 + turn, 20_000 + turn, 30_000, START) for turn in range(count)]


def looked(deals, links=()):
    return rings.find(rings.Network([*usual(), *deals], praised(deals), links))


def daily(count, amount, *, days=1):
    return [Deal(1, 2, amount, START + timedelta(days=days * turn)) for turn in range(count)]


@pytest.mark.parametrize(("amount", "days"), [(30_000, 1), (30_000, 7), (3_000, 7), (500, 10)])
def test_a_long_relation_between_two_people_is_no_finding(amount, days):
    assert looked(daily(100, amount, days=days)) == []


def test_b4_fifty_contracts_for_a_hundred_yen_within_a_month_are_a_finding():
    (pair,) = looked([Deal(1, 2, 100, START + timedelta(hours=turn)) for turn in range(50)])

    assert (pair.kind, pair.people) == ("pair", (1, 2))
    assert pair.signs == ("cheap", "burst", "closed")
    assert (pair.facts["deals"], pair.facts["total"]) == (50, 5_000)


def test_two_people_who_turn_small_sums_round_are_a_finding_however_long_it_takes():
    there = [Deal(1, 2, 100, START + timedelta(days=4 * turn)) for turn in range(30)]
    back = [Deal(2, 1, 100, START + timedelta(days=4 * turn)) for turn in range(30)]

    (pair,) = looked([*there, *back])

    assert "circle" in pair.signs


def circle(amount, size=4):
    return [
        Deal(one, (one + 1) % size, amount, START + timedelta(days=9 * one)) for one in range(size)
    ]


def test_three_signs_worth_are_needed_for_a_ring():
    assert [one.people for one in looked(circle(30_000))] == [(0, 1, 2, 3)]
    abroad = [Deal(90 + one, one, 30_000, START) for one in range(4)]
    slow = [replace(one, at=one.at + timedelta(days=40 * one.client)) for one in circle(30_000)]
    assert looked([*slow, *abroad]) == []


def test_a_hand_behind_two_members_is_a_sign():
    (ring,) = looked(circle(30_000), links=[(0, 2)])

    assert "linked" in ring.signs


def test_no_praise_is_no_ring():
    deals = circle(100)

    assert rings.find(rings.Network([*usual(), *deals], [])) == []
    blamed = [Praise(one.client, one.worker, 2) for one in deals]
    assert rings.find(rings.Network([*usual(), *deals], blamed)) == []
