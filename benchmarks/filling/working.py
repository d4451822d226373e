"""Contracts of some posts with their pieces: agreed, funded, delivered, accepted, over, rated."""

from collections.abc import Iterator

from django.conf import settings

from enishi.contracts import pay
from enishi.reviews.themes import LEXICON, tones

from .ground import Ground, day_of, days_after
from .hiring import STILL, as_json

BEGUN = "fate not in ('offered', 'agreed', 'declined', 'lapsed', 'expired')"
FUNDED = "('accepted', 'refunded', 'funded', 'delivered')"
# By overall; what a 5 says falls under several themes.
COMMENTS = {
    5: "期限より早く納品いただき、内容もとても丁寧でした。連絡も早く、安心してお任せできました。"
    "またお願いしたいです。",
    4: "丁寧に対応していただきました。修正にもすぐ応じてくださいました。",
    3: "内容は良かったのですが、連絡が遅いことがありました。",
    2: "納期に遅れました。連絡もなかなか返ってきませんでした。",
}


def contracts(ground: Ground, part: str) -> Iterator[str]:
    rates = as_json(pay.rates_of(settings.RULES))
    yield f"""
        insert into contracts_contract (id, status, title, content, deliverable, acceptance, place,
            inspection_days, revision_rounds, rights, rights_note, confidentiality,
            confidentiality_note, ai_use, ai_use_note, payer_kind, payee_kind, withholding_reason,
            rates, differences, amount, paid_total, offered_at, end_reason, client_id, job_id,
            proposal_id, thread_id, worker_id, waiting_since, due_at, next_at)
        overriding system value
        select contract_id, 'offered', '宿の紹介文 ' || n, '地域の人に話を聞いて記事にします。',
               '本文の原稿', '話した人が同意すること', '在宅', 14, 2, 'transfer', '', 'work', '',
               'ask', '', 'individual', 'individual', '', {rates}, '[]', amount, 0, offered_at, '',
               client_id, job_id, proposal_id, thread_id, worker_id, offered_at,
               {days_after("offered_at", 7)}, case when fate = 'offered' then clock.next_at end
          from deal left join clock on kind = 'offered' and fate = 'offered'
                                   and day = {day_of("offered_at")}
         where {part}"""
    yield f"""
        update contracts_contract made set status = fate, ended_at = deal.ended_at, {STILL}
          from deal where deal.contract_id = made.id and {part}
                      and fate in ('declined', 'lapsed')"""
    yield f"""
        update contracts_contract made
           set status = 'agreed', agreed_at = deal.agreed_at, order_at = deal.order_at,
               waiting_since = deal.agreed_at, due_at = {days_after("deal.agreed_at", 7)},
               next_at = clock.next_at
          from deal left join clock on kind = 'agreed' and fate = 'agreed'
                                   and day = {day_of("agreed_at")}
         where deal.contract_id = made.id and {part} and deal.agreed_at is not null"""
    yield f"""
        update contracts_contract made set status = 'expired', ended_at = deal.ended_at, {STILL}
          from deal where deal.contract_id = made.id and {part} and fate = 'expired'"""
    yield f"""
        update contracts_contract made set status = 'active', {STILL}
          from deal where deal.contract_id = made.id and {part} and {BEGUN}"""


