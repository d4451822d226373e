"""Limits, keys and shapes of payments, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from enishi.payments import policy

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def test_payments_are_bounded_as_at_the_provider():
    """M12"""
    edges = [-1, 0, 1, 49, 50, 99_999_999, 100_000_000, 2**31, 2**63]

    assert [amount for amount in edges if policy.is_payable(amount)] == [50, 99_999_999]


def test_young_payments_are_asked_about_often_and_old_ones_patiently():
    assert policy.ask_next(NOON, NOON) == NOON + timedelta(seconds=30)
    later = NOON + timedelta(days=3)
    assert policy.ask_next(NOON, later) == later + timedelta(minutes=10)
    edge = NOON + policy.YOUNG_FOR
    assert policy.ask_next(NOON, edge) == edge + policy.ASK_OLD


def test_a_new_attempt_has_a_new_key_and_a_repeated_one_the_same():
    assert policy.attempt_key("k", 0) == "k"
    assert len({policy.attempt_key("k", tries) for tries in range(5)}) == 5


def test_one_looks_before_one_asks_again_when_a_key_tells_nothing_any_more():
    """M6: the provider may forget it after a day."""
    edge = NOON + policy.KEY_KEPT

    assert timedelta(days=1) > policy.KEY_KEPT
    assert not policy.looks_first(NOON, edge - timedelta(seconds=1), 0)
    assert policy.looks_first(NOON, edge, 0)
    assert policy.looks_first(NOON, NOON, 1)


@pytest.mark.parametrize(
    ("bank", "branch", "number", "is_one"),
    [
        ("1100", "000", "0001234", True),
        ("110", "000", "0001234", False),
        ("1100", "00", "0001234", False),
        ("1100", "000", "001234", False),
        ("1100", "000", "000123x", False),
        ("１１００", "000", "0001234", False),
        ("", "", "", False),
    ],
)
def test_a_bank_account_has_four_three_and_seven_digits(bank, branch, number, is_one):
    assert policy.is_bank_account(bank, branch, number) is is_one


@pytest.mark.parametrize(
    ("holder", "is_one"),
    [
        ("ナツメ コトハ", True),
        ("カ)エニシ", True),
        ("YAMADA TARO", True),
        ("なつめ ことは", False),
        ("夏目 ことは", False),
        ("", False),
        ("ア", True),
        ("ア" * 48, True),
        ("ア" * 49, False),
        *[(beside, False) for beside in "@[`a:゠ヷ"],
    ],
)
def test_a_holder_is_written_as_banks_write_it(holder, is_one):
    assert policy.is_holder(holder) is is_one
