"""What others may know about a person: that something was checked, and on which day. Never more."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from enishi.accounts.models import Account
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of

from . import policy
from .models import Look, SealedPicture, Verification


def checks(account_ids: Iterable[int]) -> dict[int, dict[str, date]]:
    """By account and kind: the Tokyo day on which it was checked. One query, however many."""
    found: dict[int, dict[str, date]] = {account_id: {} for account_id in account_ids}
    for account_id, kind, decided_at in _standing(list(found)):
        if kind in policy.SHOWN:
            found[account_id][kind] = day_of(decided_at)
    return found


@compiled
def _standing(account_ids: list[int]) -> QuerySet[Verification, Any]:
    rows = Verification.objects.filter(account_id__in=account_ids, status="approved")
    return rows.values_list("account_id", "kind", "decided_at")


def qualifications(account_id: int) -> dict[str, date]:
    """By `policy.title_key`: the Tokyo day on which the office saw the certificate. For whoever
    names the qualification already; which ones there are is not told."""
    return {policy.title_key(title): day_of(at) for title, at in _qualifications(account_id)}


@compiled
def _qualifications(account_id: int) -> QuerySet[Verification, Any]:
    rows = Verification.objects.filter(
        account_id=account_id, status="approved", kind="qualification"
    )
    return rows.values_list("title", "decided_at")


def of_account(account: Account) -> list[Verification]:
    """Everything this person ever asked for, the newest first."""
    return list(Verification.objects.filter(account=account).order_by("-pk"))


def for_office(verification_id: int) -> tuple[Verification, list[SealedPicture], list[Look]]:
    """One request, its pictures in order, and who was let to look at them."""
    people = ("account", "decided_by", "ended_by")
    checked = Verification.objects.select_related(*people).get(pk=verification_id)
    pictures = list(checked.pictures.order_by("position"))
    looks = Look.objects.filter(picture__verification=checked).select_related("by", "picture")
    return checked, pictures, list(looks.select_related("by", "picture", "view").order_by("-at"))


def waiting(*, most: int) -> list[Verification]:
    """What the office has to decide, by due time."""
    rows = Verification.objects.filter(status="submitted").select_related("account")
    return list(rows.order_by("due_at", "pk")[:most])


def decided(*, most: int) -> list[Verification]:
    rows = Verification.objects.filter(status__in=("approved", "rejected", "withdrawn"))
    by_document = rows.filter(kind__in=policy.BY_DOCUMENT).select_related("account", "decided_by")
    return list(by_document.order_by("-decided_at", "-pk")[:most])


def look(look_id: UUID, *, by: Account) -> Look:
    """A link of this person's own, for the page around the picture."""
    rows = Look.objects.select_related("picture__verification__account", "view")
    return rows.get(pk=look_id, by=by)


def is_open(one: Look, *, real: datetime) -> bool:
    return real < one.until and not hasattr(one, "view")


def standing_phone(account_id: int) -> Verification | None:
    """The checked phone of this person, to show its masked number to its owner."""
    rows = Verification.objects.filter(account_id=account_id, kind="phone", status="approved")
    return rows.first()
