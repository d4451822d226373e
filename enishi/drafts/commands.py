"""Keeping what was typed, and letting it go: on sending, on a word of its writer, after 30 days."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.kit.errors import Refused

from . import policy
from .models import Draft

NEWEST = 2**31 - 1  # more versions than anyone writes


@transaction.atomic
def keep(
    place: str, *, by: Account, at: datetime, boxes: Mapping[str, Iterable[str]], seen: int = 0
) -> Draft:
    """A person goes on writing. `seen` is the version that they have before their eyes: a newer
    one, from another window or device, is never overwritten unseen."""
    kept, seen = policy.kept(boxes), min(seen, NEWEST - 1)
    if code := policy.fault(place, kept):
        raise Refused.because(code)
    # One writer at a time for an account: its drafts are counted below.
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    draft = Draft.objects.of(by).filter(place=place).first()
    if draft is None:
        _make_room(by)
        return Draft.objects.create(
            account=by, place=place, boxes=kept, version=seen + 1, written_at=at
        )
    if draft.boxes == kept:
        return draft
    if draft.version != seen:
        raise Refused.because("draft.written_elsewhere")
    draft.boxes, draft.version, draft.written_at = kept, seen + 1, at
    draft.save(update_fields=["boxes", "version", "written_at"])
    return draft


def _make_room(account: Account) -> None:
    held = Draft.objects.of(account).order_by("-written_at", "-pk").values_list("pk", flat=True)
    Draft.objects.filter(pk__in=list(held[policy.DRAFTS_MOST - 1 :])).delete()


@transaction.atomic
def discard(draft_id: int, *, by: Account) -> None:
    """Its writer does not want it any more."""
    Draft.objects.of(by).get(pk=draft_id).delete()


@transaction.atomic
def sent(place: str, *, by: Account, seen: int) -> None:
    """The form was sent, so nothing is left to be kept: but what another window has written since
    that version stays."""
    Draft.objects.of(by).filter(place=place, version__lte=seen).delete()


@transaction.atomic
def forget(event: Event) -> None:
    """Subscriber of `account.closed`: who leaves, leaves no unsent words."""
    if event.by_id is not None:  # who leaves does so with their own hand
        Draft.objects.filter(account_id=event.by_id).delete()


@transaction.atomic
def sweep(*, at: datetime) -> int:
    """Nobody came back for these. Returns how many went."""
    old = Draft.objects.filter(written_at__lt=at - timedelta(days=policy.KEPT_DAYS))
    return old.delete()[0]
