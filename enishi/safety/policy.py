"""What may be reported about a review that was given, refused or threatened (SA6, RE2). Pure."""

KINDS = ("retaliation", "extortion")
PLACES = ("review", "thread", "contract")  # from where a report is made, in one step
DECIDED = ("upheld", "dismissed")
TEXT_MOST = 4_000

# Of the conversation the office reads no more than this, and only where somebody reported it.
MESSAGES_BEFORE, MESSAGES_AFTER = 20, 5
