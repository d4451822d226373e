"""A conversation ready to be drawn, on its own page or inside the page of a deal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.jobs.catalogue.templates import templates
from enishi.messaging import queries, replies
from enishi.messaging.queries import Said, Talk
from enishi.messaging.replies import Replies
from enishi.organisations import queries as organisations
from enishi.profiles.queries import faces
from enishi.web.files.showing import Known, known
from enishi.web.jinja import language
from enishi.web.paging import keyset, whole

from . import about
from .finding import names


@dataclass(frozen=True, slots=True)
class Row:
    """One message as the thread component draws it."""

    id: int
    mine: bool
    author_name: str
    author_id: int
    body: str
    at: datetime
    org: bool = False
    files: list[dict[str, Any]] = field(default_factory=list)
    read_at: datetime | None = None
    system: bool = False
    by_colleague: bool = False  # of the reader's organisation, where several people write (PE3)
    needs_no_reply: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything `messages/_thread.html` needs; it sees nothing else of the page."""

    thread_id: int
    here: str  # the page it stands on, fetched again on news
    others: str
    rows: list[Row]
    now: datetime
    csrf: str
    entries_url: str
    readings_url: str
    search_url: str
    earlier_url: str
    later_url: str
    newest_url: str
    newest_id: int
    unread: int
    may_write: bool
    templates: list[dict[str, str]]
    about: about.About | None
    rests: bool
    asked_at: datetime | None
    in_time_until: datetime | None  # an answer before counts as one within 24 hours (ME3)
    no_reply_url: str
    other_id: int  # 0: nobody else is here
    theirs: Replies  # how the other side answers
    answering: str  # who answers for an organisation whose owner is away, "" for everyone else
    value: str = ""
    needs_no_reply: bool = False
    error: str = ""


def thread_context(
    thread_id: int,
    request: HttpRequest,
    *,
    value: str = "",
    needs_no_reply: bool = False,
    error: str = "",
    here: str = "",
) -> Panel:
    """A page of a thread for the reader of this request; DoesNotExist for a stranger.

    `value` and `error` bring back what was typed when it could not be sent.
    """
    around = whole(request.GET.get("around", ""))
    talk = queries.messages(thread_id, request.user, keyset(request), around=around)
    newest = talk.messages[-1].id if talk.messages else 0
    found = about.about([thread_id]).get(thread_id)
    here = here or request.path
    back = urlencode({"next": here})
    hours = timedelta(hours=settings.RULES.reply_hours)
    return Panel(
        thread_id=thread_id,
        here=here,
        others=names(talk.others),
        rows=_rows(talk, request),
        now=request.now,
        csrf=csrf_input(request),
        entries_url=f"{reverse('thread_entries', args=[thread_id])}?{back}",
        readings_url=reverse("thread_readings", args=[thread_id]),
        search_url=reverse("thread_search", args=[thread_id]),
        earlier_url=f"{here}?before={talk.earlier}#talk" if talk.earlier else "",
        later_url="" if talk.is_newest else f"{here}?around={newest}#message-{newest}",
        newest_url="" if talk.is_newest else f"{here}#latest",
        newest_id=newest,
        unread=talk.unread,
        may_write=found is None or found.may_write,
        templates=_letters(found, request),
        about=found,
        rests=talk.rests,
        asked_at=talk.asked_at,
        in_time_until=talk.asked_at + hours if talk.asked_at else None,
        no_reply_url=f"{reverse('thread_no_reply', args=[thread_id])}?{back}",
        other_id=_other(talk),
        theirs=_theirs(talk, request),
        answering=_answering(talk, request),
        value=value,
        needs_no_reply=needs_no_reply,
        error=error,
    )


def _theirs(talk: Talk, request: HttpRequest) -> Replies:
    other = _other(talk)
    return replies.replies([other], at=request.now).get(other, replies.NONE)


def _answering(talk: Talk, request: HttpRequest) -> str:
    person = organisations.answering(_other(talk), at=request.now)
    return person.name if person else ""


def _other(talk: Talk) -> int:
    return talk.others[0].id if talk.others else 0


def _rows(talk: Talk, request: HttpRequest) -> list[Row]:
    beside = known({file.id: file.name for said in talk.messages for file in said.files})
    kinds = faces({said.author.id for said in talk.messages if said.author})
    mine = [said.id for said in talk.messages if said.author and said.author.id == request.user.pk]
    read = max((said_id for said_id in mine if said_id <= talk.seen_id), default=0)
    return [
        _row(
            said,
            talk.thread_id,
            beside,
            mine=said.id in mine,
            is_team=request.user.member is not None,
            org=bool(said.author) and kinds[said.author.id].kind == "org",
            read_at=talk.seen_at if said.id == read else None,
        )
        for said in talk.messages
    ]


def _row(
    said: Said,
    thread_id: int,
    beside: Mapping[UUID, Known],
    *,
    mine: bool,
    is_team: bool,
    org: bool,
    read_at: datetime | None,
) -> Row:
    if said.author is None:  # a line of the system is kept as its English id
        return Row(said.id, False, "", 0, _(said.body), said.at, system=True)
    files = [
        {
            "href": reverse("thread_file", args=[thread_id, one.id]),
            "name": one.name,
            "size": one.size,
            "known": beside[one.id],
        }
        for one in said.files
    ]
    author = said.author
    return Row(
        said.id,
        mine,
        _written_by(said.member, author.name, mine=mine),
        author.id,
        said.body,
        said.at,
        org,
        files,
        read_at,
        by_colleague=mine and (is_team or bool(said.member)),
        needs_no_reply=said.needs_no_reply,
    )


def _written_by(member: str, author: str, *, mine: bool) -> str:
    """A person, or a member with the organisation; among themselves the member alone."""
    if not member or mine:
        return member or author
    return _("%(member)s of %(organisation)s") % {"member": member, "organisation": author}


def _letters(found: about.About | None, request: HttpRequest) -> list[dict[str, str]]:
    if found is None:
        return []
    stage, facts = about.stage_and_facts(found)
    side = found.side_of(request.user)
    letters = templates(stage, language(), sender=side)
    return [{"title": one.name, "text": one.filled(**facts)} for one in letters]
