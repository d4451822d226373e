"""Letters for a reader: events as rows, with the names they need, in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext

from enishi.accounts.models import Account
from enishi.contracts.models import Milestone
from enishi.events.models import Event
from enishi.kit.compiled import compiled

from .letter import Letter, knows, sentence


def letters_for(
    events: Iterable[Event], reader: Account, language: str | None = None
) -> list[tuple[Event, Letter]]:
    """The letters about these events, in their order; one query for the names of the actors, one
    more where payments are among them.
    Events without words (a reading mark, say) are left out."""
    known = [event for event in events if knows(event.name)]
    names, deals = names_of(known), deals_of(known)
    return [
        (
            event,
            letter_for(
                event,
                reader,
                names=names,
                language=language or reader.language,
                **deals.get(event.pk, {}),
            ),
        )
        for event in known
    ]


def names_of(events: Iterable[Event]) -> dict[int, str]:
    acted = {one for event in events for one in (event.by_id, event.member_id) if one}
    return dict(_names(list(acted)))


@compiled
def _names(account_ids: list[int]) -> QuerySet[Account, Any]:
    return Account.objects.filter(pk__in=account_ids).values_list("pk", "name")


def deals_of(events: Iterable[Event]) -> dict[int, dict[str, Any]]:
    """Payments know only the milestone they are for; their letters name the deal."""
    paid_for = {
        event.pk: event.facts["purpose_id"]
        for event in events
        if event.facts.get("purpose_kind") == "milestone" and event.facts.get("purpose_id")
    }
    if not paid_for:
        return {}
    columns = ("contract_id", "contract__title", "title")
    rows = Milestone.objects.filter(pk__in=paid_for.values()).values_list("pk", *columns)
    deals = {
        pk: {"contract_id": contract_id, "title": title, "milestone_title": piece}
        for pk, contract_id, title, piece in rows
    }
    return {event_id: deals[pk] for event_id, pk in paid_for.items() if pk in deals}


def letter_for(
    event: Event,
    reader: Account,
    *,
    names: Mapping[int, str],
    language: str,
    **more: Any,
) -> Letter:
    facts = dict(event.facts) | {f"{event.subject_kind}_id": event.subject_id} | more
    if event.by_id in names:
        facts["by"] = _actor(event, names, language)
    return sentence(event.name, facts, side_of(event.facts, reader), language)


def members_of(events: Iterable[Event]) -> dict[int, str]:
    """By event, who did it for an organisation. Asks nothing where everybody acted for
    themselves (PE3)."""
    acted = {event.pk: event.member_id for event in events if event.member_id}
    names = dict(_names(list(set(acted.values())))) if acted else {}
    return {pk: names[member_id] for pk, member_id in acted.items()}


def _actor(event: Event, names: Mapping[int, str], language: str) -> str:
    """Who did it: a person, or the member of an organisation by both names (PE3)."""
    name = names[event.by_id]  # type: ignore[index]  # asked for only where there is one
    if event.member_id not in names:
        return name
    both = {"member": names[event.member_id], "organisation": name}
    with translation.override(language):
        return gettext("%(member)s of %(organisation)s") % both


def side_of(facts: Mapping[str, Any], reader: Account) -> str:
    """On which side of this deal the reader stands, or "" when it is no deal of theirs."""
    for side in ("client", "worker"):
        if facts.get(f"{side}_id") == reader.pk:
            return side
    return ""
