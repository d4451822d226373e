"""The facts by which a profile is complete, for one person or for many, in one query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from enishi.accounts.models import Account
from enishi.kit.compiled import compiled
from enishi.profiles.models import (
    Experience,
    Package,
    Piece,
    Qualification,
    Rate,
    SpokenLanguage,
    WorkerProfile,
)

from .policy import Facts

SIDE = ("introduction_length", "skills", "image_id", "hours", "weekly_hours", "rate_guide")
COUNTED: dict[str, type[Model]] = {
    "portfolio": Piece,
    "packages": Package,
    "experience": Experience,
    "qualifications": Qualification,
    "languages": SpokenLanguage,
    "rates": Rate,
}


def facts(account_id: int) -> Facts:
    return facts_of([account_id])[account_id]


def facts_of(account_ids: Iterable[int]) -> dict[int, Facts]:
    """Whoever has no worker's side has nothing of it."""
    return {row["pk"]: _facts(row) for row in _rows(list(account_ids))}


@compiled
def _rows(account_ids: list[int]) -> QuerySet[Account, dict[str, Any]]:
    side = WorkerProfile.objects.filter(pk=OuterRef("pk"))
    told = {f"said_{name}": Subquery(side.values(name)) for name in SIDE}
    counts = {f"count_{name}": _count(kind) for name, kind in COUNTED.items()}
    found = Account.objects.filter(pk__in=account_ids)
    rows: QuerySet[Account, dict[str, Any]] = found.annotate(**told, **counts).values(
        "pk", "name", *told, *counts
    )
    return rows


def _count(kind: type[Model]) -> Coalesce:
    rows = kind._default_manager.filter(account_id=OuterRef("pk"))
    if kind is Package:
        rows = rows.filter(status="open")
    number = rows.order_by().values("account_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0)


def _facts(row: dict[str, Any]) -> Facts:
    counts = {name: row[f"count_{name}"] for name in COUNTED}
    counts["rates"] += bool(row["said_rate_guide"])
    return Facts(
        has_name=bool(row["name"]),
        has_image=row["said_image_id"] is not None,
        introduction=row["said_introduction_length"] or 0,
        skills=len(row["said_skills"] or ()),
        has_hours=bool(row["said_hours"]),
        has_capacity=row["said_weekly_hours"] is not None,
        **counts,
    )
