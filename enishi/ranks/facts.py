"""The facts by which ranks are computed, gathered for many workers at once by set-based SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Q

from enishi.accounts.models import Account
from enishi.contracts.models import Contract
from enishi.kit.days import day_of, start_of_day
from enishi.kit.prepared import rows
from enishi.messaging.replies import NONE as NO_REPLIES
from enishi.messaging.replies import replies
from enishi.profiles.completeness import queries as profiles
from enishi.reviews.models import Review, Ruling
from enishi.verification.models import Verification

from . import earnings
from .policy import CHECKS, Facts

A_YEAR = timedelta(days=365)
NAMES = tuple(field.name for field in fields(Facts))
FINISHED = Q(status="completed") | Q(status="ended", fault="worker")
PEOPLE = f"""
    select id, is_active, signed_in_on from {Account._meta.db_table} where id = any(%(accounts)s)
"""
CHECKED = f"""
    select account_id, kind, bool_or(status = 'approved'), bool_or(status = 'withdrawn')
      from {Verification._meta.db_table}
     where account_id = any(%(accounts)s) and kind = any(%(kinds)s)
     group by account_id, kind
"""
# Finished contracts by order (RA7): an order in which the worker failed once is not completed. And
# how many contracts were ever funded.
DEALS = f"""
    with deals as (
        select worker_id, client_id, order_at, agreed_at, fault,
               status = 'completed' or status = 'ended' and fault = 'worker' as is_finished
          from {Contract._meta.db_table}
         where worker_id = any(%(accounts)s) and status in ('active', 'completed', 'ended')),
    orders as (
        select worker_id, count(*) as funded,
               bool_or(fault = 'worker') filter (where is_counted) as is_faulted
          from deals cross join lateral (
               select is_finished and agreed_at >= %(since)s and agreed_at <= %(at)s) asked
                      (is_counted)
         group by worker_id, client_id, order_at)
    select worker_id, sum(funded)::bigint, count(*) filter (where not is_faulted),
           count(*) filter (where is_faulted)
      from orders group by worker_id
"""
# Each order is rated once, by the mean of its contracts (RA7). What the office took out of the
# scores does not count here either.
RATINGS = f"""
    with orders as (
        select review.subject_id, sum(review.overall) as total, count(*) as times
          from {Review._meta.db_table} review
          join {Contract._meta.db_table} contract on contract.id = review.contract_id
         where review.subject_id = any(%(accounts)s) and review.side = 'worker'
           and review.published_at >= %(since)s and review.published_at <= %(at)s
           and not exists (
               select from {Ruling._meta.db_table} ruling
                where ruling.review_id = review.id and ruling.effect = 'out'
                  and not exists (select from {Ruling._meta.db_table} later
                                   where later.review_id = ruling.review_id
                                     and later.number > ruling.number))
         group by review.subject_id, contract.client_id, contract.order_at)
    select subject_id, count(*), coalesce(sum(total) filter (where times = 1), 0),
           array_agg(array[total, times]) filter (where times > 1)
      from orders group by subject_id
"""


def since(today: date) -> datetime:
    """Where the 365 days begin that end today."""
    return start_of_day(today - A_YEAR)


def gather(
    account_ids: Sequence[int],
    *,
    at: datetime,
    places: Mapping[int, earnings.Place] | None = None,
) -> dict[int, Facts]:
    """Facts of each of these accounts on the day of `at`. What they earned is read as it was last
    refreshed, or is in `places` already."""
    ids, today = list(account_ids), day_of(at)
    values = {"accounts": ids, "since": since(today), "at": at}
    checked = _checked(ids)
    told = profiles.facts_of(ids)
    deals = {worker: counts for worker, *counts in rows(DEALS, values)}
    rated = {subject: _rated(*found) for subject, *found in rows(RATINGS, values)}
    answers = replies(ids, at=at)
    places = earnings.places(ids) if places is None else places
    found = {}
    for account_id, is_active, signed_in_on in rows(PEOPLE, values):
        profile, place = told[account_id], places.get(account_id)
        stands, withdrawn = checked.get(account_id, ({}, False))
        funded, completed, faulted = deals.get(account_id, (0, 0, 0))
        ratings, rating_sum = rated.get(account_id, (0, Fraction(0)))
        answered = answers.get(account_id, NO_REPLIES)
        found[account_id] = Facts(
            day=today,
            is_active=is_active,
            has_name=profile.has_name,
            has_image=profile.has_image,
            introduction=profile.introduction,
            shown=profile.skills + profile.portfolio + profile.packages,
            learned=profile.experience + profile.qualifications,
            **{kind: stands.get(kind, False) for kind in CHECKS},
            withdrawn=withdrawn,
            signed_in_on=signed_in_on,
            funded=funded,
            completed=completed,
            faulted=faulted,
            ratings=ratings,
            rating_sum=rating_sum,
            replies=answered.count,
            replies_within=answered.within,
            category=place.category if place else "",
            earned=place.yen if place else 0,
            position=place.position if place else 0,
            earners=place.earners if place else 0,
        )
    return found


def stored(facts: Facts) -> dict[str, Any]:
    """As JSON: days in ISO form, the sum of ratings as a fraction in words."""
    kept = {name: getattr(facts, name) for name in NAMES}
    kept["day"] = facts.day.isoformat()
    kept["signed_in_on"] = facts.signed_in_on.isoformat() if facts.signed_in_on else None
    kept["rating_sum"] = str(facts.rating_sum)
    return kept


def read(kept: Mapping[str, Any]) -> Facts:
    """What `stored` wrote."""
    last = kept["signed_in_on"]
    return Facts(
        **{
            **kept,
            "day": date.fromisoformat(kept["day"]),
            "signed_in_on": date.fromisoformat(last) if last else None,
            "rating_sum": Fraction(kept["rating_sum"]),
        }
    )


def _checked(ids: list[int]) -> dict[int, tuple[dict[str, bool], bool]]:
    """Which checks stand, and whether the office took one back for which none stands now."""
    found: dict[int, tuple[dict[str, bool], bool]] = {}
    for account_id, kind, stands, withdrawn in rows(
        CHECKED, {"accounts": ids, "kinds": list(CHECKS)}
    ):
        known, before = found.get(account_id, ({}, False))
        known[kind] = stands
        found[account_id] = (known, before or (withdrawn and not stands))
    return found


def _rated(count: int, plain: int, several: list[list[int]] | None) -> tuple[int, Fraction]:
    return count, sum((Fraction(total, times) for total, times in several or []), Fraction(plain))
