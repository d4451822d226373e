"""The rows of each page by plain SQL, and where in its HTML they stand."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from enishi.contracts import pay
from enishi.kit.rules import Rules

RULES = Rules()
Rows = dict[str, Any]

READER = """
    select account.id, account.name, account.password, session.session_data,
           (select coalesce(sum(unread), 0) from messaging_threadmember
             where account_id = account.id and unread > 0) as messages,
           (select count(*) from notifications_notice
             where account_id = account.id and read_at is null) as notices
      from usersessions_usersession known
      join django_session session using (session_key)
      join accounts_account account on account.id = known.user_id
     where known.session_key = %s and session.expire_date > now() and account.is_active
"""
TRUST = """
    left join profiles_clientprofile profile on profile.account_id = client.id,
    lateral (select count(*) as ratings, sum(overall) as stars from reviews_review
              where subject_id = client.id and side = 'client' and published_at is not null) rated,
    lateral (select count(*) as applicants_answered from proposals_proposal
              where client_id = client.id and status in ('offered', 'hired', 'declined')
                and sent_at > now() - interval '365 days') answered
"""
LIST = f"""
    select job.id, job.title, left(job.description, 180) as brief, job.budget_max,
           job.expected_hours, job.applicants, job.due_at, job.opened_at, client.id as client_id,
           client.name as client_name, profile.kind, rated.*, answered.*
      from (select * from jobs_job where status = 'open' order by opened_at desc, id desc limit 21)
           job
      join accounts_account client on client.id = job.client_id and client.is_active {TRUST}
     order by job.opened_at desc, job.id desc
"""
COUNT = "select count(*) from (select from jobs_job where status = 'open' limit 1001) counted"
JOB = f"""
    select job.*, client.name as client_name, client.joined_at, profile.recruiter_name,
           profile.prefecture, profile.city, profile.address as street, rated.*, answered.*,
           (select count(*) from contracts_contract
             where client_id = client.id and status = 'completed') as finished
      from jobs_job job join accounts_account client on client.id = job.client_id {TRUST}
     where job.id = %s and job.opened_at is not null
"""
MINE = "select * from proposals_proposal where job_id = %s and worker_id = %s"
QUESTIONS = "select * from jobs_question where job_id = %s order by id"
INBOX = """
    select member.thread_id, member.unread, other.id as other_id, other.name as other_name,
           last.author_id, left(last.body, 140) as said, last.at, job.title, applied.status
      from messaging_threadmember member
      join messaging_message last on last.id = member.last_message_id
      join messaging_threadmember with_them
           on with_them.thread_id = member.thread_id and with_them.account_id <> member.account_id
      join accounts_account other on other.id = with_them.account_id
      join proposals_proposal applied on applied.thread_id = member.thread_id
      join jobs_job job on job.id = applied.job_id
     where member.account_id = %s and member.last_message_id is not null
     order by member.last_message_id desc limit 21
"""
DEAL = f"""
    select contract.*, client.name as client_name, worker.name as worker_name, client.joined_at,
           profile.kind, rated.*, answered.*,
           (select count(*) from contracts_contract done
             where done.client_id = client.id and status = 'completed') as finished
      from contracts_contract contract
      join accounts_account worker on worker.id = contract.worker_id
      join accounts_account client on client.id = contract.client_id {TRUST}
     where contract.id = %s and %s in (contract.client_id, contract.worker_id)
"""
PARTS = """
    select part.*, handed.number, handed.body, handed.at as handed_at
      from contracts_milestone part
      left join contracts_delivery handed on handed.milestone_id = part.id
     where part.contract_id = %s order by part.position
"""
EVENTS = """
    select * from events_event where subject_kind = 'contract' and subject_id = %s order by id desc
"""
PAPERS = "select * from documents_document where subject_kind = 'contract' and subject_id = %s"
SAID = """
    select said.*, author.name from messaging_message said
      left join accounts_account author on author.id = said.author_id
     where thread_id = %s order by said.id desc limit 21
"""
MEMBERS = "select * from messaging_threadmember where thread_id = %s"


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` reads; `places` are the pieces of HTML, as Jinja2, that say something of the rows."""

    rows: Callable[[Any, Any, str], Rows]
    places: Callable[[Rows], Iterable[str]]


def reader(cursor: Any, session_key: str) -> Any:
    return cursor.execute(READER, [session_key]).fetchone()


def _list(cursor: Any, me: Any, _: str) -> Rows:
    jobs = cursor.execute(LIST).fetchall()
    return {"me": me, "jobs": jobs, "count": cursor.execute(COUNT).fetchone()[0]}


def _job(cursor: Any, me: Any, number: str) -> Rows:
    return {
        "me": me,
        "job": cursor.execute(JOB, [int(number)]).fetchone(),
        "questions": cursor.execute(QUESTIONS, [int(number)]).fetchall(),
        "mine": cursor.execute(MINE, [int(number), me.id]).fetchone(),
    }


def _inbox(cursor: Any, me: Any, _: str) -> Rows:
    return {"me": me, "lines": cursor.execute(INBOX, [me.id]).fetchall()}


def _deal(cursor: Any, me: Any, number: str) -> Rows:
    deal = cursor.execute(DEAL, [int(number), me.id]).fetchone()
    parts = cursor.execute(PARTS, [deal.id]).fetchall()
    before, pays = 0, []
    for part in parts:
        pays.append(pay.pay(part.amount, paid_before=before, withheld=False, rules=RULES))
        before += part.amount
    return {
        "me": me,
        "deal": deal,
        "parts": list(zip(parts, pays, strict=True)),
        "events": cursor.execute(EVENTS, [number]).fetchall(),
        "papers": cursor.execute(PAPERS, [number]).fetchall(),
        "said": cursor.execute(SAID, [deal.thread_id]).fetchall(),
        "members": cursor.execute(MEMBERS, [deal.thread_id]).fetchall(),
    }


