"""The numbers one may type, and what each of them does. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """A try may succeed | decline | secure (3-D Secure) | slow | slow_fail | transfer | disputed
    (it succeeds, and a while later the payer's bank takes it back)."""

    does: str
    code: str = ""
    decline_code: str = ""


GOOD = "4242424242424242"
DECLINED = "4000000000000002"
POOR = "4000000000009995"
SECURE = "4000002500003155"
SLOW = "4000003920000003"
SLOW_FAIL = "4000003920000011"
DISPUTED = "4000000000000259"

NUMBERS = {
    GOOD: Outcome("succeed"),
    "5555555555554444": Outcome("succeed"),
    "3566002020360505": Outcome("succeed"),
    DECLINED: Outcome("decline", "card_declined", "generic_decline"),
    POOR: Outcome("decline", "card_declined", "insufficient_funds"),
    "4000000000000069": Outcome("decline", "expired_card", "expired_card"),
    "4000000000000127": Outcome("decline", "incorrect_cvc", "incorrect_cvc"),
    SECURE: Outcome("secure"),
    SLOW: Outcome("slow"),
    SLOW_FAIL: Outcome("slow_fail", "card_declined", "generic_decline"),
    DISPUTED: Outcome("disputed"),
}

METHODS = {
    "pm_card_visa": NUMBERS[GOOD],
    "pm_card_mastercard": NUMBERS["5555555555554444"],
    "pm_card_jcb": NUMBERS["3566002020360505"],
    "pm_card_chargeDeclined": NUMBERS[DECLINED],
    "pm_card_visa_chargeDeclined": NUMBERS[DECLINED],
    "pm_card_chargeDeclinedInsufficientFunds": NUMBERS[POOR],
    "pm_card_authenticationRequired": NUMBERS[SECURE],
    "pm_card_slow": NUMBERS[SLOW],
    "pm_card_slow_fail": NUMBERS[SLOW_FAIL],
    "pm_card_createDispute": NUMBERS[DISPUTED],
    "pm_jp_bank_transfer": Outcome("transfer"),
}

# Bank account numbers that refuse a payout; every other one takes it.
BANK_REFUSALS = {
    "1111116": "no_account",
    "1111113": "account_closed",
    "3333335": "debit_not_authorized",
}


def outcome_of_number(number: str) -> Outcome | None:
    digits = "".join(number.split()).replace("-", "")
    return NUMBERS.get(digits)


def is_luhn(number: str) -> bool:
    """Every number of the table passes the check that card forms make."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
