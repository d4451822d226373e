"""Posts, applications and conversations of some posts, from their beginning to where they stand."""

import json
from collections.abc import Iterator

from enishi.messaging.searching import looked_in

from .ground import Ground, day_of

ASKS = "原稿の進み具合を教えていただけますか。"
ANSWERS = "お世話になっております。予定どおり進んでいます。"
STILL = "waiting_since = null, due_at = null, next_at = null"


def threads(ground: Ground, part: str) -> Iterator[str]:
    """With who talks there, what was said, and who waited for whom how long (ME3)."""
    rests = "('completed', 'worker_fault', 'client_fault', 'expired', 'declined', 'lapsed')"
    yield f"""
        insert into messaging_thread (id, created_at, last_message_at, rests_since)
        overriding system value
        select thread_id, asked_at - interval '1 day', coalesce(answered_at, asked_at),
               case when fate in {rests} then ended_at end from deal where {part}
         union all
        select thread_id, sent_at, null, case when fate <> 'sent' then answered_at end
          from other where {part}"""
    yield f"""
        insert into messaging_message (id, thread_id, author_id, body, looked_in, at)
        overriding system value
        select message_id, thread_id, client_id, '{ASKS}', '{looked_in(ASKS, [])}', asked_at
          from deal where {part}
         union all
        select message_id + 1, thread_id, worker_id, '{ANSWERS}', '{looked_in(ANSWERS, [])}',
               answered_at from deal where {part} and answered_at is not null"""
    yield f"""
        insert into messaging_threadmember (thread_id, account_id, last_message_id, unread,
            read_up_to, read_at)
        select thread_id, person, last_id, 0, last_id, asked_at
          from (select *, message_id + (answered_at is not null)::int as last_id
                  from deal where {part}) told
         cross join lateral (values (client_id), (worker_id)) side (person)
         union all
        select thread_id, person, null, 0, 0, null
          from other cross join lateral (values (client_id), (worker_id)) side (person)
         where {part}"""
    later = f"""answered_at + case when {ground.chance("n", 34)} < 0.8
                    then {ground.chance("n", 35)} * interval '20 hours'
                    else interval '30 hours' + {ground.chance("n", 35)} * interval '40 hours' end"""
    yield f"""
        insert into messaging_wait (thread_id, message_id, asker_id, answerer_id, opened_at,
            closed_at, closed_by)
        select thread_id, message_id, client_id, worker_id, asked_at,
               least(answered_at, over), case when answered_at <= coalesce(over, answered_at)
                                              then 'message'
                                              when over is not null then 'over' else '' end
          from (select *, case when fate in {rests} then ended_at end as over from deal) told
         where {part}
         union all
        select thread_id, message_id + 1, worker_id, client_id, answered_at,
               case when acted <= {ground.now} and acted <= coalesce(over, acted) then acted
                    when over is not null then over end,
               case when acted <= {ground.now} and acted <= coalesce(over, acted) then 'verb'
                    when over is not null then 'over' else '' end
          from (select *, {later} as acted, case when fate in {rests} then ended_at end as over
                  from deal) told
         where {part} and answered_at < coalesce(over, 'infinity')"""


def posts(ground: Ground, part: str) -> Iterator[str]:
    apply_by = f"case when is_open then {day_of(ground.now)} + 1 + mod(j, 13)::int"
    apply_by += f" else {day_of('hired_at')} - 1 end"
    yield f"""
        insert into jobs_job (id, status, title, subcategory, category, description, deliverables,
            acceptance, pricing, budget_min, budget_max, unit, milestones, expected_hours,
            headcount, apply_by, delivery_on, questions, skills, place, address, rights,
            rights_note, confidentiality, confidentiality_note, ai_use, ai_use_note, audience,
            continuing, revision_rounds, applicants, created_at, client_id)
        overriding system value
        select job_id, 'draft', '宿の紹介文 ' || j, subcategory, category,
               '第' || j || '号。地域の人に話を聞いて記事にします。', '本文の原稿',
               '話した人が同意すること', 'fixed', price, price, '', '[]',
               round((price / (900 + 1400 * {ground.chance("j", 60)}))::numeric, 2) + 1, 3,
               {apply_by}, {apply_by} + 30, '{{}}', '{{}}', '在宅', '', 'transfer', '', 'work', '',
               'ask', '', 'everyone', false, 2,
               (select count(*) from deal where deal.j = post.j)
                   + (select count(*) from other where other.j = post.j),
               hired_at - interval '9 days', client_id
          from post where {part}"""
    yield f"""
        update jobs_job
           set status = 'open', opened_at = created_at + interval '1 hour',
               waiting_since = created_at + interval '1 hour',
               due_at = (apply_by + 1)::timestamp at time zone 'Asia/Tokyo',
               next_at = case when is_open
                              then (apply_by + 1)::timestamp at time zone 'Asia/Tokyo' end
          from post where post.job_id = jobs_job.id and {part}"""
    yield f"""
        update jobs_job set status = 'closed', {STILL},
               closed_at = (apply_by + 1)::timestamp at time zone 'Asia/Tokyo'
          from post where post.job_id = jobs_job.id and {part} and not is_open"""


def proposals(ground: Ground, part: str) -> Iterator[str]:
    columns = "(id, status, amount, delivery_on, message, answers, questions_back, sent_at,"
    columns += """ client_note, decline_reason, decline_message, client_id, job_id, thread_id,
            worker_id, waiting_since, due_at, next_at)"""
    yield f"""
        insert into proposals_proposal {columns} overriding system value
        select proposal_id, 'sent', deal.price, {day_of("offered_at")} + 20, '書きます。',
               '[]'::jsonb, '',
               offered_at - interval '1 day', '', '', '', client_id, job_id, thread_id, worker_id,
               offered_at - interval '1 day', offered_at + interval '7 days', null
          from deal where {part}
         union all
        select proposal_id, 'sent', other.price, {day_of("sent_at")} + 20, '書けます。',
               '[]'::jsonb, '',
               sent_at, '', '', '', other.client_id, other.job_id, thread_id, other.worker_id,
               sent_at, coalesce(clock.due_at, sent_at + interval '7 days'), clock.next_at
          from other join jobs_job job on job.id = other.job_id
          left join clock on kind = 'sent' and day = job.apply_by and fate = 'sent'
         where {part}"""
    yield f"""
        update proposals_proposal sent set status = 'offered', {STILL}
          from deal where deal.proposal_id = sent.id and {part}"""
    yield f"""
        update proposals_proposal sent set status = 'hired', ended_at = agreed_at
          from deal where deal.proposal_id = sent.id and {part} and agreed_at is not null"""
    yield f"""
        update proposals_proposal sent
           set status = 'shortlisted', waiting_since = deal.ended_at,
               due_at = deal.ended_at + interval '7 days'
          from deal where deal.proposal_id = sent.id and {part}
                      and fate in ('declined', 'lapsed')"""
    yield f"""
        update proposals_proposal sent
           set status = case when is_no then 'declined' else 'lapsed' end, {STILL},
               decline_reason = case when is_no then 'other' else '' end, ended_at = over
          from (select proposal_id, fate = 'declined' as is_no, answered_at as over
                  from other where {part} and fate <> 'sent'
                 union all
                select proposal_id, true, ended_at + interval '1 day'
                  from deal where {part} and fate in ('declined', 'lapsed')) gone
         where gone.proposal_id = sent.id"""


def as_json(value: object) -> str:
    """A value as SQL text of JSON."""
    return "'" + json.dumps(value, ensure_ascii=False).replace("'", "''") + "'"