ME = ('<meta name="enishi-account" content="{{ me.id }}">', "{{ me.name }}")


def _each(name: str, rows: Rows, *pieces: str) -> Iterable[str]:
    for number in range(len(rows[name])):
        for piece in pieces:
            yield piece.replace("$", f"{name}[{number}]")


def _list_places(rows: Rows) -> Iterable[str]:
    last = "jobs[19]"
    yield from ME
    yield f"after={{{{ {last}.opened_at|mark }}}}-{{{{ {last}.id }}}}"
    yield from _each(
        "jobs",
        rows,
        'href="/jobs/{{ $.id }}/"',
        "{{ $.title }}",
        "{{ $.brief }}",
        'avatar--{{ $.client_id|hue }} avatar--s" aria-hidden="true">{{ $.client_name|first }}'
        "</span><b>{{ $.client_name }}</b>",
        '<b class="yen">{{ $.budget_max|yen }}</b>',
        '<b class="yph__value">{{ $|hourly|yen }}</b>',
        'datetime="{{ $.due_at|iso }}"',
        "{{ $.due_at|due }}",
        '応募 <span class="nb">{{ $.applicants }}人</span>',
    )


def _job_places(rows: Rows) -> Iterable[str]:
    return (
        *ME,
        *("/jobs/{{ job.id }}/", "ask-{{ job.id }}", "relay-{{ job.id }}", "{{ job.title }}"),
        *("{{ job.description }}", "第{{ job.id }}稿", "{{ job.budget_max|yen }}"),
        '<b class="yph__value">{{ job|hourly|yen }}</b>',
        *('datetime="{{ job.due_at|iso }}"', "{{ job.due_at|due }}", "{{ job.delivery_on|ymd }}"),
        '応募 <span class="nb">{{ job.applicants }}人</span>',
        '<a href="/people/{{ job.client_id }}/">',
        'avatar--{{ job.client_id|hue }} avatar--l" aria-hidden="true">{{ job.client_name|first }}',
        *("{{ job.client_name }}", "{{ job.joined_at|ymd }}", "{{ job.recruiter_name }}"),
        *("{{ job.street }}", "{{ job.city }}"),
        *("/proposals/{{ mine.id }}/", "{{ mine.sent_at|md }}</span> {{ mine.sent_at|hm }}"),
    )


def _inbox_places(rows: Rows) -> Iterable[str]:
    yield from ME
    yield "before={{ lines[19].thread_id * 5 }}"
    yield from _each(
        "lines",
        rows,
        "/messages/{{ $.thread_id }}/#latest",
        'avatar--{{ $.other_id|hue }}" aria-hidden="true">{{ $.other_name|first }}</span>\n'
        '    <span class="inbox__who">{{ $.other_name }}',
        'datetime="{{ $.at|iso }}">{{ $.at|md }}',
        "{{ $.title }}",
        "{{ $.said }}",
    )


def _deal_places(rows: Rows) -> Iterable[str]:
    yield from ME
    yield from (
        *("{{ deal.title }}", "{{ deal.client_name }}", "{{ deal.amount|yen }}"),
        *("/contracts/{{ deal.id }}/", "contracts%2F{{ deal.id }}%2F"),
        *("/messages/{{ deal.thread_id }}/", "thread-{{ deal.thread_id }}"),
        *("{{ deal.content }}", "{{ deal.deliverable }}", "{{ deal.acceptance }}"),
        (
            'avatar--{{ deal.client_id|hue }} avatar--l" aria-hidden="true">'
            "{{ deal.client_name|first }}"
        ),
        *('<a href="/people/{{ deal.client_id }}/">', "{{ deal.joined_at|ymd }}"),
        'avatar--{{ deal.client_id|hue }}" aria-hidden="true">{{ deal.client_name|first }}',
        'avatar--{{ me.id|hue }}" aria-hidden="true">{{ me.name|first }}',
    )
    yield from _each(
        "parts",
        rows,
        *("milestone-{{ $[0].id }}", "{{ $[0].title }}", "{{ $[0].body }}"),
        '<span class="yen">{{ $[1].amount|grouped }}<small>',
        '<span class="yen">{{ $[1].net|grouped }}<small>',
        *("{{ $[1].amount|yen }}", "{{ $[1].net|yen }}", "{{ $[1].tax|yen }}"),
        *("<td>−{{ $[1].fee|yen }}", "<td>−{{ $[1].fee_tax|yen }}"),
        *("{{ $[0].due_on|md }}", "{{ $[0].handed_at|md_hm }}"),
        *("{{ $[0].due_at|iso }}", "{{ $[0].due_at|due }}", "{{ $[0].due_at|due_md }}"),
    )
    yield from _each(
        "events", rows, 'datetime="{{ $.at|iso }}">{{ $.at|md_hm }}', "{{ $.facts.paper }}"
    )
    yield from _each(
        "papers",
        rows,
        *("/documents/{{ $.id }}/", "{{ $.number }}", "{{ $.sha256[:4] }}…{{ $.sha256[-4:] }}"),
    )
    yield from _each(
        "said",
        rows,
        *("message-{{ $.id }}", "{{ $.body }}", 'datetime="{{ $.at|iso }}">{{ $.at|hm }}'),
    )


PAGES = {
    "list": Page(_list, _list_places),
    "job": Page(_job, _job_places),
    "inbox": Page(_inbox, _inbox_places),
    "deal": Page(_deal, _deal_places),
}
