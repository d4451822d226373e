"""Writing a post: a new one, a change, a look at it before it opens."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enishi.accounts.models import Account
from enishi.jobs import commands, policy
from enishi.jobs.models import Job
from enishi.jobs.refusals import SENTENCES
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.profiles import queries as profiles
from enishi.web.access import client_only
from enishi.web.forms import refusal_on
from enishi.web.jinja import language
from enishi.web.paging import whole
from enishi.web.profiles.prefectures import prefecture_name

from . import from_package, page, rows
from .forms import JobForm, initial

ACTS = ("draft", "preview", "open")


@client_only
@require_http_methods(["GET", "HEAD", "POST"])
def job_new(request: HttpRequest) -> HttpResponse:
    if request.user.role != "client":
        return render(request, "jobs/as_client.html")
    if request.method == "POST":
        return _written(request, None)
    start = {
        "pricing": "fixed",
        "headcount": 1,
        "revision_rounds": settings.RULES.revision_rounds,
        "rights": "transfer",
        "confidentiality": "work",
        "ai_use": "ask",
        "place": _("At home, online"),
        "address": _address_of(request.user),
    }
    start |= from_package.terms(request)
    form = JobForm(initial=start, today=day_of(request.now))
    return _form_page(request, form, None)


@client_only
@require_http_methods(["GET", "HEAD", "POST"])
def job_edit(request: HttpRequest, job_id: int) -> HttpResponse:
    job = Job.objects.of(request.user).get(pk=job_id)
    if job.status == "closed":
        raise Refused("job", "edit", job.status)
    if request.method == "POST":
        return _written(request, job)
    start = initial(job.terms)
    start["address"] = start["address"] or _address_of(request.user)
    return _form_page(request, JobForm(initial=start, today=day_of(request.now)), job)


def _written(request: HttpRequest, job: Job | None) -> HttpResponse:
    act = request.POST.get("act", "draft")
    act = act if act in ACTS else "draft"
    is_draft = job is None or job.status == "draft"
    form = JobForm(
        request.POST,
        request.FILES,
        strict=act == "open" or not is_draft,
        today=day_of(request.now),
    )
    if form.is_valid():
        try:
            saved = _save(request, form, job, opens=act == "open" and is_draft)
        except Refused as refused:
            refusal_on(form, refused, rows.FIRST_BOX)
        else:
            return _after(request, saved, act, is_draft=is_draft)
    return _form_page(request, form, job, status=422)


def _save(request: HttpRequest, form: JobForm, job: Job | None, *, opens: bool) -> Job:
    facts: dict[str, Any] = {"by": request.user, "at": request.now, "terms": form.terms}
    facts["files"] = form.cleaned_data["files"]
    named = map(whole, request.POST.getlist("drop"))
    drop = [one for one in named if one is not None]
    if opens:
        return commands.publish(job.pk if job else None, **facts, drop=drop)
    if job is None:
        return commands.draft(**facts)
    return commands.edit(job.pk, **facts, drop=drop)


def _after(request: HttpRequest, job: Job, act: str, *, is_draft: bool) -> HttpResponse:
    if not is_draft:
        messages.success(request, _("The changes are saved. Applicants can read what changed."))
        return redirect("job", job.pk)
    if act == "open":
        return redirect("job_opening", job.pk)
    if act == "preview":
        return redirect("job_preview", job.pk)
    messages.success(request, _("Saved as a draft. Only you can see it."))
    return redirect("job_edit", job.pk)


def _form_page(
    request: HttpRequest, form: JobForm, job: Job | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "job": job,
        "is_draft": job is None or job.status == "draft",
        "files": page.files(job) if job else [],
        "dropped": request.POST.getlist("drop"),
    }
    return render(request, "jobs/form.html", context, status=status)


def _address_of(client: Account) -> str:
    """The address in the client's profile, as far as it is shown (JO5)."""
    recruiter = profiles.recruiter(client.pk)
    if recruiter is None:
        return ""
    prefecture, city, rest = recruiter.shown_address(released=False)
    parts = [prefecture_name(prefecture), city, rest]
    if language() == "ja":
        return "".join(parts)
    return ", ".join(part for part in reversed(parts) if part)


@client_only
@require_safe
def preview(request: HttpRequest, job_id: int) -> HttpResponse:
    """The post as others will see it, and what keeps it from opening."""
    job = Job.objects.of(request.user).select_related("client").get(pk=job_id)
    if job.status != "draft":
        return redirect("job", job_id)
    faults = policy.faults(job.terms, today=day_of(request.now), rules=settings.RULES)
    labels = JobForm(today=day_of(request.now))
    boxes = {name: rows.FIRST_BOX.get(name, name) for name in faults}
    order = list(labels.fields)
    context = {
        "job": job,
        "post": page.post(job, at=request.now, address=job.address or "—"),
        "faults": [
            (labels[boxes[name]], SENTENCES[faults[name]])
            for name in sorted(faults, key=lambda name: order.index(boxes[name]))
        ],
    }
    return render(request, "jobs/preview.html", context)
