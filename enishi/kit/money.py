"""Whole yen. Every price includes consumption tax; fractions are dropped, never rounded up."""

from decimal import ROUND_FLOOR, Decimal

MOST = 10**12  # yen of any one sum; far above every price, far below a bigint (M12)


def share(amount: int, rate: int) -> int:
    """`rate` hundredths of a percent of `amount`, fractions dropped."""
    return amount * rate // 10_000


def tax_inside(amount: int, rate: int) -> int:
    """The consumption tax inside a price that includes it: ⌊A×10/110⌋ for 10 % (CO8)."""
    return amount * rate // (10_000 + rate)


def line_sum(unit_price: Decimal, quantity: int) -> int:
    """Unit prices may have two decimals; each line's sum is rounded down to the yen."""
    return int((unit_price * quantity).to_integral_value(rounding=ROUND_FLOOR))


def grouped(amount: int) -> str:
    return f"{amount:,}"
