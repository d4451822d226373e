"""Posts to read: the public list, a post's page, its files, a client's own posts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from enishi.jobs import commands, queries
from enishi.jobs.models import Job, JobFile
from enishi.profiles.queries import faces
from enishi.proposals import queries as proposals
from enishi.trust.kept import facts_of
from enishi.web.access import client_only, open_to_all
from enishi.web.files.sending import send
from enishi.web.trust import showing
from enishi.web.trust.cards import card_from

from . import history, listing, page, searching
from .forms import QuestionForm

MY_TABS = {"open": ("open", "paused"), "drafts": ("draft",), "closed": ("closed",)}


@open_to_all
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    search = searching.search(request.GET.urlencode())
    found = queries.found(search.wanted, at=request.now, after=request.GET.get("after", ""))
    count = queries.count(search.wanted, at=request.now)
    viewer = request.user if request.user.is_authenticated else None
    context = {
        "search": search,
        "entries": listing.entries(found.lines, at=request.now, viewer=viewer),
        "count": min(count, queries.COUNTED_MOST),
        "is_capped": count > queries.COUNTED_MOST,
        "next_url": listing.address(search.kept, after=found.after) if found.after else "",
        "first_url": listing.address(search.kept) if request.GET.get("after") else "",
    }
    return render(request, "jobs/jobs.html", context)


@open_to_all
@require_safe
def job(request: HttpRequest, job_id: int) -> HttpResponse:
    return job_page(request, job_id)


def job_page(request: HttpRequest, job_id: int, *, ask: QuestionForm | None = None) -> HttpResponse:
    """The page of a post; with `ask`, a question that came back is in its box again."""
    found = queries.seen_by(request.user, job_id)
    if found.opened_at is None:
        return redirect("job_preview", job_id)
    signed_in = request.user.is_authenticated
    address = _address(found, request) if signed_in else ""
    questions, waiting = page.asked(found, request)
    is_client = request.user.pk == found.client_id
    key = (found.client_id, "client")
    facts = facts_of([key], at=request.now)[key]
    mine = proposals.mine(job_id, request.user) if signed_in and not is_client else None
    context: dict[str, Any] = {
        "post": page.post(found, at=request.now, address=address),
        "job": found,
        "trust": card_from(faces([key[0]])[key[0]], facts, "job"),
        "answers": showing.answered(facts),
        "questions": questions,
        "waiting": waiting,
        "is_client": is_client,
        "mine": mine,
        "edits": history.edits(found) if is_client or mine else [],
        "applicants": proposals.waiting_by_job([job_id]).get(job_id) if is_client else None,
        "ask": ask or QuestionForm(),
    }
    status = 422 if ask is not None else 200
    return render(request, "jobs/job.html", context, status=status)


def _address(job: Job, request: HttpRequest) -> str:
    """Only the first look of a day is written down, so only that one needs the command."""
    if queries.was_shown_address(job, request.user, at=request.now):
        return job.address
    return commands.show_address(job.pk, by=request.user, at=request.now)


@open_to_all
@require_safe
def file(request: HttpRequest, job_id: int, file_id: UUID) -> HttpResponse:
    """An attachment, for whoever may read the post."""
    readable = Job.objects.seen_by(request.user).filter(pk=job_id)
    found = JobFile.objects.select_related("file").get(job__in=readable, file_id=file_id)
    return send(request, found.file)


@client_only
@require_safe
def my_jobs(request: HttpRequest) -> HttpResponse:
    tab = request.GET.get("status", "open")
    tab = tab if tab in MY_TABS else "open"
    counts = queries.posts_by_status(request.user)
    after = request.GET.get("after", "")
    found = queries.posts_of(request.user, statuses=MY_TABS[tab], after=after)
    waiting = proposals.waiting_by_job(line.id for line in found.lines)
    labels = {"open": _("Open posts"), "drafts": _("Drafts"), "closed": _("Closed posts")}
    address = reverse("my_jobs")
    context = {
        "tab": tab,
        "tabs": [
            {
                "label": labels[name],
                "href": f"{address}?status={name}",
                "count": sum(counts.get(status, 0) for status in statuses),
                "current": name == tab,
            }
            for name, statuses in MY_TABS.items()
        ],
        "posts": [history.own_line(line, waiting.get(line.id)) for line in found.lines],
        "next_url": f"{address}?status={tab}&after={found.after}" if found.after else "",
        "first_url": f"{address}?status={tab}" if after else "",
    }
    return render(request, "jobs/my_jobs.html", context)
