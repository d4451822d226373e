"""The word, colour and icon of every state a person can see, so that each is said in one way."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Word:
    text: str | Promise
    tone: str = ""  # "" ai take yama hollow ink, as in label.css
    icon: str = ""


WORDS: dict[str, dict[str, Word]] = {
    "job": {
        "draft": Word(_("Draft"), "hollow"),
        "open": Word(_("Open for applications"), "take"),
        "paused": Word(_("Paused"), "yama"),
        "closed": Word(_("Closed to applications"), ""),
        "discarded": Word(_("Thrown away"), ""),
    },
    "package": {
        "open": Word(_("On offer"), "take"),
        "closed": Word(_("Not on offer"), "hollow"),
    },
    "membership": {
        "invited": Word(_("Waiting for their answer"), "yama"),
        "active": Word(_("Acts for the organisation"), "take", "check"),
        "declined": Word(_("Invitation declined"), ""),
        "withdrawn": Word(_("Withdrawn"), ""),
        "lapsed": Word(_("Lapsed"), ""),
        "left": Word(_("Has left"), ""),
        "removed": Word(_("Removed"), ""),
    },
    "proposal": {
        "sent": Word(_("Waiting for an answer"), "yama"),
        "shortlisted": Word(_("On the shortlist"), "ai", "mark"),
        "offered": Word(_("Contract offered"), "take"),
        "hired": Word(_("Became a contract"), "take", "check"),
        "declined": Word(_("Declined"), ""),
        "withdrawn": Word(_("Withdrawn"), ""),
        "lapsed": Word(_("Lapsed"), ""),
    },
    "contract": {
        "offered": Word(_("Offered"), "yama"),
        "agreed": Word(_("Agreed, not funded yet"), "hollow"),
        "active": Word(_("In progress"), "ai"),
        "completed": Word(_("Completed"), "take", "check"),
        "ended": Word(_("Ended early"), "ink"),
        "declined": Word(_("Offer declined"), ""),
        "withdrawn": Word(_("Offer withdrawn"), ""),
        "lapsed": Word(_("Offer lapsed"), ""),
        "expired": Word(_("Expired before funding"), ""),
    },
    "milestone": {
        "unfunded": Word(_("Not funded yet"), "hollow"),
        "funded": Word(_("Funded"), "take", "lock"),
        "held": Word(_("On hold"), "ink", "alert"),
        "delivered": Word(_("Delivered, waiting for inspection"), "yama"),
        "revising": Word(_("Being revised"), "ai"),
        "accepted": Word(_("Accepted"), "take", "check"),
        "disputed": Word(_("In dispute"), "ink", "scale"),
        "settled": Word(_("Settled"), "take", "scale"),
        "refunded": Word(_("Refunded"), ""),
        "cancelled": Word(_("Cancelled"), ""),
    },
    "chargeback": {
        "open": Word(_("Waits for the office's answer"), "yama", "alert"),
        "answered": Word(_("The bank decides"), "yama"),
        "won": Word(_("Decided for the market"), "take", "check"),
        "lost": Word(_("Owed by the client"), "ink", "yen"),
        "recovered": Word(_("Settled"), "take", "check"),
        "written_off": Word(_("Written off"), ""),
    },
    "act": {
        "proposed": Word(_("Waits for a second treasurer"), "yama", "scale"),
        "approved": Word(_("Approved and carried out"), "take", "check"),
        "refused": Word(_("Refused"), ""),
        "withdrawn": Word(_("Withdrawn"), ""),
        "lapsed": Word(_("Lapsed"), ""),
    },
    "difference": {
        "open": Word(_("Books differ"), "yama", "alert"),
        "closed": Word(_("Closed by two treasurers"), "take", "check"),
        "gone": Word(_("No longer seen"), ""),
    },
    "finding": {
        "open": Word(_("Found in the review graph"), "yama", "eye"),
        "confirmed": Word(_("Confirmed by the office"), "ink", "check"),
        "dismissed": Word(_("Dismissed"), ""),
        "lifted": Word(_("Lifted"), "take"),
    },
    "batch": {
        "made": Word(_("Waits for a second treasurer"), "yama", "scale"),
        "sent": Word(_("Waits for the bank's answer"), "yama", "hourglass"),
        "settled": Word(_("The bank's answer is booked"), "take", "check"),
        "cancelled": Word(_("Withdrawn"), ""),
    },
    "holder": {
        "waiting": Word(_("Waits for a look at its holder"), "yama", "eye"),
        "confirmed": Word(_("Holder confirmed"), "take", "check"),
        "refused": Word(_("Holder refused"), ""),
        "dropped": Word(_("Replaced by another account"), ""),
    },
    "report": {
        "open": Word(_("Waits for a look by the office"), "yama", "flag"),
        "upheld": Word(_("Upheld"), "take", "check"),
        "dismissed": Word(_("Not upheld"), ""),
    },
    "standing": {
        "steady": Word(_("The rank stands"), "take"),
        "falling": Word(_("A fall of the rank is announced"), "yama", "hourglass"),
    },
    "refund": {
        "created": Word(_("Refund being prepared"), "yama"),
        "sent": Word(_("Refund on its way"), "yama"),
        "succeeded": Word(_("Refund arrived"), "take", "check"),
        "failed": Word(_("Refund did not arrive"), "yama", "alert"),
        "closed": Word(_("Given back in another way"), "take", "check"),
    },
    "payout": {
        "created": Word(_("Being prepared"), "yama"),
        "sent": Word(_("On its way to the bank"), "yama"),
        "paid": Word(_("Sent to the bank"), "take", "check"),
        "failed": Word(_("Not taken by the bank"), "yama", "alert"),
        "cancelled": Word(_("Withdrawn before it was sent"), ""),
    },
    "change": {
        "requested": Word(_("Waiting for an answer"), "yama"),
        "accepted": Word(_("Agreed"), "take", "check"),
        "declined": Word(_("Declined"), ""),
        "withdrawn": Word(_("Withdrawn"), ""),
        "lapsed": Word(_("Lapsed"), ""),
    },
    "verification": {
        "none": Word(_("Not handed in"), "hollow"),
        "submitted": Word(_("Being checked"), "yama"),
        "approved": Word(_("Verified"), "take", "verified"),
        "rejected": Word(_("Not accepted"), ""),
        "expired": Word(_("Out of date"), "yama"),
        "retracted": Word(_("Taken back"), ""),
        "withdrawn": Word(_("Withdrawn by the office"), "ink"),
    },
    "picture": {
        "open": Word(_("Sealed"), "hollow", "lock"),
        "kept": Word(_("Sealed until it is erased"), "hollow", "lock"),
        "erased": Word(_("Erased"), ""),
    },
}


def state_word(cycle: str, state: str) -> Word:
    return WORDS[cycle][state]
