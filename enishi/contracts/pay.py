"""What the client pays, what the worker gets, and why (CO8, CO9, CO10). Pure, whole yen."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from enishi.kit.money import share, tax_inside
from enishi.kit.rates import Rates
from enishi.kit.rules import Rules


@dataclass(frozen=True, slots=True)
class Pay:
    """One payment taken apart: price A with its tax, withholding W, fee F and the tax on F."""

    amount: int
    tax: int
    base: int
    withheld: int
    fee: int
    fee_tax: int

    @property
    def funded(self) -> int:
        """What the client puts into escrow: A − W. The withheld part never enters it."""
        return self.amount - self.withheld

    @property
    def net(self) -> int:
        """What the worker gets: A − W − F − tax on F."""
        return self.funded - self.fee - self.fee_tax


def rates_of(rules: Rules) -> dict[str, Any]:
    """The rates as plain JSON values: a contract keeps those it was offered under."""
    return asdict(rules.rates) | {"fee_tiers": [list(tier) for tier in rules.fee_tiers]}


def with_rates(rules: Rules, rates: Mapping[str, Any]) -> Rules:
    """The rules with the rates that a contract was offered under."""
    tiers = tuple((width, rate) for width, rate in rates["fee_tiers"])
    return replace(rules, rates=Rates(**{**rates, "fee_tiers": tiers}))


def in_long_relation(rules: Rules, paid: int) -> Rules:
    """The rules for a new contract of two people who have paid so much with each other: where the
    market says so, it begins that far up the tiers (CO9)."""
    if not rules.is_fee_by_pair:
        return rules
    return replace(rules, rates=replace(rules.rates, fee_counts_from=paid))


def fee_up_to(total: int, rules: Rules) -> int:
    """T(total): the fee on everything a contract has paid, by tiers, fractions dropped (CO9)."""
    start = rules.rates.fee_counts_from
    return _tariff(start + total, rules) - _tariff(start, rules)


def _tariff(total: int, rules: Rules) -> int:
    left, parts = total, 0
    for width, rate in rules.fee_tiers:
        part = min(left, width)
        parts += part * rate
        left -= part
    return (parts + left * rules.fee_above_tiers) // 10_000


def withholding(base: int, rules: Rules) -> int:
    """W on one payment's base, fractions dropped (CO10)."""
    below = min(base, rules.withholding_limit)
    above = base - below
    if not above:
        return share(below, rules.withholding_rate)
    return share(below, rules.withholding_rate) + share(above, rules.withholding_rate_above)


def pay(amount: int, *, paid_before: int, withheld: bool, rules: Rules) -> Pay:
    """Take the payment of `amount` apart, for a contract that has paid `paid_before` so far."""
    tax = tax_inside(amount, rules.consumption_tax)
    fee = fee_up_to(paid_before + amount, rules) - fee_up_to(paid_before, rules)
    return Pay(
        amount=amount,
        tax=tax,
        base=amount - tax,
        withheld=withholding(amount - tax, rules) if withheld else 0,
        fee=fee,
        fee_tax=share(fee, rules.consumption_tax),
    )


def plan(amounts: Iterable[int], *, withheld: bool, rules: Rules) -> list[Pay]:
    """The payments of milestones accepted one after the other."""
    pays: list[Pay] = []
    for amount in amounts:
        before = sum(done.amount for done in pays)
        pays.append(pay(amount, paid_before=before, withheld=withheld, rules=rules))
    return pays


def total(pays: Iterable[Pay]) -> Pay:
    """The sum of several payments, column by column."""
    rows = list(pays)
    columns = ("amount", "tax", "base", "withheld", "fee", "fee_tax")
    return Pay(**{name: sum(getattr(row, name) for row in rows) for name in columns})
