"""Which acts on money the office has, and whose day they count against (PE2). Pure."""

KINDS = (
    *("split", "write_off", "correction", "hold_payouts", "resume_payouts"),
    *("close_difference", "payout_batch", "failed_refund"),
)
HOWS = ("explained", "corrected")  # how a difference to the provider's books ends
REFUND_HOWS = ("again", "by_hand")  # what becomes of a refund that failed
DIRECTIONS = ("to_person", "from_person", "to_provider", "from_provider")
SUBJECTS = {
    "split": "milestone",
    "write_off": "chargeback",
    "correction": "account",
    "hold_payouts": "account",
    "resume_payouts": "account",
    "close_difference": "difference",
    "payout_batch": "batch",
    "failed_refund": "refund",
}
