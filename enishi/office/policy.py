"""Which acts on money the office has, and whose day they count against (PE2). Pure."""

KINDS = (
    *("split", "write_off", "correction", "hold_payouts", "resume_payouts"),
    *("close_difference", "payout_batch"),
)
HOWS = ("explained", "corrected")  # how a difference to the provider's books ends
DIRECTIONS = ("to_person", "from_person", "to_provider", "from_provider")
SUBJECTS = {
    "split": "milestone",
    "write_off": "chargeback",
    "correction": "account",
    "hold_payouts": "account",
    "resume_payouts": "account",
    "close_difference": "difference",
    "payout_batch": "batch",
}
