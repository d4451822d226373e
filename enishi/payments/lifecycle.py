"""What can become of a payment, a refund, a payout, a chargeback; of a file for the bank, and of
the name on an account. Pure.

A payment's failed try is not its end: the payer may try again on the same page, as at the provider.
"""

from enishi.kit.lifecycle import Lifecycle

PAYMENT = Lifecycle(
    name="payment",
    start="created",
    moves={
        ("created", "open"): "requires_payment",
        ("created", "cancel"): "cancelled",
        ("requires_payment", "process"): "processing",
        ("requires_payment", "succeed"): "succeeded",
        ("requires_payment", "fail"): "failed",
        ("requires_payment", "cancel"): "cancelled",
        ("processing", "succeed"): "succeeded",
        ("processing", "fail"): "failed",
        ("processing", "cancel"): "cancelled",
        ("failed", "retry"): "requires_payment",
        ("failed", "process"): "processing",
        ("failed", "succeed"): "succeeded",
        ("failed", "fail"): "failed",
        ("failed", "cancel"): "cancelled",
    },
)

REFUND = Lifecycle(
    name="refund",
    start="created",
    moves={
        ("created", "send"): "sent",
        ("created", "fail"): "failed",
        ("sent", "succeed"): "succeeded",
        ("sent", "fail"): "failed",
        ("succeeded", "fail"): "failed",  # the card's bank may send it back days later
        ("failed", "close"): "closed",  # two treasurers decided what becomes of the sum
    },
)

PAYOUT = Lifecycle(
    name="payout",
    start="created",
    moves={
        ("created", "send"): "sent",
        ("created", "fail"): "failed",
        ("created", "cancel"): "cancelled",  # with its batch, before the bank heard of it
        ("sent", "pay"): "paid",
        ("sent", "fail"): "failed",
        ("paid", "fail"): "failed",  # a bank may return it after it was reported paid
    },
)

CHARGEBACK = Lifecycle(
    name="chargeback",
    start="open",
    moves={
        ("open", "answer"): "answered",
        ("open", "win"): "won",
        ("open", "lose"): "lost",
        ("answered", "win"): "won",
        ("answered", "lose"): "lost",
        ("lost", "recover"): "recovered",
        ("lost", "write_off"): "written_off",
    },
)

BATCH = Lifecycle(
    name="batch",
    start="made",
    moves={
        ("made", "send"): "sent",
        ("made", "cancel"): "cancelled",
        ("sent", "settle"): "settled",
    },
)

HOLDER = Lifecycle(
    name="holder",
    start="waiting",
    moves={
        ("waiting", "confirm"): "confirmed",
        ("waiting", "refuse"): "refused",
        ("waiting", "drop"): "dropped",
    },
)

ALL = (PAYMENT, REFUND, PAYOUT, CHARGEBACK, BATCH, HOLDER)

PAYMENT_OPEN = ("created", "requires_payment", "processing", "failed")
PAYMENT_STANDING = (*PAYMENT_OPEN, "succeeded")  # at most one of these per purpose
UNFINISHED = ("created", "sent")  # refunds and payouts that the sweep still asks about
UNDECIDED = ("open", "answered")  # the payer's bank has not said yet who is right
OWED = (*UNDECIDED, "lost")  # chargebacks whose sum the payer owes the market
