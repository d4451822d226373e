"""What is going to happen, in temporary tables: posts, deals with their turns, pieces, reviews.

Numbers grow with time. The newest twentieth is under way, nothing of it due; what came before has
run its course. Times of a deal are drawn so that no step lies before the one it follows, nor after
the end of the filling.
"""

from django.conf import settings

from enishi.jobs.catalogue import read as catalogue
from enishi.kit.rules import Rules

from .ground import BUSY, DAYS, HIRES, SKEW, Ground, days, days_after, end_of_day

OLD = 0.85  # the share of deals so old that even the slowest course is over
WAITING = 10  # applicants of each of the newest posts
UNDER_WAY = ((0.99, "offered"), (0.98, "agreed"), (0.97, "delivered"), (0.96, "funded"))
PRICE = "(100 * round(30 * exp(4.2 * {})))::bigint"  # 3,000 to 200,000 yen


def make(ground: Ground, *, workers: int, clients: int) -> None:
    """`workers`, `clients`: the ids below theirs."""
    for name in ("post", "dealt", "drawn", "deal", "other", "piece", "said"):
        ground.run(f"drop table if exists pg_temp.{name}")
    for statement in (
        _posts(ground, clients),
        "create index on post (j)",
        "analyze post",
        _deals(ground, workers),
        "create index on dealt (client_id, worker_id, agreed_at)",
        "analyze dealt",
        _orders(),
        "create index on drawn (j)",
        "analyze drawn",
        _others(ground, workers),
        "create index on other (j)",
        _pieces(ground, settings.RULES),
        "create index on piece (j)",
        _ends(),
        "create index on deal (j)",
        _said(ground),
        "create index on said (j)",
        *(f"analyze {name}" for name in ("deal", "other", "piece", "said")),
        "drop table dealt, drawn",
    ):
        ground.run(statement)


def _someone(ground: Ground, number: str, salt: int, many: int, *, share: float = 1.0) -> str:
    """A popular one more often: from 0 up to `many`, the first the most popular."""
    return f"floor({int(many * share)} * pow({ground.chance(number, salt)}, {SKEW}))::bigint"


def _spread(place: str, many: int) -> str:
    """Popularity has nothing to do with the order of ids."""
    step = next(prime for prime in (7919, 7907, 104729) if many % prime)
    return f"(1 + mod(({place}) * {step}, {many}))"


def _posts(ground: Ground, clients: int) -> str:
    many, base = ground.size.clients, ground.last("jobs_job")
    kinds = [one for one in catalogue.categories() if one.subcategories][:8]
    named = ", ".join(f"('{one.id}', '{one.subcategories[0].id}')" for one in kinds)
    span = f"{DAYS} * (1 - pow(j / {ground.size.posts}::float8, 0.7))"
    place = _spread(_someone(ground, "j", 20, many), many)
    return f"""
        create temp table post as
        select j, {base} + j as job_id, {clients} + {place} as client_id,
               kind.id as category, kind.sub as subcategory,
               {ground.now} - {days(span)} - interval '2 hours' as hired_at,
               {PRICE.format(ground.chance("j", 21))} as price,
               j > 0.99 * {ground.size.posts} as is_open
          from generate_series(1, {ground.size.posts}) j
          join (select *, row_number() over () - 1 as place from (values {named}) k (id, sub)) kind
            on kind.place = floor({len(kinds)} * pow({ground.chance("j", 22)}, 1.5))"""


