"""Which of Stripe's events the market acts on: its endpoints there must send them all."""

OURS = (
    "checkout.session.async_payment_failed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.completed",
    "checkout.session.expired",
    "payment_intent.canceled",
    "payment_intent.partially_funded",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.succeeded",
    "customer_cash_balance_transaction.created",
    "refund.failed",
    "refund.updated",
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
)
# Of those who are paid: an endpoint for connected accounts sends these.
OF_PAYEES = ("payout.failed", "payout.paid")
# Sent about the same things, and nothing changes by them.
IDLE = (
    *("payment_intent.created", "payment_intent.requires_action", "payout.created"),
    "refund.created",
)
NEEDED = (*OURS, *OF_PAYEES)
