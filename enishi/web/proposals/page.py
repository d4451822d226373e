"""The page of an application: whose turn, by when, what happens otherwise, what has been."""

from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from enishi.accounts.models import Account
from enishi.contracts.models import Contract
from enishi.events.models import Event
from enishi.notifications.letters.reading import letters_for, members_of
from enishi.profiles import queries as profiles
from enishi.proposals import clocks, queries
from enishi.proposals.lifecycle import WAITS_FOR_CLIENT
from enishi.proposals.models import Proposal
from enishi.web.profiles.prefectures import prefecture_name

from . import pay
from .forms import REASONS

OFFER_EVENTS = [
    f"contract.{ended}" for ended in ("offered", "agreed", "declined", "withdrawn", "lapsed")
]


def step(proposal: Proposal, contract: Contract | None, *, is_client: bool) -> dict[str, Any]:
    """The parameters of the next_step component."""
    if proposal.status in WAITS_FOR_CLIENT:
        return _client_answers(proposal) if is_client else _worker_waits(proposal)
    if proposal.status == "offered":
        return _offered(proposal, contract, is_client=is_client)
    return _over(proposal, contract, is_client=is_client)


def _client_answers(proposal: Proposal) -> dict[str, Any]:
    actions: list[dict[str, Any]] = []
    if offer := _address("offer_new", proposal.pk):
        actions.append({"label": _("Offer a contract"), "href": offer})
    actions.append(
        {
            "label": _("Decline with a reason"),
            "href": reverse("proposal_decline", args=[proposal.pk]),
        }
    )
    facts = {"name": proposal.worker.name}
    return {
        "turn": "yours",
        "what": _("Answer %(name)s") % facts,
        "due_at": proposal.due_at,
        "since": proposal.waiting_since,
        "then": _(
            "Without an answer by then the application lapses, the worker is told, and your "
            "answer rate falls. No money moves yet."
        ),
        "actions": actions,
    }


def _worker_waits(proposal: Proposal) -> dict[str, Any]:
    withdrawal = {
        "label": _("Withdraw the application"),
        "post": reverse("proposal_withdrawal", args=[proposal.pk]),
        "confirm": _("The client is told. This leaves no mark on you."),
    }
    return {
        "turn": "theirs",
        "what": _("%(name)s answers you") % {"name": proposal.client.name},
        "due_at": proposal.due_at,
        "since": proposal.waiting_since,
        "then": _(
            "Without an answer by then the application lapses by itself. That leaves no mark on "
            "you, and the client's answer rate falls. Please do not start any work yet."
        ),
        "actions": [withdrawal],
    }


def _offered(proposal: Proposal, contract: Contract | None, *, is_client: bool) -> dict[str, Any]:
    link = _address("contract", contract.pk) if contract else ""
    due_at = contract.due_at if contract and contract.status == "offered" else None
    read = _("See the offer") if is_client else _("Read the offer")
    return {
        "turn": "theirs" if is_client else "yours",
        "what": _("%(name)s answers your offer") % {"name": proposal.worker.name}
        if is_client
        else _("Read the offer, then agree or decline"),
        "due_at": due_at,
        "then": _("Without an answer by then the offer lapses. That leaves no mark."),
        "actions": [{"label": read, "href": link}] if link else [],
    }


def _over(proposal: Proposal, contract: Contract | None, *, is_client: bool) -> dict[str, Any]:
    words = {
        "hired": (_("This application became a contract"), ""),
        "declined": (
            _("This application was declined"),
            _("The worker has read your reason.")
            if is_client
            else _("The reason stands below. This leaves no mark on you."),
        ),
        "withdrawn": (_("This application was withdrawn"), _("That leaves no mark on anyone.")),
        "lapsed": (
            _("This application lapsed without an answer"),
            _("Your answer rate, which applicants see, fell.")
            if is_client
            else _("That leaves no mark on you. The client's answer rate fell."),
        ),
    }
    what, then = words[proposal.status]
    actions = []
    if proposal.status == "hired" and contract and (link := _address("contract", contract.pk)):
        actions.append({"label": _("To the contract"), "href": link})
    elif not is_client:
        actions.append({"label": _("Find other work"), "href": reverse("jobs")})
    return {"turn": "done", "what": what, "then": then, "actions": actions}


def _address(name: str, number: int) -> str:
    """An address of another part, which an instance may not have."""
    try:
        return reverse(name, args=[number])
    except NoReverseMatch:
        return ""


def timeline(proposal: Proposal, reader: Account, *, at: datetime) -> list[dict[str, Any]]:
    """What will happen by the clock, then what has happened."""
    entries: list[dict[str, Any]] = []
    if proposal.waiting_since and proposal.due_at:
        plan = clocks.SENT.plan(proposal.waiting_since, proposal.due_at)
        says = {known.name: known.says for known in clocks.SENT.steps}
        ahead = [(when, name) for when, name in plan if when > at]
        entries += [
            {"at": when, "text": _(says[name]), "ahead": True} for when, name in reversed(ahead)
        ]
    events = _events(proposal)
    members = members_of(events)
    for event, letter in letters_for(events, reader):
        node = "you" if event.by_id == reader.pk else "" if event.by_id else "system"
        reminded = event.name == "proposal.reminder"
        text = _("The client was reminded of this application") if reminded else letter.title
        told = {"at": event.at, "text": text, "node": node, "note": letter.quote}
        entries.append(told | {"member": members.get(event.pk, "")})
    return entries


def _events(proposal: Proposal) -> list[Event]:
    """Its own events and those of the offers that came of it, the latest first."""
    offers = proposal.contracts.order_by("id").values_list("id", flat=True)
    of_offers = Event.objects.filter(
        subject_kind="contract", subject_id__in=[str(pk) for pk in offers], name__in=OFFER_EVENTS
    )
    return sorted([*queries.events_of(proposal.pk), *of_offers], key=_id, reverse=True)


def _id(event: Event) -> int:
    return event.pk


def reason(proposal: Proposal) -> str:
    """Why it was declined, in words."""
    return str(dict(REASONS).get(proposal.decline_reason, ""))


def pay_of(proposal: Proposal, *, at: datetime) -> pay.Breakdown | None:
    return pay.breakdown(proposal.job, proposal.worker, proposal.amount, at=at)


def address(proposal: Proposal, *, is_client: bool) -> str | None:
    """The client's full address where the post shows only a part of it (JO5): for the applicant
    once it is released, for the client to release. None: there is nothing to show."""
    recruiter = profiles.recruiter(proposal.client_id)
    if recruiter is None or recruiter.address_shown == "full" or not recruiter.address:
        return None
    if not is_client and proposal.address_released_at is None:
        return None
    prefecture, city, rest = recruiter.shown_address(released=True)
    return f"{prefecture_name(prefecture)} {city} {rest}".strip()