def _worker(ground: Ground, workers: int, number: str, of: int, place: str) -> str:
    """One of a fourth (or sixteenth …) of the workers, so that no post has anybody twice."""
    many = ground.size.workers
    drawn = _someone(ground, number, 23, many // of, share=BUSY)
    chosen = _spread(f"{of} * {drawn} + mod({place}, {of})", many)
    return f"{workers} + {chosen}"


def _deals(ground: Ground, workers: int) -> str:
    size, chance = ground.size, ground.chance
    base = {name: ground.last(name) for name in ("proposals_proposal", "contracts_contract")}
    thread, message = ground.last("messaging_thread"), ground.last("messaging_message")
    under_way = " ".join(f"when part > {least} then '{fate}'" for least, fate in UNDER_WAY)
    live = ", ".join(f"'{fate}'" for _, fate in UNDER_WAY)
    reply = f"""case when {chance("n", 32)} < 0.84 then 0.02 + 0.7 * {chance("n", 33)}
                     when {chance("n", 32)} < 0.95 then 1.1 + 1.5 * {chance("n", 33)} end"""
    return f"""
        create temp table dealt as
        select drawn.*, case when fate not in ('offered', 'declined', 'lapsed')
                             then offered_at + {days(f"0.05 + 1.5 * {chance('n', 28)}")}
                        end as agreed_at,
               case when fate = 'client_fault' or fate not in ({live})
                     and {chance("n", 27)} < 0.12 then 2 else 1 end as pieces,
               offered_at - interval '1 hour' as asked_at,
               case when offered_at - interval '1 hour' + {days(reply)} <= {ground.now}
                    then offered_at - interval '1 hour' + {days(reply)} end as answered_at
          from (select n, post.j, post.job_id, post.client_id, post.price, part,
                       {_worker(ground, workers, "n", 4, "n + post.j")} as worker_id,
                       {base["contracts_contract"]} + n as contract_id,
                       {base["proposals_proposal"]} + n as proposal_id,
                       {thread} + n as thread_id, {message} + 2 * n - 1 as message_id,
                       hired_at + {days(f"0.08 * {chance('n', 26)}")} as offered_at,
                       case {under_way}
                            when {chance("n", 24)} < 0.015 then 'declined'
                            when {chance("n", 24)} < 0.03 then 'lapsed'
                            when {chance("n", 24)} < 0.04 then 'expired'
                            when {chance("n", 24)} < 0.07 then 'worker_fault'
                            when {chance("n", 24)} < 0.085 and part < {OLD} then 'client_fault'
                            else 'completed' end as fate
                  from (select n, n / {size.contracts}::float8 as part,
                               1 + (n - 1) / {HIRES} as j
                          from generate_series(1, {size.contracts}) n) numbered
                  join post using (j)) drawn"""


def _orders() -> str:
    """RA7, as `contracts.policy.order_of`: from the first deal of two people on, each order holds
    what they agree within so many days."""
    span = f"interval '{settings.RULES.order_days} days'"
    return f"""
        create temp table drawn as
        with recursive begun as (
            select client_id, worker_id, min(agreed_at) as order_at from dealt
             where agreed_at is not null group by client_id, worker_id
             union all
            select client_id, worker_id, (
                   select min(agreed_at) from dealt later
                    where (later.client_id, later.worker_id) = (begun.client_id, begun.worker_id)
                      and agreed_at > begun.order_at + {span})
              from begun where order_at is not null)
        select dealt.*, begun.order_at
          from dealt left join begun
            on (dealt.client_id, dealt.worker_id) = (begun.client_id, begun.worker_id)
           and agreed_at between begun.order_at and begun.order_at + {span}"""


def _others(ground: Ground, workers: int) -> str:
    """Who applied and was not hired: some were declined or never answered, and the newest posts
    have applicants who wait."""
    chance, base = ground.chance, ground.last("proposals_proposal") + ground.size.contracts
    thread = ground.last("messaging_thread") + ground.size.contracts
    person = _worker(ground, workers, "16 * j + k", 16, "k")
    return f"""
        create temp table other as
        select {base} + row_number() over numbered as proposal_id,
               {thread} + row_number() over numbered as thread_id, drawn.*
          from (select post.j, post.job_id, post.client_id, post.price,
                       {person} as worker_id,
                       case when is_open then 'sent' when k = 1 then 'declined' else 'lapsed'
                       end as fate,
                       hired_at - {days(f"0.5 + 5 * {chance('16 * j + k', 36)}")} as sent_at,
                       hired_at + interval '1 day' as answered_at
                  from post cross join generate_series(1, {WAITING}) k
                 where is_open or k = 1 and {chance("j", 37)} < 0.5
                    or k = 2 and {chance("j", 38)} < 0.2) drawn
         where not exists (select from drawn hired where hired.j = drawn.j
                              and hired.worker_id = drawn.worker_id)
        window numbered as (order by j, worker_id)"""


def _pieces(ground: Ground, rules: Rules) -> str:
    """The milestones that are ever funded, and those that never are; `fate` is how each ends."""
    whole, before = _tariff("(paid_before + amount)", rules), _tariff("paid_before", rules)
    fee = f"case when fate = 'accepted' then {whole} - {before} else 0 end"
    return f"""
        create temp table piece as
        select pieced.*, fee * {rules.consumption_tax} / 10000 as fee_tax
          from (select *, {fee} as fee from ({_turns(ground)}) turns) pieced"""


def _turns(ground: Ground) -> str:
    chance, base = ground.chance, ground.last("contracts_milestone")
    work = f"(1 + 7 * {chance('n', 41)}) / pieces"
    look = f"(0.05 + 3 * {chance('n', 42)}) / pieces"
    is_deemed = f"fate = 'completed' and pieces = 1 and part < {OLD} and {chance('n', 43)} < 0.1"
    late = f"case when {chance('n', 44)} < 0.07 then -1 else 2 end"
    return f"""
        with funded as (
            select *, agreed_at + {days(f"0.02 + 1.2 * {chance('n', 40)}")} as first_at
              from drawn where agreed_at is not null),
        timed as (
            select funded.*, position,
                   first_at + {days(f"(position - 1) * ({work} + {look} + 0.1)")} as funded_at
              from funded cross join generate_series(1, pieces) position),
        worked as (
            select timed.*, case when fate = 'delivered'
                                 then {ground.now} - {days(f"0.5 + 3 * {chance('n', 45)}")}
                                 else funded_at + {days(work)} end as delivered_at,
                   {is_deemed} as is_deemed from timed)
        select n, j, contract_id, client_id, worker_id, position, {base} + 2 * n - 2 + position
                   as milestone_id,
               case when fate in ('agreed', 'expired') then fate
                    when fate = 'worker_fault' and position = 1 then 'refunded'
                    when fate = 'worker_fault' then 'followed'
                    when fate = 'client_fault' and position = 2 then 'unfunded'
                    when fate in ('funded', 'delivered') then fate else 'accepted' end as fate,
               case position when 1 then price else {PRICE.format(chance("n", 46))} end as amount,
               funded_at, delivered_at, is_deemed,
               {chance("n", 47)} < 0.1 and fate = 'completed' and pieces = 1 as is_revised,
               case fate when 'funded' then (({ground.now}) at time zone 'Asia/Tokyo')::date + 3
                         + (7 * {chance("n", 48)})::int
                    else (delivered_at at time zone 'Asia/Tokyo')::date + {late} end as due_on,
               case when fate = 'agreed' or fate in ('funded', 'delivered') then null
                    when fate = 'expired' then {days_after("agreed_at", 7)}
                    when fate = 'worker_fault'
                    then first_at + {days(f"3 + 7 * {chance('n', 49)}")}
                    when fate = 'client_fault' and position = 2
                    then {days_after(f"delivered_at - {days(work)}", 7)}
                    when is_deemed then {days_after("delivered_at", 14)}
                    else delivered_at + {days(look)} end as ended_at,
               case position when 1 then 0 else price end as paid_before
          from worked
         union all
        select n, j, contract_id, client_id, worker_id, 1, {base} + 2 * n - 1, 'untouched', price,
               offered_at, offered_at, false, false,
               (offered_at at time zone 'Asia/Tokyo')::date + 20, null, 0
          from drawn where agreed_at is null"""


def _tariff(total: str, rules: Rules) -> str:
    """`contracts.pay.fee_up_to` of a contract without a past, as SQL."""
    parts, below = [], 0
    for width, rate in rules.fee_tiers:
        parts.append(f"least(greatest({total} - {below}, 0), {width}) * {rate}")
        below += width
    parts.append(f"greatest({total} - {below}, 0) * {rules.fee_above_tiers}")
    return f"(({' + '.join(parts)}) / 10000)"


def _ends() -> str:
    """Deals with what their pieces come to."""
    return f"""
        create temp table deal as
        select drawn.*, summed.amount, coalesce(summed.paid, 0) as paid,
               case when fate in ('completed', 'worker_fault', 'client_fault', 'expired')
                    then summed.ended_at
                    when fate = 'declined' then offered_at + interval '9 hours'
                    when fate = 'lapsed' then {days_after("offered_at", 7)} end as ended_at,
               case fate when 'worker_fault' then 'worker' when 'client_fault' then 'client'
                         else '' end as fault
          from drawn join (select n, sum(amount) as amount, max(ended_at) as ended_at,
                                  sum(amount) filter (where fate = 'accepted') as paid
                             from piece group by n) summed using (n)"""


def _said(ground: Ground) -> str:
    """Reviews: both sides after a whole contract, the side not at fault after one that ended
    early. They appear when all have spoken, or when the time is over (RE2)."""
    chance = ground.chance
    closes = end_of_day("(ended_at at time zone 'Asia/Tokyo')::date", 14)
    own = "case side when 'worker' then n else -n end"
    kind = chance("case side when 'worker' then worker_id else client_id end", 50)
    return f"""
        create temp table said as
        with rated as (
            select n, j, contract_id, side, fault, {closes} as closes_at,
                   case side when 'worker' then client_id else worker_id end as author_id,
                   case side when 'worker' then worker_id else client_id end as subject_id,
                   ended_at + {days(f"0.1 + 9 * {chance(own, 51)}")} as written_at,
                   {kind} as kind, {chance(own, 52)} as luck, {chance(own, 53)} as speaks
              from deal cross join (values ('worker'), ('client')) sides (side)
             where fate = 'completed' or fault <> '' and side = fault),
        written as (
            select *, case when kind < 0.55 then case when luck < 0.94 then 5 else 4 end
                           when kind < 0.87 then case when luck < 0.7 then 5
                                                      when luck < 0.95 then 4 else 3 end
                           else case when luck < 0.4 then 5 when luck < 0.7 then 4
                                     when luck < 0.9 then 3 else 2 end end as overall,
                   count(*) over (partition by n) as spoke,
                   max(written_at) over (partition by n) as last_at
              from rated where speaks < 0.8 and written_at <= {ground.now})
        select n, j, contract_id, side, author_id, subject_id, overall, written_at,
               case when fault <> '' or spoke = 2 then last_at
                    when closes_at <= {ground.now} then closes_at end as published_at,
               fault <> '' or spoke = 2 as is_closed
          from written"""
