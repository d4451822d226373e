"""A worker applies: what is paid out is shown before anything is sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from enishi.jobs.catalogue.templates import templates
from enishi.jobs.models import Job
from enishi.kit.errors import Refused
from enishi.proposals import commands, queries
from enishi.web.access import worker_only
from enishi.web.forms import refusal_on
from enishi.web.jinja import language
from enishi.web.jobs import page

from . import pay
from .forms import BOXES, ProposalForm


@worker_only
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: HttpRequest, job_id: int) -> HttpResponse:
    readable = Job.objects.seen_by(request.user).exclude(client=request.user)
    job = readable.select_related("client").get(pk=job_id)
    if request.user.role != "worker":
        return render(request, "proposals/as_worker.html", {"job": job})
    if mine := queries.mine(job_id, request.user):
        messages.info(
            request, _("You have applied to this post already. This is your application.")
        )
        return redirect("proposal", mine.pk)
    if job.status != "open":
        raise Refused("proposal", "send", job.status)
    if request.method == "POST":
        return _sent(request, job)
    form = ProposalForm(job=job, pay_url=request.path, initial=_start(request, job))
    return _form_page(request, job, form, amount=pay.typed(request.GET) or form.initial["amount"])


def _sent(request: HttpRequest, job: Job) -> HttpResponse:
    form = ProposalForm(request.POST, job=job, pay_url=request.path)
    amount = pay.typed(request.POST)
    if not form.is_valid():
        return _form_page(request, job, form, amount=amount, status=422)
    if request.POST.get("act") == "preview":
        return _form_page(request, job, form, amount=amount, is_checked=True)
    try:
        sent = commands.send(job.pk, by=request.user, at=request.now, **form.facts())
    except Refused as refused:
        refusal_on(form, refused, BOXES)
        return _form_page(request, job, form, amount=amount, status=422)
    messages.success(request, _("Your application was sent."))
    return redirect("proposal", sent.pk)


def _start(request: HttpRequest, job: Job) -> dict[str, Any]:
    """The price the post names, its delivery date, and a letter if one was chosen."""
    chosen = request.GET.get("template", "")
    letters = {one["id"]: one["text"] for one in letters_for(job, request)}
    return {
        "amount": job.budget_max if job.budget_min == job.budget_max else None,
        "delivery_on": job.delivery_on,
        "message": letters.get(chosen, ""),
    }


def letters_for(job: Job, request: HttpRequest) -> list[dict[str, str]]:
    """The letters one may start from, with the known facts filled in (AP1)."""
    facts = {
        "client_name": job.client.name,
        "worker_name": request.user.name,
        "job_title": job.title,
    }
    return [
        {"id": one.id, "title": one.name, "text": one.filled(**facts)}
        for one in templates("proposal", language(), sender="worker")
        if one.stage == "proposal"
    ]


def _form_page(
    request: HttpRequest,
    job: Job,
    form: ProposalForm,
    *,
    amount: int | None,
    is_checked: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "job": job,
        "post": page.post(job, at=request.now),
        "form": form,
        "letters": letters_for(job, request),
        "pay": pay.breakdown(job, request.user, amount, at=request.now),
        "is_checked": is_checked,
    }
    return render(request, "proposals/apply.html", context, status=status)
