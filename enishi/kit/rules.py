"""The numbers of the marketplace in one place. Pages, policies and clocks read them here."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Defaults of product.md; an instance may be built from the environment. Days are Tokyo days,
    money is whole yen, rates are in hundredths of a percent (1021 = 10.21 %)."""

    offer_days: int = 7  # CL11
    offer_reminder_business_days: int = 3  # CL11
    funding_days: int = 7  # CL1
    funding_reminder_business_days: int = 3  # CL1
    inspection_days: int = 14  # CL4, an instance may choose 7
    inspection_reminder_business_days: int = 3  # CL4
    last_call_day: int = 6  # CL4
    office_letter_day: int = 7  # CL4, moved to the next business day
    late_reminder_days: int = 1  # CL12
    overdue_days: int = 7  # CL12
    settlement_days: int = 7  # CL6
    revision_days: int = 7  # CL13
    change_request_days: int = 7  # CL14
    proposal_answer_days: int = 7  # AP3
    review_days: int = 14  # CL17
    review_reply_days: int = 28  # RE2
    revision_rounds: int = 2  # CO1
    payout_days: int = 15  # CO8
    legal_payment_days: int = 60  # CO8
    fee_tiers: tuple[tuple[int, int], ...] = ((100_000, 2000), (100_000, 1000))  # CO9 width, rate
    fee_above_tiers: int = 500  # CO9
    consumption_tax: int = 1000  # CO8, CO9
    withholding_rate: int = 1021  # CO10
    withholding_limit: int = 1_000_000  # CO10
    withholding_rate_above: int = 2042  # CO10
    chargeback_days: int = 90  # how long a bank may take to decide
    chargeback_reminder_business_days: int = 2  # CL16, to the treasurers
    chargeback_payment_reminder_business_days: int = 3  # to the client
    chargeback_payment_days: int = 14  # to pay what is owed after a chargeback that was lost
    money_act_business_days: int = 2  # PE2, CL16: for the second treasurer
    money_act_reminder_business_days: int = 1
    difference_business_days: int = 2  # M9, CL16: for the office to close one
    money_acts_day_limit: int = 10_000_000  # yen that treasurers may move by hand on one day
    file_megabytes: int = 100  # B10
    contract_megabytes: int = 1024  # B10
    day_megabytes: int = 2048  # what one person may upload on one day
    headcount_most: int = 500
    price_least: int = 100
    price_most: int = 100_000_000
    page_size: int = 20

    def fill(self, sentence: str) -> str:
        """A sentence with the numbers it names: "%(offer_days)s days" becomes "7 days"."""
        return sentence % asdict(self)
