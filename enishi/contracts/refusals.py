"""What the commands of a deal say when they refuse: one sentence for every (state, verb) outside
the life cycles, and for the rules beside them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .lifecycle import CHANGE, CONTRACT, MILESTONE

_CONTRACT_STATES: dict[str, Any] = {
    "offered": _("The worker has not agreed to this contract yet."),
    "agreed": _("This contract is agreed and waits for its escrow."),
    "active": _("This contract is under way."),
    "completed": _("This contract is completed. Nothing in it can change any more."),
    "ended": _("This contract has ended. Nothing in it can change any more."),
    "declined": _("The worker declined this offer."),
    "withdrawn": _("The client withdrew this offer."),
    "lapsed": _("This offer lapsed because no answer came in time."),
    "expired": _("This contract expired because no escrow came in time."),
}
_CONTRACT_PAIRS: dict[tuple[str, str], Any] = {
    ("agreed", "agree"): _("You have agreed to this contract already."),
    ("agreed", "decline"): _("This contract is agreed. It can no longer be declined."),
    ("agreed", "withdraw"): _("This contract is agreed. The offer can no longer be withdrawn."),
    ("active", "agree"): _("You have agreed to this contract already."),
    ("active", "decline"): _("This contract is under way. It can no longer be declined."),
    ("active", "withdraw"): _("This contract is under way. The offer can no longer be withdrawn."),
    ("active", "start"): _("This contract has started already."),
}
_MILESTONE_STATES: dict[str, Any] = {
    "unfunded": _("This milestone has no escrow yet. Please do not start working."),
    "funded": _("Nothing has been delivered for this milestone yet."),
    "held": _("This milestone is on hold, because the client's bank took the payment back."),
    "delivered": _("This milestone is delivered and waits for its inspection."),
    "revising": _("A revision was asked for. It waits for the new delivery."),
    "accepted": _("This milestone was accepted and paid."),
    "disputed": _("This milestone is frozen while its dispute is open."),
    "settled": _("This milestone was settled."),
    "refunded": _("The escrow of this milestone went back to the client."),
    "cancelled": _("This milestone was cancelled."),
}
_MILESTONE_PAIRS: dict[tuple[str, str], Any] = {
    ("unfunded", "deliver"): _(
        "Nothing can be delivered before the escrow is funded. Please do not start working."
    ),
    ("funded", "fund"): _("The escrow of this milestone is funded already."),
    ("delivered", "fund"): _("The escrow of this milestone is funded already."),
    ("revising", "fund"): _("The escrow of this milestone is funded already."),
    ("funded", "cancel"): _("A milestone with escrow cannot be cancelled."),
    ("delivered", "cancel"): _("A milestone with escrow cannot be cancelled."),
    ("revising", "cancel"): _("A milestone with escrow cannot be cancelled."),
    ("held", "fund"): _("The escrow of this milestone is funded already."),
    ("held", "cancel"): _("A milestone with escrow cannot be cancelled."),
    ("held", "deliver"): _(
        "This milestone is on hold, because the client's bank took the payment back. "
        "Please stop working on it until the bank has decided."
    ),
    ("delivered", "deliver"): _("This milestone is delivered already and waits for inspection."),
    ("delivered", "refund"): _("A delivered milestone cannot simply be refunded."),
    ("revising", "ask_revision"): _("A revision was asked for already."),
}
_CHANGE_STATES: dict[str, Any] = {
    "accepted": _("This change was accepted already."),
    "declined": _("This change was declined already."),
    "withdrawn": _("This change request was withdrawn."),
    "lapsed": _("This change request lapsed because no answer came in time."),
}

SENTENCES: dict[str, Any] = {
    **{
        f"contract.{verb}.{state}": _CONTRACT_PAIRS.get((state, verb), _CONTRACT_STATES[state])
        for state, verb in CONTRACT.refused
    },
    **{f"contract.fund.{state}": sentence for state, sentence in _CONTRACT_STATES.items()},
    **{
        f"milestone.{verb}.{state}": _MILESTONE_PAIRS.get((state, verb), _MILESTONE_STATES[state])
        for state, verb in MILESTONE.refused
    },
    **{f"milestone.change.{state}": sentence for state, sentence in _MILESTONE_STATES.items()},
    **{f"change.{verb}.{state}": _CHANGE_STATES[state] for state, verb in CHANGE.refused},
    "contract.other_side": _(
        "You are the other side of this contract. Please leave this to somebody else of the "
        "organisation."
    ),
    "contract.side_gone": _("The other side's account is closed or suspended, so no deal is made."),
    "contract.incomplete": _("The offer is not complete. Please look at these items: %(fields)s."),
    "contract.differences_unconfirmed": _(
        "Please confirm each difference between the post and the offer before you agree."
    ),
    "payment_record.nothing_paid": _("You paid nothing as a client in %(year)s."),
    "contract.missing": _("Please fill in this item."),
    "contract.days_out_of_order": _("The delivery dates must be in order and not in the past."),
    "contract.amount_out_of_range": _("Please enter an amount in yen within the allowed range."),
    "contract.inspection_too_long": _("The inspection period is longer than the rules allow."),
    "milestone.part_out_of_range": _(
        "Please give a part of the price: from 0 to %(most)s yen, tax included."
    ),
    "milestone.fund_in_order": _("Please fund the earlier milestone first."),
    "milestone.nothing_delivered": _("Please write a message or add a file to deliver."),
    "milestone.no_room_for_files": _(
        "The files of this contract would be larger than %(most)s MB together."
    ),
    "milestone.rounds_used_up": _(
        "The agreed number of revisions is used up (%(rounds)s). Talk about extra work instead."
    ),
    "milestone.reason_missing": _("Please say what should be changed. The worker will read it."),
    "milestone.day_past": _("This day has passed. Please choose a later one."),
    "change.reason_missing": _("Please choose a reason and say it in your own words."),
    "change.day_unusable": _("Please choose a new day that lies ahead."),
    "change.one_is_open": _("A change request for this milestone is open already."),
}
