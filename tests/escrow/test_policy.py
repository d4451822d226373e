"""Names of ledger accounts and the arithmetic of lines, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from enishi.escrow import policy


def test_what_is_held_for_people_never_falls_below_zero():
    codes = [policy.escrow("milestone", 1), policy.payable(2), policy.fee(3), policy.fee_tax(3)]

    assert [policy.floor_of(code) for code in codes] == [0, 0, 0, 0]
    assert [policy.ceiling_of(code) for code in codes] == [None] * 4


def test_what_people_owe_never_rises_above_zero():
    assert policy.floor_of(policy.receivable(4)) is None
    assert policy.ceiling_of(policy.receivable(4)) == 0


def test_the_providers_mirror_and_the_markets_own_money_are_unbounded():
    for code in (policy.clearing("sandbox", 4), policy.own(4)):
        assert (policy.floor_of(code), policy.ceiling_of(code)) == (None, None)


def test_fees_and_clearing_are_spread_over_sixteen_accounts():
    assert len({policy.fee(purpose) for purpose in range(1000)}) == 16
    assert len({policy.clearing("sandbox", purpose) for purpose in range(1000)}) == 16
    assert policy.fee(17) == "fee:1"


def test_empty_shares_get_no_line():
    assert policy.moved("a", {"b": 100, "c": 0}) == {"a": -100, "b": 100}


@given(st.dictionaries(st.sampled_from("bcdef"), st.integers(0, policy.MOST), min_size=1))
def test_lines_always_sum_to_zero(shares):
    assert sum(policy.moved("a", shares).values()) == 0


def test_amounts_are_whole_and_bounded():
    assert [
        policy.is_amount(n) for n in (-1, 0, 1, 2**31, policy.MOST, policy.MOST + 1, 2**63)
    ] == [*(False, False, True, True, True, False, False)]


def test_what_several_are_owed_is_gathered_into_one_account():
    assert policy.gathered({7: 900, 8: 0, 9: 100}, "clearing:bank:1") == {
        "payable:7": -900,
        "payable:9": -100,
        "clearing:bank:1": 1_000,
    }
