"""The facts behind the signals, gathered from the record for many people in one statement (SA5).

Only what is published, decided or over is counted, and only as a number: no title, no word of a
contract, a message or a comment leaves this module.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from django.conf import settings

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Delivery, Milestone, Revision
from enishi.events.models import Event
from enishi.kit.days import day_of, start_of_day
from enishi.kit.prepared import rows
from enishi.messaging.replies import MEASURED
from enishi.proposals.models import Proposal
from enishi.ranks.models import Standing
from enishi.reviews import themes
from enishi.reviews.listing import READ
from enishi.reviews.models import Review, Ruling, Spoken
from enishi.verification.models import Verification
from enishi.verification.policy import SHOWN

from .signals import Facts, Mentions

Key = tuple[int, str]  # a person and the side
LAST = f"""
    select ruling.review_id, ruling.effect from {Ruling._meta.db_table} ruling
     where not exists (select from {Ruling._meta.db_table} later
                        where later.review_id = ruling.review_id and later.number > ruling.number)
"""
PEOPLE = f"""
    select account.id, account.joined_at, side from {Account._meta.db_table} account
     cross join (values ('client'), ('worker')) sides (side)
     where account.id = any(%(accounts)s)
"""
CHECKED = f"""
    select account_id as id, jsonb_object_agg(kind, decided_at) as kinds
      from {Verification._meta.db_table}
     where account_id = any(%(accounts)s) and status = 'approved' and kind = any(%(kinds)s)
     group by account_id
"""
PUBLISHED = f"""
    select review.*, last.effect from {Review._meta.db_table} review
      left join ({LAST}) last on last.review_id = review.id
     where subject_id = any(%(accounts)s) and published_at <= %(at)s
"""
RATED = """
    select subject_id as id, side, count(*) as ratings, sum(overall) as overall,
           sum(communication) as communication, sum(partnership) as partnership,
           count(*) filter (where more_work = 'kept') + count(*) filter (where more_pay = 'kept')
               as kept,
           count(*) filter (where more_work in ('kept', 'broken'))
               + count(*) filter (where more_pay in ('kept', 'broken')) as promised
      from published where effect is distinct from 'out' group by subject_id, side
"""
SAID = f"""
    select subject_id as id, side, jsonb_agg(jsonb_build_array(newest.review_id,
               case when lexicon = %(lexicon)s then to_jsonb(themes) else to_jsonb(comment) end
           )) as comments
      from (select subject_id, side, id as review_id, comment,
                   row_number() over (partition by subject_id, side
                                          order by published_at desc, id desc) as place
              from published where effect is null or effect = 'restored') newest
      left join {Spoken._meta.db_table} spoken on spoken.review_id = newest.review_id
     where place <= %(read)s and comment <> '' group by subject_id, side
"""
OVER = f"""
    select id, side, count(*) as deals, count(*) filter (where status = 'completed') as completed,
           count(*) filter (where fault = side) as faulted
      from (select client_id as id, 'client' as side, status, fault, ended_at
              from {Contract._meta.db_table} where client_id = any(%(accounts)s)
             union all
            select worker_id, 'worker', status, fault, ended_at
              from {Contract._meta.db_table} where worker_id = any(%(accounts)s)) ended
     where status in ('completed', 'ended') and ended_at > %(year)s and ended_at <= %(at)s
     group by id, side
"""
# An offer is an answer, whatever became of it; so is a decline, which has a reason.
ANSWERS = f"""
    select client_id as id, count(took) as answered, count(*) as applicants,
           percentile_cont(0.5) within group (order by took) as median
      from (select proposal.client_id, status, extract(epoch from coalesce(
                       (select min(offered_at) from {Contract._meta.db_table} offer
                         where offer.proposal_id = proposal.id and offered_at <= %(at)s),
                       case when status = 'declined' then ended_at end) - sent_at)::float8 as took
              from {Proposal._meta.db_table} proposal
             where client_id = any(%(accounts)s) and sent_at > %(year)s and sent_at <= %(at)s) sent
     where took is not null or status = 'lapsed'
     group by client_id
"""
PIECES = f"""
    select contract.client_id as id,
           count(*) filter (where funded_at > %(year)s and funded_at <= %(at)s) as funded,
           count(distinct contract.id) filter (
               where piece.status = 'cancelled' and piece.fault = 'client'
                 and piece.ended_at > %(year)s and piece.ended_at <= %(at)s) as unfunded,
           count(*) filter (where piece.status = 'accepted' and not is_deemed
                              and piece.ended_at > %(year)s and piece.ended_at <= %(at)s)
               as accepted,
           count(*) filter (where piece.status = 'accepted' and is_deemed
                              and piece.ended_at > %(year)s and piece.ended_at <= %(at)s) as deemed
      from {Contract._meta.db_table} contract
      join {Milestone._meta.db_table} piece on piece.contract_id = contract.id
     where contract.client_id = any(%(accounts)s)
     group by contract.client_id
"""
REVISED = f"""
    select contract.client_id as id, count(*) as revised
      from {Contract._meta.db_table} contract
      join {Milestone._meta.db_table} piece on piece.contract_id = contract.id
      join {Delivery._meta.db_table} delivery on delivery.milestone_id = piece.id
      join {Revision._meta.db_table} revision on revision.delivery_id = delivery.id
     where contract.client_id = any(%(accounts)s)
       and revision.at > %(year)s and revision.at <= %(at)s
     group by contract.client_id
