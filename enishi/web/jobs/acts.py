"""What a client does with a post: open, close, reopen, copy, resume, throw away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from enishi.jobs import commands
from enishi.jobs.models import Job
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.web.access import client_only
from enishi.web.forms import refusal_on, sent

from . import page
from .forms import ReopenForm


@client_only
@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, job_id: int) -> HttpResponse:
    """Open the post; then say what happens next."""
    if request.method == "POST":
        commands.open(job_id, by=request.user, at=request.now)
        return redirect("job_opening", job_id)
    job = Job.objects.of(request.user).select_related("client").get(pk=job_id)
    if job.status != "open":
        return redirect("job", job_id)
    return render(request, "jobs/opened.html", {"job": job, "post": page.post(job, at=request.now)})


@client_only
@require_POST
def closure(request: HttpRequest, job_id: int) -> HttpResponse:
    commands.close(job_id, by=request.user, at=request.now)
    messages.success(request, _("The post is closed. Those who applied still wait for an answer."))
    return redirect("job", job_id)


@client_only
@require_http_methods(["GET", "HEAD", "POST"])
def reopening(request: HttpRequest, job_id: int) -> HttpResponse:
    job = Job.objects.of(request.user).get(pk=job_id)
    form = ReopenForm(*sent(request), terms=job.terms, today=day_of(request.now))
    if request.method == "POST" and form.is_valid():
        try:
            commands.reopen(job_id, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            return redirect("job_opening", job_id)
    status = 422 if form.is_bound else 200
    return render(request, "jobs/reopening.html", {"job": job, "form": form}, status=status)


@client_only
@require_POST
def copies(request: HttpRequest, job_id: int) -> HttpResponse:
    job = commands.copy(job_id, by=request.user, at=request.now)
    messages.success(request, _("A copy was made as a draft. Please set its days."))
    return redirect("job_edit", job.pk)


@client_only
@require_POST
def resumption(request: HttpRequest, job_id: int) -> HttpResponse:
    commands.resume(job_id, by=request.user, at=request.now)
    messages.success(request, _("The post takes applications again."))
    return redirect("job", job_id)


@client_only
@require_POST
def discard(request: HttpRequest, job_id: int) -> HttpResponse:
    commands.discard(job_id, by=request.user, at=request.now)
    messages.success(request, _("The draft was thrown away."))
    return redirect("my_jobs")
