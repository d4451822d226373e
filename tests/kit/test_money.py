"""Whole yen: fractions are dropped, never rounded up (M8, CO8)."""

from decimal import Decimal

import pytest

from enishi.kit import money


@pytest.mark.parametrize(
    ("amount", "rate", "part"),
    [
        (0, 1000, 0),
        (1, 9999, 0),
        (1, 10_000, 1),
        (9, 1000, 0),
        (10, 1000, 1),
        (99_999, 2000, 19_999),
    ],
)
def test_a_share_is_in_hundredths_of_a_percent(amount, rate, part):
    assert money.share(amount, rate) == part


@pytest.mark.parametrize(
    ("price", "inside"), [(0, 0), (10, 0), (11, 1), (110, 10), (1_099, 99), (11_000, 1_000)]
)
def test_the_tax_inside_a_price_of_ten_percent(price, inside):
    assert money.tax_inside(price, 1000) == inside


@pytest.mark.parametrize(
    ("unit", "many", "whole"),
    [("0.50", 3, 1), ("0.99", 1, 0), ("1.01", 100, 101), ("2.00", 7, 14), ("0.10", 9, 0)],
)
def test_a_line_is_rounded_down_once(unit, many, whole):
    assert money.line_sum(Decimal(unit), many) == whole
    assert type(money.line_sum(Decimal(unit), many)) is int


def test_thousands_are_grouped():
    assert money.grouped(1_234_567) == "1,234,567"
