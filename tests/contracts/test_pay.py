"""What is paid, to the yen: CO8, CO9, CO10 with the check values of product.md."""

from dataclasses import replace
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.contracts import pay
from enishi.kit.rates import Rates
from enishi.kit.rules import Rules
from enishi.payments import policy as payments

RULES = Rules()
AMOUNTS = st.integers(min_value=100, max_value=10_000_000)


def test_eleven_thousand_yen_leave_the_worker_8580():
    """CO9"""
    part = pay.pay(11_000, paid_before=0, withheld=False, rules=RULES)

    assert (part.fee, part.fee_tax, part.net) == (2_200, 220, 8_580)


def test_three_hundred_thousand_yen_pass_all_fee_tiers():
    """CO9"""
    part = pay.pay(300_000, paid_before=0, withheld=False, rules=RULES)

    assert (part.fee, part.fee_tax, part.net) == (35_000, 3_500, 261_500)


@given(AMOUNTS, st.integers(min_value=0, max_value=1_000_000))
def test_of_every_rate_the_fraction_of_a_yen_is_dropped(amount, before):
    """CO9: ⌊T(after)⌋ − ⌊T(before)⌋, and of the tax on it ⌊F × 10 %⌋, in exact fractions."""

    def tariff(total):
        tiers = (
            min(total, 100_000),
            max(min(total, 200_000) - 100_000, 0),
            max(total - 200_000, 0),
        )
        return sum(
            Fraction(width * rate, 100) for width, rate in zip(tiers, (20, 10, 5), strict=True)
        )

    part = pay.pay(amount, paid_before=before, withheld=False, rules=RULES)

    assert part.fee == floor(tariff(before + amount)) - floor(tariff(before))
    assert part.fee_tax == floor(Fraction(part.fee, 10))


def test_milestones_share_the_tiers_of_their_contract():
    """CO9"""
    fees = [part.fee for part in pay.plan([60_000, 60_000, 180_000], withheld=False, rules=RULES)]

    assert fees == [12_000, 10_000, 13_000]


@pytest.mark.parametrize(
    ("base", "withheld"), [(10_000, 1_021), (1_000_000, 102_100), (1_500_000, 204_200)]
)
def test_withholding_on_the_base(base, withheld):
    """CO10"""
    assert pay.withholding(base, RULES) == withheld


def test_withheld_tax_never_enters_escrow():
    """CO10: A 11,000 with W 1,021"""
    part = pay.pay(11_000, paid_before=0, withheld=True, rules=RULES)

    assert (part.withheld, part.funded, part.net) == (1_021, 9_979, 7_559)


@given(amount=AMOUNTS, before=AMOUNTS, withheld=st.booleans())
def test_every_yen_of_a_payment_has_its_place(amount, before, withheld):
    part = pay.pay(amount, paid_before=before, withheld=withheld, rules=RULES)

    assert part.net + part.fee + part.fee_tax + part.withheld == amount
    assert part.base + part.tax == amount
    assert min(part.net, part.fee, part.fee_tax, part.withheld, part.funded) >= 0


@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=8))
def test_however_a_price_is_split_the_fee_is_the_same(amounts):
    parts = pay.plan(amounts, withheld=False, rules=RULES)

    assert sum(part.fee for part in parts) == pay.fee_up_to(sum(amounts), RULES)


@given(paid=AMOUNTS, amounts=st.lists(AMOUNTS, min_size=1, max_size=6))
def test_a_long_relation_goes_on_up_the_tiers_where_the_market_says_so(paid, amounts):
    """CO9: off by default; on, a contract costs what it would have cost as the end of one large
    contract, and never more than alone."""
    pair = replace(RULES, is_fee_by_pair=True)
    alone = pay.plan(amounts, withheld=False, rules=pay.in_long_relation(RULES, paid))
    after = pay.plan(amounts, withheld=False, rules=pay.in_long_relation(pair, paid))
    (_, *end) = pay.plan([paid, *amounts], withheld=False, rules=RULES)

    assert alone == pay.plan(amounts, withheld=False, rules=RULES)
    assert [part.fee for part in after] == [part.fee for part in end]
    assert pay.total(after).fee <= pay.total(alone).fee + 1  # fractions may fall differently


def test_what_a_contract_keeps_of_its_rates_comes_back_whole():
    kept = pay.rates_of(pay.in_long_relation(replace(RULES, is_fee_by_pair=True), 70_000))

    assert pay.with_rates(RULES, kept).rates.fee_counts_from == 70_000
    assert pay.with_rates(RULES, {"fee_tiers": [[5, 1]]}).rates == Rates(fee_tiers=((5, 1),))


@pytest.mark.parametrize("price", [RULES.price_least, RULES.price_most])
@pytest.mark.parametrize("withheld", [False, True])
def test_every_price_that_may_be_agreed_can_be_paid_in(price, withheld):
    """M12, CL1: an order whose money no payment can bring would lapse without anybody's fault."""
    funded = pay.pay(price, paid_before=0, withheld=withheld, rules=RULES).funded

    assert payments.is_payable(funded)


def test_a_fee_of_less_than_a_yen_is_none_at_any_rate():
    rates = replace(RULES.rates, fee_tiers=((100_000, 3_333),))
    rules = replace(RULES, rates=rates)

    assert [pay.fee_up_to(total, rules) for total in (0, 3, 4)] == [0, 0, 1]


def test_two_people_of_a_long_relation_begin_further_up_the_tiers():
    """CO9: 100,000 yen were paid before, so that the first tier is behind them."""
    rules = pay.in_long_relation(replace(RULES, is_fee_by_pair=True), 100_000)

    assert pay.fee_up_to(50_000, rules) == 5_000
    assert pay.fee_up_to(0, rules) == 0


def test_each_milestone_of_a_plan_is_withheld_from_or_none():
    withheld = pay.plan([11_000, 22_000], withheld=True, rules=RULES)
    whole = pay.plan([11_000, 22_000], withheld=False, rules=RULES)

    assert [part.withheld for part in withheld] == [1_021, 2_042]
    assert [part.withheld for part in whole] == [0, 0]
