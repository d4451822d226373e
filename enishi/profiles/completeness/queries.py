"""The facts by which a profile is complete, for one person or for many, in one statement."""

from collections.abc import Iterable

from django.db.models import Model

from enishi.accounts.models import Account
from enishi.kit.prepared import rows
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

COUNTED: dict[str, type[Model]] = {
    "portfolio": Piece,
    "packages": Package,
    "experience": Experience,
    "qualifications": Qualification,
    "languages": SpokenLanguage,
    "rates": Rate,
}


def _count(kind: type[Model]) -> str:
    """How many of them somebody has; of packages, how many can be ordered."""
    narrowed = " and part.status = 'open'" if kind is Package else ""
    table = kind._meta.db_table
    return f"(select count(*) from {table} part where part.account_id = account.id{narrowed})"


TOLD = f"""
    select account.id, account.name <> '', side.image_id is not null,
           coalesce(side.introduction_length, 0), coalesce(cardinality(side.skills), 0),
           coalesce(side.hours <> '', false), side.weekly_hours is not null,
           coalesce(side.rate_guide <> '', false), {", ".join(map(_count, COUNTED.values()))}
      from {Account._meta.db_table} account
      left join {WorkerProfile._meta.db_table} side on side.account_id = account.id
     where account.id = any(%(accounts)s)
"""


def facts(account_id: int) -> Facts:
    return facts_of([account_id])[account_id]


def facts_of(account_ids: Iterable[int]) -> dict[int, Facts]:
    """Whoever has no worker's side has nothing of it."""
    found = rows(TOLD, {"accounts": list(account_ids)})
    return {account_id: _facts(*told) for account_id, *told in found}


def _facts(
    has_name: bool,
    has_image: bool,
    introduction: int,
    skills: int,
    has_hours: bool,
    has_capacity: bool,
    has_guide: bool,
    *counts: int,
) -> Facts:
    counted = dict(zip(COUNTED, counts, strict=True))
    counted["rates"] += has_guide
    return Facts(
        has_name=has_name,
        has_image=has_image,
        introduction=introduction,
        skills=skills,
        has_hours=has_hours,
        has_capacity=has_capacity,
        **counted,
    )
