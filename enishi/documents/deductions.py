"""How much of the tax on a purchase from someone who is not registered a client may still deduct,
by the day of the purchase. The law changes here, and nowhere else. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Deduction:
    """A share in hundredths of a percent, and the last day on which it holds; None: for good."""

    rate: int
    until: date | None


STEPS = (
    Deduction(8_000, date(2026, 9, 30)),
    Deduction(7_000, date(2028, 9, 30)),
    Deduction(5_000, date(2030, 9, 30)),
    Deduction(3_000, date(2031, 9, 30)),
)
NOTHING = Deduction(0, None)


def deductible_on(day: date) -> Deduction:
    return next((step for step in STEPS if step.until and day <= step.until), NOTHING)
