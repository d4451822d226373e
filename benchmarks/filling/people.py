"""Who is there: workers with profiles and checks, clients, and the office that decided about them.

Four of five workers have what Regular asks for (RA2).
"""

from enishi.jobs.catalogue import read as catalogue

from .ground import BUSY, DAYS, Ground, day_of, days, days_after

OPERATOR = "operator@office.example"
READY = 0.8
INTRODUCTION = "地域の人に話を聞いて記事にします。"


def fill(ground: Ground) -> tuple[int, int]:
    """Everybody. Returns the ids below those of the workers and of the clients."""
    last = ground.last("accounts_account")
    ground.run(_accounts(ground, 0, last, "operator"))
    workers, clients = last + 1, last + 1 + ground.size.workers
    ground.run(_accounts(ground, ground.size.workers, workers, "worker"))
    ground.run(_accounts(ground, ground.size.clients, clients, "client"))
    ground.follow("accounts_account")
    for statement in _worker_sides(ground, workers):
        ground.run(statement)
    ground.run(_client_sides(ground, clients))
    for statement in _checks(ground, workers):
        ground.run(statement)
    return workers, clients


def _accounts(ground: Ground, count: int, below: int, kind: str) -> str:
    """Those who were never hired came last."""
    chance = ground.chance
    if kind == "operator":
        rows, address = "generate_series(1, 1) n", f"'{OPERATOR}'"
        grade, role, name = "operator", "client", "'事務局'"
    else:
        rows, address = f"generate_series(1, {count}) n", f"'{kind}' || n || '@people.example'"
        grade, role = "", kind
        name = f"'{'働き手' if kind == 'worker' else '依頼主'}' || lpad(n::text, 6, '0')"
    number = f"n + {below}"
    joined = f"{ground.now} - {days(f'{DAYS} + 30 + 300 * {chance(number, 1)}')}"
    last_seen = f"{day_of(ground.now)} - (45 * pow({chance(number, 2)}, 4))::int"
    return f"""
        insert into accounts_account (id, password, is_superuser, email, name, language, role,
            office_grade, is_active, joined_at, suspension_reason, session_epoch, signed_in_on)
        overriding system value
        select {below} + n, '!', false, {address}, {name}, 'ja', '{role}', '{grade}', true,
               {joined}, '', 0, {last_seen}
          from {rows}"""


def _worker_sides(ground: Ground, below: int) -> list[str]:
    chance, now = ground.chance, ground.now
    workers = f"generate_series(1, {ground.size.workers}) n"
    skills = ", ".join(f"'{skill.id}'" for skill in list(catalogue.skills())[:40])
    kinds = ", ".join(f"'{one.id}'" for one in catalogue.categories())
    many = len(list(catalogue.categories()))
    words = f"'第' || n || '号。' || repeat('{INTRODUCTION}', case when {chance('n', 5)} < {READY}"
    words += " then 19 else 6 end)"
    return [
        f"""
        insert into files_storedfile (id, owner_id, name, size, sha256, content_type, stored_as,
            is_reencoded, created_at)
        select md5('image' || n)::uuid, {below} + n, 'image.webp', 4000,
               encode(sha256(('image' || n)::bytea), 'hex'), 'image/webp',
               md5('image' || n) || '.webp', true, {now} - interval '300 days'
          from {workers} where {chance("n", 4)} < {READY + 0.1}""",
        f"""
        insert into profiles_workerprofile (account_id, image_id, introduction,
            introduction_length, skills, hours, weekly_hours, rate_guide, payee_kind, updated_at)
        select {below} + n, file.id, words, char_length(words),
               array[skill[1 + mod(n, 40)], skill[1 + mod(n * 7 + 3, 40)]]::varchar[],
               '', 20, '', 'individual', {now} - interval '200 days'
          from {workers}
         cross join (select array[{skills}] as skill) skills
         cross join lateral (select {words} as words) said
          left join files_storedfile file on file.id = md5('image' || n)::uuid""",
        f"""
        insert into profiles_piece (account_id, position, title, text, category, skills, link,
            updated_at)
        select {below} + n, 1, '宿の紹介文', '三人に話を聞いて書きました。',
               (array[{kinds}])[1 + mod(n, {many})], '{{}}', '', {now} - interval '200 days'
          from {workers} where {chance("n", 6)} < {BUSY}""",
        f"""
        insert into profiles_experience (account_id, started_on, place, role, text)
        select {below} + n, date '2018-04-01', '出版社', '編集者', ''
          from {workers} where {chance("n", 7)} < {READY + 0.1}""",
        f"""
        insert into accounts_leave (account_id, starts_on, ends_on, declared_at)
        select {below} + n, day, day + 5, {now} - interval '120 days'
          from {workers} cross join lateral (
               select {day_of(now)} - 80 + (60 * {chance("n", 8)})::int as day) chosen
         where {chance("n", 9)} < 0.02""",
    ]


def _client_sides(ground: Ground, below: int) -> str:
    return f"""
        insert into profiles_clientprofile (account_id, kind, about, payer_kind, recruiter_name,
            contact_person, prefecture, city, address, address_shown, updated_at)
        select {below} + n, 'sole_trader', '宿を営んでいます。', 'individual',
               '募集者' || lpad(n::text, 6, '0'), '', '13', '台東区', '浅草1-2-3', 'full',
               {ground.now} - interval '200 days'
          from generate_series(1, {ground.size.clients}) n"""


def _checks(ground: Ground, below: int) -> list[str]:
    """What was asked for is looked at the day after; what documents showed holds three years."""
    luck = ground.chance("n", 10)
    asked = f"{ground.now} - {days(f'{DAYS} + 20 - 100 * {luck}')}"
    until = days_after("decided.decided_at", 1095)
    return [
        f"""
        insert into verification_verification (account_id, kind, status, title, number, paper,
            sealed, digest, masked, asked_at, decision, ending, waiting_since, due_at)
        select {below} + n, kind, 'submitted', '',
               case when kind = 'confidentiality' then '2026-11-22' else '' end,
               case when kind = 'identity' then 'driving_licence' else '' end,
               case when kind = 'phone' then 'sealed' else '' end,
               case when kind = 'phone' then encode(sha256(('phone' || {below} + n)::bytea), 'hex')
                    else '' end,
               case when kind = 'phone' then '090-****-' || lpad(mod(n, 10000)::text, 4, '0')
                    else '' end,
               asked_at, '', '', asked_at, {days_after("asked_at", 7)}
          from generate_series(1, {ground.size.workers}) n
         cross join (values ('identity'), ('confidentiality'), ('phone')) kinds (kind)
         cross join lateral (select {asked} as asked_at) asked
         where {ground.chance("n", 11)} < {READY + 0.1}""",
        f"""
        update verification_verification
           set status = 'approved', decided_at = asked_at + interval '1 day',
               decided_by_id = {below}, waiting_since = null, due_at = null
         where status = 'submitted' and account_id > {below} and kind <> 'identity'""",
        f"""
        update verification_verification asked
           set status = 'approved', decided_at = decided.decided_at, decided_by_id = {below},
               waiting_since = decided.decided_at, due_at = {until},
               next_at = {until} - interval '30 days'
          from (select id, asked_at + interval '1 day' as decided_at
                  from verification_verification) decided
         where decided.id = asked.id and status = 'submitted' and account_id > {below}""",
    ]
