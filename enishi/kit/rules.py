"""The numbers of the marketplace in one place. Pages, policies and clocks read them here."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from .rates import PERIODS, Period, Rates, rates_on


@dataclass(frozen=True, slots=True)
class Rules:
    """Defaults of product.md; an instance may be built from the environment. Days are Tokyo days,
    money is whole yen. Rates change by date: ask for them after `on`, or through a contract."""

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
    payout_batch_days: int = 7  # a small sum waits for others only while so many days are left
    transfer_days: int = 14  # how far ahead a bank is told to pay
    batch_notice_days: int = 5  # before the day by which somebody must be paid and is in no file
    batch_business_days: int = 3  # CL16: for the bank's answer to a batch, from the transfer day
    holder_business_days: int = 2  # CL16: for the office to look at the holder of an account
    refund_business_days: int = 2  # CL16: for the office to decide about a refund that failed
    rates: Rates = PERIODS[0].rates  # CO8, CO9, CO10
    periods: tuple[Period, ...] = PERIODS
    is_fee_by_pair: bool = False  # CO9: the tiers go on over all contracts of the same two people
    chargeback_days: int = 90  # how long a bank may take to decide
    chargeback_reminder_business_days: int = 2  # CL16, to the treasurers
    chargeback_payment_reminder_business_days: int = 3  # to the client
    chargeback_payment_days: int = 14  # to pay what is owed after a chargeback that was lost
    money_act_business_days: int = 2  # PE2, CL16: for the second treasurer
    money_act_reminder_business_days: int = 1
    report_business_days: int = 2  # CL16: for the office to decide about a report
    difference_business_days: int = 2  # M9, CL16: for the office to close one
    finding_business_days: int = 2  # SA7, CL16: for the office to decide about one
    finding_days: int = 365  # how far back the review graph is read
    money_acts_day_limit: int = 100_000_000  # yen that treasurers may move by hand on one day
    reply_hours: int = 24  # ME3
    reply_window_days: int = 90  # ME3
    leave_days_a_year: int = 90  # RA8
    invitation_days: int = 14  # PE3: for the answer to an organisation's invitation
    members_most: int = 50  # PE3: people who act for one organisation
    rank_notice_days: int = 14  # RA8
    rank_step_days: int = 30  # RA8
    order_days: int = 30  # RA7
    trust_window_days: int = 365  # SA5, JO7: how far back shares and prices look
    market_least: int = 5  # JO7: contracts, and
    market_clients_least: int = 3  # different clients, below which no market range is shown
    newcomer_place: int = 5  # AP6: each fifth place of applicants is for newcomers
    newcomer_contracts: int = 3  # AP6: a newcomer has finished fewer
    verification_business_days: int = 5  # CL16
    verification_valid_days: int = 1_095  # VE1: what documents showed is out of date then
    verification_reminder_days: int = 30  # before that day
    document_kept_days: int = 30  # VE1, P2: after the decision, then the pictures are erased
    document_megabytes: int = 20  # of one file by which somebody shows who they are
    document_views_a_day: int = 60  # P1: pictures that one person of the office may open
    file_megabytes: int = 100  # B10
    contract_megabytes: int = 1024  # B10
    day_megabytes: int = 2048  # what one person may upload on one day
    headcount_most: int = 500
    price_least: int = 100
    price_most: int = 99_999_999  # one yen more, and no payment could bring it into escrow
    page_size: int = 20

    def on(self, day: date) -> "Rules":
        """The rules with the rates of that day."""
        found = rates_on(day, self.periods)
        return self if found == self.rates else replace(self, rates=found)

    @property
    def fee_tiers(self) -> tuple[tuple[int, int], ...]:
        return self.rates.fee_tiers

    @property
    def fee_above_tiers(self) -> int:
        return self.rates.fee_above_tiers

    @property
    def consumption_tax(self) -> int:
        return self.rates.consumption_tax

    @property
    def withholding_rate(self) -> int:
        return self.rates.withholding_rate

    @property
    def withholding_limit(self) -> int:
        return self.rates.withholding_limit

    @property
    def withholding_rate_above(self) -> int:
        return self.rates.withholding_rate_above

    def fill(self, sentence: str) -> str:
        """A sentence with the numbers it names: "%(offer_days)s days" becomes "7 days"."""
        return sentence % asdict(self)
