"""CO8: by which day a sum is paid. 2026 has holidays on 29 April and from 3 to 6 May; banks also
rest from 31 December to 3 January."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from enishi.kit.days import is_bank_day
from enishi.kit.rules import Rules
from enishi.payments import policy

RULES = Rules()


def pay_day(accepted, delivered=None):
    return policy.pay_day(accepted, delivered, rules=RULES)


@pytest.mark.parametrize(
    ("accepted", "on"),
    [
        (date(2026, 4, 1), date(2026, 4, 16)),
        (date(2026, 4, 3), date(2026, 4, 17)),  # the 18th is a Saturday
        (date(2026, 4, 14), date(2026, 4, 28)),  # the 29th is a holiday
        (date(2026, 4, 19), date(2026, 5, 1)),  # the 4th of May: a Monday among holidays
        (date(2026, 1, 31), date(2026, 2, 13)),  # the month is short: 15 days are a Sunday
        (date(2028, 2, 14), date(2028, 2, 29)),  # a leap day is a day
        (date(2027, 2, 14), date(2027, 3, 1)),
        (date(2026, 12, 16), date(2026, 12, 30)),  # the 31st: banks rest
        (date(2026, 12, 17), date(2026, 12, 30)),
        (date(2026, 12, 19), date(2026, 12, 30)),  # the 3rd of January
        (date(2026, 12, 20), date(2027, 1, 4)),
    ],
)
def test_a_sum_is_paid_within_15_days_of_its_acceptance_on_a_bank_day(accepted, on):
    found = pay_day(accepted, accepted)

    assert (found.on, found.rule) == (on, "acceptance")
    assert found.latest == accepted + timedelta(days=15)


@pytest.mark.parametrize(
    ("delivered", "accepted", "latest", "on"),
    [
        # The day of the delivery is the first of the sixty.
        (date(2026, 4, 1), date(2026, 5, 20), date(2026, 5, 30), date(2026, 5, 29)),
        (date(2026, 1, 1), date(2026, 2, 20), date(2026, 3, 1), date(2026, 2, 27)),
        (date(2028, 1, 1), date(2028, 2, 20), date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 3, 5), date(2026, 4, 25), date(2026, 5, 3), date(2026, 5, 1)),
        (date(2026, 11, 3), date(2026, 12, 25), date(2027, 1, 1), date(2026, 12, 30)),
    ],
)
def test_never_later_than_60_days_after_the_delivery(delivered, accepted, latest, on):
    found = pay_day(accepted, delivered)

    assert (found.latest, found.on, found.rule) == (latest, on, "delivery")


def test_the_last_day_on_which_the_acceptance_binds_and_the_first_on_which_the_delivery_does():
    delivered = date(2026, 4, 1)  # its 60th day is the 30th of May

    assert pay_day(date(2026, 5, 15), delivered).rule == "acceptance"
    assert pay_day(date(2026, 5, 16), delivered).rule == "delivery"


def test_accepted_when_no_bank_works_any_more_it_goes_with_the_next_day_that_one_does():
    delivered, accepted = date(2026, 3, 5), date(2026, 5, 3)  # the 60th day, a Sunday in May

    assert pay_day(accepted, delivered).on == date(2026, 5, 7)


def test_on_every_day_of_four_years_the_rule_holds():
    for number in range(4 * 365 + 1):
        accepted = date(2026, 1, 1) + timedelta(days=number)
        for span in (0, 14, 44, 45, 50):
            delivered = accepted - timedelta(days=span)
            found = pay_day(accepted, delivered)
            assert is_bank_day(found.on)
            assert accepted <= found.on <= accepted + timedelta(days=15)
            assert (found.on - delivered).days < 60 or found.on - accepted <= timedelta(days=7)


@pytest.mark.parametrize(
    ("amount", "left", "waits"),
    [(999, 8, True), (999, 7, False), (1_000, 8, False), (1, 0, False), (1, -1, False)],
)
def test_a_small_sum_waits_for_more_only_while_its_day_is_far(amount, left, waits):
    day = date(2026, 4, 3)
    facts = {"least": 1_000, "pay_by": day + timedelta(days=left), "transfer_on": day}

    assert policy.is_carried_over(amount, **facts, rules=RULES) is waits


@pytest.mark.parametrize("least", [0, 1, 1_000, 10**8])
def test_no_minimum_pushes_a_sum_beyond_its_day_if_batches_come_once_a_week(least):
    for number in range(366):
        accepted = date(2027, 12, 1) + timedelta(days=number)
        found = pay_day(accepted, accepted)
        batches = [policy.first_transfer_day(accepted + timedelta(days=7 * n)) for n in range(4)]
        facts = {"least": least, "pay_by": found.on, "rules": RULES}
        taken = [on for on in batches if not policy.is_carried_over(1, transfer_on=on, **facts)]
        assert taken[0] <= found.on


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 4, 1), date(2026, 4, 2)),
        (date(2026, 4, 3), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 7)),
        (date(2026, 12, 30), date(2027, 1, 4)),
    ],
)
def test_a_bank_is_told_the_day_before(today, first):
    assert policy.first_transfer_day(today) == first
    assert policy.is_transfer_day(first, today=today, rules=RULES)
    assert not policy.is_transfer_day(today, today=today, rules=RULES)


def test_a_transfer_day_lies_within_two_weeks_and_is_a_bank_day():
    today = date(2026, 4, 1)
    days = [today + timedelta(days=number) for number in range(-3, 30)]

    good = [day.day for day in days if policy.is_transfer_day(day, today=today, rules=RULES)]

    assert good == [2, 3, 6, 7, 8, 9, 10, 13, 14, 15]
    assert not policy.is_transfer_day(
        date(2026, 4, 15), today=today, rules=replace(RULES, transfer_days=13)
    )
