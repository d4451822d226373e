"""What the list of notices, the demo's mail page and the office's desk read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from enishi.accounts.models import Account
from enishi.kit.compiled import compiled

from .letters.letter import Letter
from .letters.reading import letters_for
from .models import Notice, OutgoingMail
from .standing_in import for_stand_in


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a person's list."""

    id: int
    kind: str
    at: datetime
    is_unread: bool
    letter: Letter


@dataclass(frozen=True, slots=True)
class Notices:
    lines: list[Told]
    earlier: int | None
    newest: int  # id of the newest on this page, 0 when there is none
    has_unread: bool


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail without its words, which belong to its reader."""

    id: int
    to: str
    subject: str
    created_at: datetime
    sent_at: datetime | None
    attempts: int
    last_error: str


@dataclass(frozen=True, slots=True)
class Mails:
    lines: list[Mail]
    earlier: int | None


def notices(reader: Account, language: str, before: int | None = None) -> Notices:
    """A page of what happened to this person, the latest first."""
    size = settings.RULES.page_size
    told = Notice.objects.filter(account=reader).select_related("event", "organisation")
    told = told.order_by("-id")
    if before is not None:
        told = told.filter(pk__lt=before)
    rows = list(told[: size + 1])
    page = rows[:size]
    letters = _letters(page, reader, language)
    lines = [
        Told(row.pk, row.kind, row.at, row.read_at is None, letters[row.event_id])
        for row in page
        if row.event_id in letters
    ]
    return Notices(
        lines=lines,
        earlier=page[-1].pk if len(rows) > size else None,
        newest=page[0].pk if page else 0,
        has_unread=any(row.read_at is None for row in page),
    )


def _letters(page: list[Notice], reader: Account, language: str) -> dict[int, Letter]:
    """By event. What somebody is told as a stand-in reads as it does for the organisation."""
    own = [row.event for row in page if row.organisation_id is None]
    found = {event.pk: letter for event, letter in letters_for(own, reader, language)}
    for of in {row.organisation for row in page if row.organisation is not None}:
        events = [row.event for row in page if row.organisation_id == of.pk]
        for event, letter in letters_for(events, of, language):
            found[event.pk] = for_stand_in(letter, of, language)
    return found


def unread_count(account_id: int) -> int:
    return _unread.count(account_id)


@compiled
def _unread(account_id: int) -> QuerySet[Notice, Any]:
    return Notice.objects.filter(account_id=account_id, read_at=None).values("account_id")


def mails(before: int | None = None, to: str = "") -> Mails:
    """Outgoing mail, the latest first, of all or of one address; never its words."""
    size = settings.RULES.page_size
    kept = OutgoingMail.objects.order_by("-id")
    if to:
        kept = kept.filter(to__icontains=to)
    if before is not None:
        kept = kept.filter(pk__lt=before)
    fields = ("id", "to", "subject", "created_at", "sent_at", "attempts", "last_error")
    rows = [Mail(*row) for row in kept.values_list(*fields)[: size + 1]]
    return Mails(rows[:size], earlier=rows[size - 1].id if len(rows) > size else None)
