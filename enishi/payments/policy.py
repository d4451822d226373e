"""Limits and patience of payments. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from enishi.kit.days import bank_day_after, bank_day_before, is_bank_day
from enishi.kit.rules import Rules

LEAST = 50  # yen: no card is charged less
MOST = 99_999_999  # yen: eight digits
ABANDONED_AFTER = timedelta(seconds=20)  # an intent still without its call: someone fell in between
YOUNG_FOR = timedelta(hours=1)
ASK_YOUNG = timedelta(seconds=30)
ASK_OLD = timedelta(minutes=10)
KEY_KEPT = timedelta(hours=20)  # the provider may forget an idempotency key after a day

LEAST_TO_ANSWER = timedelta(hours=1)  # a complaint heard of too late still shows its clock
HELD_AFTER_CHANGE = timedelta(hours=72)  # A8: whoever it was not has time to say so

HOLD_CAUSES = ("office", "books")  # two treasurers decided it, or reconciliation found a difference

REFUNDED = ("payment", "transfer")  # what was paid, or what came by transfer and pays nothing

BANK_DIGITS = 4
BRANCH_DIGITS = 3
NUMBER_DIGITS = 7


def is_payable(amount: int) -> bool:
    return LEAST <= amount <= MOST


def ask_next(since: datetime, at: datetime) -> datetime:
    """When to ask the provider again, should no webhook come: often at first, then patiently."""
    return at + (ASK_YOUNG if at - since < YOUNG_FOR else ASK_OLD)


def attempt_key(key: object, tries: int) -> str:
    """The idempotency key of one attempt. A new one only after a definite failure: the provider
    repeats the stored answer of an old key, failures included."""
    return f"{key}-{tries}" if tries else str(key)


def looks_first(since: datetime, at: datetime, tries: int) -> bool:
    """May an earlier attempt have had its effect without its key telling so? Then one looks before
    one asks: its key is spent, or perhaps forgotten since (`since`: when it was intended)."""
    return tries > 0 or at - since >= KEY_KEPT


def part(amount: int, *, booked: int, arrived: int) -> int:
    """Yen of a bank transfer to book while it does not pay the whole `amount`. `booked` and
    `arrived` are sums of all that ever came: here, and as the provider says. Such sums only grow,
    so news that comes twice, late or out of order books nothing twice."""
    return max(0, arrived - booked) if arrived < amount else 0


def excess(amount: int, *, booked: int, arrived: int) -> int:
    """Yen that came by bank transfer beyond the whole `amount`, and were not booked yet."""
    return max(0, arrived - max(booked, amount))


def is_bank_account(bank: str, branch: str, number: str) -> bool:
    parts = ((bank, BANK_DIGITS), (branch, BRANCH_DIGITS), (number, NUMBER_DIGITS))
    return all(len(part) == digits and part.isascii() and part.isdigit() for part, digits in parts)


def is_holder(name: str) -> bool:
    """As banks write it, after NFKC: katakana, capital Latin letters, digits, a few signs."""
    return 0 < len(name) <= 48 and all(map(_is_holder_sign, name))


def _is_holder_sign(sign: str) -> bool:
    katakana = "ァ" <= sign <= "ヶ"
    return katakana or sign in "ー ().,-/" or "A" <= sign <= "Z" or "0" <= sign <= "9"


@dataclass(frozen=True, slots=True)
class PayDay:
    """By which day a sum is at the worker's bank. `on` is a bank day; `latest` the last calendar
    day that the rule allows; `rule` says which one binds: acceptance | delivery."""

    on: date
    latest: date
    rule: str


def pay_day(accepted_on: date, delivered_on: date | None, *, rules: Rules) -> PayDay:
    """CO8: within so many days after the acceptance, and within the law's days of the delivery, of
    which the day of the delivery is the first. A day on which banks rest moves it forward, never
    back; only what is accepted when no bank works any more goes with the next day that one does."""
    latest, rule = accepted_on + timedelta(days=rules.payout_days), "acceptance"
    if delivered_on is not None:
        legal = delivered_on + timedelta(days=rules.legal_payment_days - 1)
        if legal < latest:
            latest, rule = legal, "delivery"
    on = bank_day_before(latest)
    return PayDay(on if on >= accepted_on else bank_day_after(accepted_on), latest, rule)


def is_carried_over(
    amount: int, *, least: int, pay_by: date, transfer_on: date, rules: Rules
) -> bool:
    """Does a small sum wait for more? Only while its own day lies well behind the transfer."""
    return amount < least and pay_by > transfer_on + timedelta(days=rules.payout_batch_days)


def first_transfer_day(today: date) -> date:
    """The next day on which a bank can carry out what it is told today."""
    return bank_day_after(today + timedelta(days=1))


def is_transfer_day(day: date, *, today: date, rules: Rules) -> bool:
    """The file names month and day only, so that it lies within the next weeks."""
    is_near = first_transfer_day(today) <= day <= today + timedelta(days=rules.transfer_days)
    return is_near and is_bank_day(day)
