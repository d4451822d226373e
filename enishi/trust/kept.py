"""The facts of people as they are kept: one query for a whole page, and one more for people of whom
nothing is kept yet."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from enishi.kit.compiled import compiled

from . import gathering
from .models import PersonFacts
from .signals import Facts

Key = gathering.Key


def facts_of(people: Iterable[Key], *, at: datetime) -> dict[Key, Facts]:
    """By person and side. Who has just joined is gathered on the spot."""
    wanted = set(people)
    ids = sorted({account_id for account_id, _ in wanted})
    if not ids:
        return {}
    found = {
        (account_id, side): gathering.read(facts)
        for account_id, side, facts in _kept(ids)
        if facts and (account_id, side) in wanted
    }
    missing = sorted({account_id for account_id, side in wanted if (account_id, side) not in found})
    if missing:
        fresh = gathering.gather(missing, at=at)
        found |= {key: facts for key, facts in fresh.items() if key in wanted and key not in found}
    return found


@compiled
def _kept(account_ids: list[int]) -> QuerySet[PersonFacts, Any]:
    kept = PersonFacts.objects.filter(account_id__in=account_ids)
    return kept.values_list("account_id", "side", "facts")