"""
# Whom a decided report was about stands in the journal, by an index of its own.
UPHELD = f"""
    select person as id, count(*) as upheld
      from {Event._meta.db_table} event cross join unnest(people) person
     where name = 'report.decided' and facts ->> 'rule' = 'upheld'
       and at > %(year)s and at <= %(at)s and person = any(%(accounts)s)
     group by person
"""
GATHERED = f"""
    with people as ({PEOPLE}), checked as ({CHECKED}), published as ({PUBLISHED}),
         rated as ({RATED}), said as ({SAID}), over as ({OVER}), answers as ({ANSWERS}),
         pieces as ({PIECES}), revised as ({REVISED}), upheld as ({UPHELD}),
         replied (id, count, within, median) as ({MEASURED})
    select people.id, people.side, people.joined_at, checked.kinds,
           ratings, overall, communication, partnership, kept, promised, comments,
           replied.count, within, replied.median, completed, faulted, deals,
           applicants, answered, answers.median, funded, unfunded,
           coalesce(accepted, 0) + coalesce(revised, 0), deemed, upheld,
           case when people.side = 'worker' then standing.rank end
      from people
      left join checked on checked.id = people.id
      left join rated on rated.id = people.id and rated.side = people.side
      left join said on said.id = people.id and said.side = people.side
      left join replied on replied.id = people.id
      left join over on over.id = people.id and over.side = people.side
      left join answers on answers.id = people.id and people.side = 'client'
      left join pieces on pieces.id = people.id and people.side = 'client'
      left join revised on revised.id = people.id and people.side = 'client'
      left join upheld on upheld.id = people.id
      left join {Standing._meta.db_table} standing on standing.account_id = people.id
"""
NAMES = tuple(field.name for field in fields(Facts))
COUNTS = (
    *("ratings", "overall", "communication", "partnership", "kept", "promised", "comments"),
    *("replies", "replies_within", "reply_median", "completed", "faulted", "deals"),
    *("applicants", "answered", "answer_median", "funded", "unfunded", "inspected", "deemed"),
    "upheld",
)


def gather(account_ids: Iterable[int], *, at: datetime) -> dict[Key, Facts]:
    """Both sides of each of these people at `at`, in one statement."""
    found = rows(GATHERED, values(account_ids, at=at))
    return {(row[0], row[1]): _facts(*row[1:]) for row in found}


def values(account_ids: Iterable[int], *, at: datetime) -> dict[str, Any]:
    """What GATHERED asks for."""
    rules = settings.RULES
    return {
        "accounts": list(account_ids),
        "at": at,
        "kinds": list(SHOWN),
        "read": READ,
        "lexicon": themes.LEXICON,
        "year": start_of_day(day_of(at) - timedelta(days=rules.trust_window_days)),
        "since": start_of_day(day_of(at) - timedelta(days=rules.reply_window_days)),
        "limit": timedelta(hours=rules.reply_hours),
        "zone": "Asia/Tokyo",
    }


def stored(facts: Facts) -> dict[str, Any]:
    """As JSON: days in ISO form."""
    return {name: getattr(facts, name) for name in NAMES} | {
        "joined_on": facts.joined_on.isoformat(),
        "checked": [[kind, day.isoformat()] for kind, day in facts.checked],
        "themes": [[one.theme, one.good, one.bad] for one in facts.themes],
    }


def read(kept: Mapping[str, Any]) -> Facts:
    """What `stored` wrote."""
    return Facts(
        **{
            **kept,
            "joined_on": date.fromisoformat(kept["joined_on"]),
            "checked": tuple((kind, date.fromisoformat(day)) for kind, day in kept["checked"]),
            "themes": tuple(Mentions(*one) for one in kept["themes"]),
        }
    )


def _facts(side: str, joined_at: datetime, kinds: str | None, *found: Any) -> Facts:
    """From a row. JSON comes as text, as Django has its connections hand it over."""
    *counts, rank = found
    known = dict(zip(COUNTS, counts, strict=True))
    comments, checked = json.loads(known["comments"] or "[]"), json.loads(kinds or "{}")
    medians = {name: known[name] for name in ("reply_median", "answer_median")}
    return Facts(
        joined_on=day_of(joined_at),
        side=side,
        checked=tuple(
            (kind, day_of(datetime.fromisoformat(checked[kind])))
            for kind in SHOWN
            if kind in checked
        ),
        rank=rank or "",
        themes=tuple(
            Mentions(one.theme, len(one.good), len(one.bad))
            for one in themes.tallied((number, _heard(told)) for number, told in comments)
        ),
        **{name: int(known[name] or 0) for name in COUNTS if name not in ("comments", *medians)},
        comments=len(comments),
        **{name: _finite(told) for name, told in medians.items()},
    )


def _heard(told: str | list[str]) -> list[str]:
    """Themes as they are kept, or a comment of which none are."""
    return themes.tones(told) if isinstance(told, str) else told


def _finite(median: float | None) -> float | None:
    """None between answers that never came, which count as infinite."""
    return median if median is not None and isfinite(median) else None
