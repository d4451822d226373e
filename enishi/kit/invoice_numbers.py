"""Numbers of qualified invoice issuers (適格請求書発行事業者の登録番号): T, a check digit, twelve
digits. Pure."""

import unicodedata

DIGITS = 13
WEIGHTS = (1, 2)  # of odd and even places, counted from the right


def check_digit(twelve: str) -> int:
    """The digit that stands before these twelve."""
    total = sum(int(digit) * WEIGHTS[place % 2] for place, digit in enumerate(reversed(twelve)))
    return 9 - total % 9


def is_sound(number: str) -> bool:
    digits = number.removeprefix("T")
    if not number.startswith("T") or len(digits) != DIGITS:
        return False
    return digits.isascii() and digits.isdigit() and int(digits[0]) == check_digit(digits[1:])


def tidy(typed: str) -> str:
    """As people write it: any width, with hyphens and spaces, with or without the T."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    plain = "".join(sign for sign in plain if sign.isalnum())
    return f"T{plain}" if plain.isdigit() else plain
