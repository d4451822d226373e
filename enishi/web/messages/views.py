"""Pages of conversations: the inbox, a thread, what is posted, read and searched there."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from enishi.kit.errors import Refused
from enishi.messaging import commands, queries
from enishi.messaging.models import MessageFile
from enishi.web.access import signed_in
from enishi.web.files.sending import send
from enishi.web.middleware import say
from enishi.web.onward import page_of_ours
from enishi.web.paging import keyset, whole
from enishi.web.trust.cards import card_of

from . import about, finding
from .forms import EntryForm
from .panel import Panel, thread_context


@require_safe
@signed_in
def threads(request: HttpRequest) -> HttpResponse:
    inbox = queries.inbox(request.user.pk, keyset(request))
    subjects = about.about([line.thread_id for line in inbox.lines])
    lines = [
        {
            "line": line,
            "about": subjects.get(line.thread_id),
            "excerpt": line.excerpt if line.author_id else _(line.excerpt),
        }
        for line in inbox.lines
    ]
    older = f"{request.path}?before={inbox.earlier}" if inbox.earlier else ""
    return render(request, "messages/threads.html", {"lines": lines, "older_url": older})


@require_safe
@signed_in
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    return _page(request, thread_context(thread_id, request))


@require_safe
@signed_in
def search(request: HttpRequest, thread_id: int) -> HttpResponse:
    context = {"search": finding.search(thread_id, request)}
    return render(request, "messages/search.html", context)


@require_POST
@signed_in
def entries(request: HttpRequest, thread_id: int) -> HttpResponse:
    form = EntryForm(request.POST, request.FILES)
    if not form.is_valid():
        fault = next(iter(form.errors.values()))[0]
        return _again(request, thread_id, fault)
    try:
        about.ensure_open(thread_id)
        commands.post(thread_id, by=request.user, at=request.now, **form.cleaned_data)
    except Refused as refused:  # answered here, because a redirect would lose what was typed
        return _again(request, thread_id, say(refused))
    page = page_of_ours(request, reverse("thread", args=[thread_id]))
    return redirect(f"{page}#latest")


@require_POST
@signed_in
def readings(request: HttpRequest, thread_id: int) -> HttpResponse:
    up_to = whole(request.POST.get("up_to", ""))
    commands.read(thread_id, by=request.user, at=request.now, up_to=up_to)
    return redirect("thread", thread_id)


@require_POST
@signed_in
def no_reply(request: HttpRequest, thread_id: int) -> HttpResponse:
    commands.need_no_reply(thread_id, by=request.user, at=request.now)
    page = page_of_ours(request, reverse("thread", args=[thread_id]))
    return redirect(f"{page}#latest")


@require_safe
@signed_in
def file(request: HttpRequest, thread_id: int, file_id: str) -> HttpResponseBase:
    attached = MessageFile.objects.seen_by(request.user).select_related("file")
    return send(request, attached.get(message__thread_id=thread_id, file_id=file_id).file)


def _again(request: HttpRequest, thread_id: int, error: str) -> HttpResponse:
    """The thread's page with the text still in its box."""
    talk = thread_context(
        thread_id,
        request,
        value=request.POST.get("body", ""),
        needs_no_reply="needs_no_reply" in request.POST,
        error=error,
        here=reverse("thread", args=[thread_id]),
    )
    return _page(request, talk, status=422)


def _page(request: HttpRequest, talk: Panel, status: int = 200) -> HttpResponse:
    """With the trust card of the other side, where the conversation is about something."""
    trust = None
    if talk.about and talk.other_id:
        side = "worker" if talk.about.side_of(request.user) == "client" else "client"
        trust = card_of(talk.other_id, side, "thread", at=request.now)
    context = {"talk": talk, "trust": trust}
    return render(request, "messages/thread.html", context, status=status)
