"""Rows by the hundred thousand, the same on every run: made by PostgreSQL, not row by row."""

from .market import superuser

CLIENTS = 500
WORKERS = 500
READER = 1001  # the account that reads every page: a worker

PEOPLE = """
    insert into accounts_account (id, password, is_superuser, email, name, language, role,
        office_grade, is_active, joined_at, suspension_reason, session_epoch)
    overriding system value
    select n, '!', false, 'p' || n || '@people.example',
           case when n <= %(clients)s then '依頼主' else '働き手' end || lpad(n::text, 5, '0'),
           'ja', case when n <= %(clients)s then 'client' else 'worker' end, '', true,
           timestamptz '2026-01-01 00:00+00' + n * interval '1 hour', '', 0
      from generate_series(1, %(clients)s + %(workers)s + 1) n
    on conflict do nothing
"""
PROFILES = """
    insert into profiles_clientprofile (account_id, kind, about, payer_kind, recruiter_name,
        contact_person, prefecture, city, address, address_shown, updated_at)
    select n, 'sole_trader', '', 'individual', '募集者' || lpad(n::text, 5, '0'), '', '13',
           '台東区', '浅草1-2-3 第' || n || '号', 'full', timestamptz '2026-01-01 00:00+00'
      from generate_series(1, %(clients)s) n
    on conflict do nothing
"""
# Open posts, the newest first by their number; prices and clients spread over all of them.
POSTS = """
    insert into jobs_job (waiting_since, due_at, next_at, status, title, subcategory, category,
        description, deliverables, acceptance, pricing, budget_min, budget_max, unit, milestones,
        expected_hours, headcount, apply_by, delivery_on, questions, skills, place, address, rights,
        rights_note, confidentiality, confidentiality_note, ai_use, ai_use_note, audience,
        continuing, revision_rounds, applicants, created_at, opened_at, client_id)
    select opened, due, due, 'open',
           '道の駅の記事 ' || lpad(n::text, 7, '0'), 'c01-s2', 'c01',
           '第' || lpad(n::text, 7, '0') || '号。' ||
           repeat('地域の人に話を聞いて記事にします。', 12),
           '3,000文字の原稿(第' || n || '稿)', '話した人が内容に同意すること', 'fixed',
           price, price, '', '[]', 20, 1,
           (opened + interval '14 days')::date, (opened + interval '44 days')::date,
           '{}', '{}', '在宅', '東京都台東区浅草1-2-3', 'transfer', '', 'work', '', 'ask', '',
           'everyone', false, 2, 11 + n %% 80, opened, opened, 1 + (n * 7919) %% %(clients)s
      from (select n, now() - n * interval '1 second' as opened,
                   date_trunc('day', now()) + interval '19 days 15 hours' as due,
                   20000 + 100 * ((n * 104729) %% 6000) as price
              from generate_series(%(first)s::bigint, %(last)s::bigint) n) rows
"""
# The reader applied to the first posts; each application has its conversation of five messages.
TALKS = """
    with threads as (
        insert into messaging_thread (id, created_at, last_message_at) overriding system value
        select n, now() - interval '9 days', now() - interval '8 days'
          from generate_series(1, %(talks)s::bigint) n),
    said as (
        insert into messaging_message (id, thread_id, author_id, body, at) overriding system value
        select (n - 1) * 5 + m, n, case when m %% 2 = 0 then %(reader)s else job.client_id end,
               '第' || lpad(n::text, 4, '0') || '便。' || repeat('ありがとうございます。', 9),
               now() - interval '8 days' + n * interval '1 minute'
          from generate_series(1, %(talks)s::bigint) n
          join jobs_job job on job.id = n, generate_series(1, 5) m),
    members as (
        insert into messaging_threadmember
               (thread_id, account_id, last_message_id, unread, read_up_to)
        select n, account_id, n * 5, 0, n * 5
          from generate_series(1, %(talks)s::bigint) n
          join jobs_job job on job.id = n,
               lateral (values (job.client_id), (%(reader)s)) member (account_id))
    insert into proposals_proposal (waiting_since, due_at, next_at, status, amount, delivery_on,
        message, answers, questions_back, sent_at, client_note, decline_reason, decline_message,
        client_id, job_id, thread_id, worker_id)
    select now(), now() + interval '20 days', now() + interval '20 days', 'sent', job.budget_max,
           job.delivery_on, '書きます。', '[]', '', now() - interval '9 days', '', '', '',
           job.client_id, n, n, %(reader)s
      from generate_series(1, %(talks)s::bigint) n join jobs_job job on job.id = n
"""
TABLES = (
    *("accounts_account", "jobs_job", "messaging_thread", "messaging_message"),
    *("proposals_proposal", "contracts_contract"),
)


def people() -> None:
    """Five hundred clients, as many workers, and the reader of every page."""
    with superuser() as connection:
        facts = {"clients": CLIENTS, "workers": WORKERS}
        connection.execute(PEOPLE, facts)
        connection.execute(PROFILES, facts)
        _follow(connection, "accounts_account")


def posts(wanted: int) -> None:
    """As many open posts as asked; those that stand are kept."""
    with superuser() as connection:
        (known,) = connection.execute("select count(*) from jobs_job").fetchone()
        if known > wanted:
            raise RuntimeError(f"{known} posts stand already: measure the shorter list first")
        if known < wanted:
            facts = {"first": known + 1, "last": wanted, "clients": CLIENTS}
            connection.execute(POSTS, facts)
            _settle(connection)


def talks(count: int = 40) -> None:
    """Conversations of the reader, each about an application."""
    with superuser() as connection:
        (known,) = connection.execute("select count(*) from messaging_thread").fetchone()
        if not known:
            connection.execute(TALKS, {"talks": count, "reader": READER})
            _follow(connection, "messaging_thread", "messaging_message")
            _settle(connection)


def _follow(connection, *tables: str) -> None:
    """Ids that were given by hand are known to the sequences."""
    for table in tables:
        connection.execute(
            f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))"
        )


def _settle(connection) -> None:
    """What autovacuum does in its own time: a list is read by index alone only after it."""
    for table in TABLES:
        connection.execute(f"vacuum (analyze) {table}")
