"""VE1: T and thirteen digits, of which the first follows from the others.

The sums are worked out by hand: places from the right weigh 1, 2, 1, 2, …; the digit is 9 less the
rest of the sum by 9."""

import pytest

from enishi.kit import invoice_numbers


@pytest.mark.parametrize(
    ("twelve", "digit"),
    [
        ("000012050002", 7),  # 2 + 5 + 2 + 1×2 = 11, rest 2
        ("000000000000", 9),  # rest 0
        ("000000000001", 8),
        ("000000000010", 7),  # the second place weighs 2
        ("999999999999", 9),  # 18 × 9, rest 0
        ("234567890123", 9),  # odd 3+1+9+7+5+3 = 28, even 2×(2+0+8+6+4+2) = 44: 72, rest 0 → 9
    ],
)
def test_the_check_digit_follows_from_the_twelve(twelve, digit):
    assert invoice_numbers.check_digit(twelve) == digit
    assert invoice_numbers.is_sound(f"T{digit}{twelve}")
    assert not invoice_numbers.is_sound(f"T{digit % 9 + 1}{twelve}")


@pytest.mark.parametrize(
    "number",
    [
        "",
        "T",
        "7000012050002",
        "T700001205000",
        "T70000120500022",
        "T7000012050020",
        "t7000012050002",
    ],
)
def test_what_is_no_number_is_none(number):
    assert not invoice_numbers.is_sound(number)


@pytest.mark.parametrize(
    "typed",
    ["T7000012050002", "7000012050002", "Ｔ７０００－０１２０－５０００２", " t7000 0120 50002 "],
)
def test_width_hyphens_spaces_and_a_missing_t_are_no_mistakes(typed):
    assert invoice_numbers.tidy(typed) == "T7000012050002"


def test_words_stay_words():
    assert invoice_numbers.tidy("未登録") == "未登録"
    assert invoice_numbers.tidy("") == ""
