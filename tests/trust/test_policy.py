"""B4: what wash contracts are worth: less than one honest contract."""

from datetime import timedelta
from fractions import Fraction

from enishi.trust import policy, rings
from enishi.trust.rings import Deal, Praise
from tests.trust.markets import START

HONEST = [(7, 2, START)]


def washed(count=50):
    return [(1, 2, START + timedelta(hours=turn)) for turn in range(count)]


def test_contracts_of_the_same_two_people_within_thirty_days_count_once():
    days = [0, 10, 30, 31, 62]

    orders = policy.distinct_orders((1, 2, START + timedelta(days=day)) for day in days)

    assert orders == [(1, 2)] * 3


def test_who_pays_whom_makes_no_second_order():
    assert policy.distinct_orders([(1, 2, START), (2, 1, START)]) == [(1, 2)]


def test_b4_fifty_wash_contracts_are_no_more_than_one_order():
    assert policy.weighed_orders(2, washed(), {}) == 1


def test_b4_fifty_wash_contracts_of_a_confirmed_pair_move_less_than_one_honest_contract():
    deals = [Deal(*one[:2], 100, one[2]) for one in washed()]
    others = [Deal(100 + turn, 200 + turn, 30_000, START) for turn in range(100)]
    praise = [Praise(*pair, 5) for deal in deals for pair in ((1, 2), (2, 1))]
    (pair,) = rings.find(rings.Network([*others, *deals], praise))
    weights = dict.fromkeys(pair.people, policy.CONFIRMED)

    wash = policy.weighed_orders(2, washed(), weights)

    assert wash < policy.weighed_orders(2, HONEST, weights) == Fraction(1)
