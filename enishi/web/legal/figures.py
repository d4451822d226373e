"""The figures of the legal pages, taken from the rules and reckoned by the policies themselves."""

from dataclasses import dataclass

from enishi.contracts.pay import Pay, pay, plan, total
from enishi.kit.rules import Rules

SAMPLE_AMOUNTS = (5_000, 11_000, 55_000, 110_000, 330_000, 1_100_000)
ONE = 11_000
LARGE = 300_000
PARTS = (60_000, 60_000, 180_000)
TAXED_BASES = (11_000, 1_100_000, 1_650_000)


@dataclass(frozen=True, slots=True)
class Tier:
    """A part of what a contract has paid, and the fee on it. `to` is None for what is above."""

    start: int
    to: int | None
    rate: str


def percent(rate: int) -> str:
    """Rates are kept in hundredths of a percent: 1021 is 10.21 %."""
    whole, rest = divmod(rate, 100)
    return f"{whole}.{rest:02}".rstrip("0") + "%" if rest else f"{whole}%"


def tiers(rules: Rules) -> list[Tier]:
    found, start = [], 0
    for width, rate in rules.fee_tiers:
        found.append(Tier(start, start + width, percent(rate)))
        start += width
    return [*found, Tier(start, None, percent(rules.fee_above_tiers))]


@dataclass(frozen=True, slots=True)
class Examples:
    """Payments taken apart as the contract itself will do it."""

    amounts: list[Pay]
    plain: Pay
    withheld: Pay
    large: Pay
    parts: list[Pay]
    parts_total: Pay
    taxed: list[Pay]


def examples(rules: Rules) -> Examples:
    parts = plan(PARTS, withheld=False, rules=rules)
    return Examples(
        amounts=[pay(a, paid_before=0, withheld=False, rules=rules) for a in SAMPLE_AMOUNTS],
        plain=pay(ONE, paid_before=0, withheld=False, rules=rules),
        withheld=pay(ONE, paid_before=0, withheld=True, rules=rules),
        large=pay(LARGE, paid_before=0, withheld=False, rules=rules),
        parts=parts,
        parts_total=total(parts),
        taxed=[pay(a, paid_before=0, withheld=True, rules=rules) for a in TAXED_BASES],
    )
