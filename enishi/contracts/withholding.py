"""Who withholds income tax from whose pay (CO10), as one table: kind of pay × payee × payer. Pure.

The kinds that article 204 of the income tax act names are given to subcategories by the catalogue.
"""

from dataclasses import dataclass
from datetime import date, datetime

from enishi.kit.days import day_of

KINDS = ("manuscript", "design", "translation", "lecture", "photo", "other")
PAYEES = ("individual", "company")
PAYERS = ("company", "sole_trader_payroll", "individual")
REMIT_DAY = 10  # of the month after the payment


@dataclass(frozen=True, slots=True)
class Decision:
    """`why` is the row's reason, which the pages put into words."""

    is_withheld: bool
    why: str


WITHHELD = Decision(True, "named")
NO_PAYROLL = Decision(False, "payer_without_payroll")
TO_A_COMPANY = Decision(False, "payee_company")
NOT_NAMED = Decision(False, "kind_not_named")

# Is the kind named by law, who is paid, who pays.
TABLE: dict[tuple[bool, str, str], Decision] = {
    (True, "individual", "company"): WITHHELD,
    (True, "individual", "sole_trader_payroll"): WITHHELD,
    (True, "individual", "individual"): NO_PAYROLL,
    (True, "company", "company"): TO_A_COMPANY,
    (True, "company", "sole_trader_payroll"): TO_A_COMPANY,
    (True, "company", "individual"): TO_A_COMPANY,
    (False, "individual", "company"): NOT_NAMED,
    (False, "individual", "sole_trader_payroll"): NOT_NAMED,
    (False, "individual", "individual"): NOT_NAMED,
    (False, "company", "company"): NOT_NAMED,
    (False, "company", "sole_trader_payroll"): NOT_NAMED,
    (False, "company", "individual"): NOT_NAMED,
}


def decide(kind: str, *, payee_kind: str, payer_kind: str) -> Decision:
    """`kind` is one of KINDS, or empty where the law names none."""
    return TABLE[kind in KINDS, payee_kind, payer_kind]


def remit_by(paid_at: datetime) -> date:
    """The last day on which the client remits what it withheld from a payment."""
    paid_on = day_of(paid_at)
    year, month = divmod(paid_on.year * 12 + paid_on.month, 12)
    return date(year, month + 1, REMIT_DAY)