def pieces(ground: Ground, part: str) -> Iterator[str]:
    yield f"""
        insert into contracts_milestone (id, position, title, amount, due_on, status, rounds_used,
            is_deemed, contract_id)
        overriding system value
        select milestone_id, position, '第' || position || '回', amount, due_on, 'unfunded', 0,
               false, contract_id from piece where {part}"""
    yield f"""
        update contracts_milestone made
           set status = 'funded', funded_at = piece.funded_at, escrow_amount = piece.amount,
               withheld = 0, waiting_since = piece.funded_at,
               due_at = (made.due_on + 1)::timestamp at time zone 'Asia/Tokyo',
               next_at = clock.next_at
          from piece left join clock on kind = 'funded' and day = due_on and fate = 'funded'
         where piece.milestone_id = made.id and {part} and fate in {FUNDED}"""
    yield from _handed_over(ground, part, 1, "delivered_at", "true")
    yield f"""
        insert into contracts_revision (delivery_id, reason, due_on, at)
        select delivery.id, '見出しを短くしてください。', {day_of("delivered_at")} + 7,
               delivered_at + interval '10 minutes'
          from piece join contracts_delivery delivery using (milestone_id)
         where {part} and is_revised and fate = 'accepted'"""
    yield f"""
        update contracts_milestone made
           set status = 'revising', rounds_used = 1,
               waiting_since = piece.delivered_at + interval '10 minutes',
               due_at = {days_after("piece.delivered_at", 7)}
          from piece where piece.milestone_id = made.id and {part}
                       and is_revised and fate = 'accepted'"""
    yield from _handed_over(
        ground, part, 2, "delivered_at + interval '40 minutes'", "is_revised and fate = 'accepted'"
    )
    yield f"""
        update contracts_milestone made
           set status = 'accepted', is_deemed = piece.is_deemed, fee = piece.fee,
               fee_tax = piece.fee_tax, ended_at = piece.ended_at, {STILL}
          from piece where piece.milestone_id = made.id and {part} and fate = 'accepted'"""
    yield f"""
        update contracts_milestone made
           set status = 'refunded', ended_at = piece.ended_at, fault = 'worker', {STILL}
          from piece where piece.milestone_id = made.id and {part} and fate = 'refunded'"""
    yield f"""
        update contracts_milestone made
           set status = 'cancelled', ended_at = piece.ended_at,
               fault = case when fate = 'followed' then '' else 'client' end
          from piece where piece.milestone_id = made.id and {part}
                       and fate in ('expired', 'followed', 'unfunded')"""


def _handed_over(ground: Ground, part: str, number: int, at: str, which: str) -> Iterator[str]:
    wanted = f"{part} and fate in ('accepted', 'delivered') and {which}"
    yield f"""
        insert into contracts_delivery (milestone_id, number, body, at)
        select milestone_id, {number}, '納品します。ご確認をお願いします。', {at}
          from piece where {wanted}"""
    late = "(made.due_on + 1)::timestamp at time zone 'Asia/Tokyo'"
    then = at.replace("delivered_at", "piece.delivered_at")
    yield f"""
        update contracts_milestone made
           set status = 'delivered', delivered_at = {then},
               late_at = case when {late} <= piece.delivered_at then {late} end,
               waiting_since = {then},
               due_at = {days_after(then, 14)},
               next_at = clock.next_at
          from piece left join clock on kind = 'delivered' and fate = 'delivered'
                                    and day = {day_of("piece.delivered_at")}
         where piece.milestone_id = made.id and {wanted}"""


def ends(ground: Ground, part: str) -> Iterator[str]:
    """A contract whose reviews may still come waits for them (CL17)."""
    closes = days_after("deal.ended_at", 14)
    waits = f"{closes} > {ground.now} and not coalesce(heard.is_closed, false)"
    yield f"""
        update contracts_contract made
           set status = ending, ended_at = deal.ended_at, fault = deal.fault,
               paid_total = deal.paid, reviews_close_at = {closes},
               waiting_since = case when {waits} then deal.ended_at end,
               due_at = case when {waits} then {closes} end,
               next_at = case when {waits} then clock.next_at end
          from (select *, case fate when 'completed' then 'completed' else 'ended' end as ending
                  from deal where {part}
                   and fate in ('completed', 'worker_fault', 'client_fault')) deal
          left join (select n, bool_or(is_closed) as is_closed from said where {part}
                      group by n) heard using (n)
          left join clock on kind = ending and day = {day_of("ended_at")}
         where deal.contract_id = made.id"""


def reviews(ground: Ground, part: str) -> Iterator[str]:
    words = " ".join(f"when {score} then '{text}'" for score, text in COMMENTS.items())
    near = "greatest(1, least(5, overall - (mod(n, 7) = 0)::int))"
    yield f"""
        insert into reviews_review (contract_id, author_id, subject_id, side, skill, quality,
            schedule, communication, partnership, overall, comment, private_note, written_at)
        select contract_id, author_id, subject_id, side, overall, overall, {near}, {near}, overall,
               overall, n || '号の記事のことです。' || case overall {words} end, '', written_at
          from said where {part}"""
    heard = " ".join(
        f"when {score} then '{{{','.join(tones(text))}}}'" for score, text in COMMENTS.items()
    )
    yield f"""
        insert into reviews_spoken (review_id, lexicon, themes)
        select made.id, '{LEXICON}', (case said.overall {heard} end)::varchar[]
          from reviews_review made join said on said.contract_id = made.contract_id
                                            and said.side = made.side
         where {part}"""
    yield f"""
        update reviews_review made set published_at = said.published_at
          from said where said.contract_id = made.contract_id and said.side = made.side
                      and {part} and said.published_at is not null"""
