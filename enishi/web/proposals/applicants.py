"""A client looks at those who applied, and answers each of them."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from enishi.jobs.catalogue.templates import templates
from enishi.jobs.models import Job
from enishi.kit.errors import Refused
from enishi.profiles.queries import faces
from enishi.proposals import commands, queries
from enishi.proposals.lifecycle import PROPOSAL, WAITS_FOR_CLIENT
from enishi.proposals.models import Proposal
from enishi.trust.applicants.policy import ORDERS
from enishi.trust.applicants.queries import Line, applicants
from enishi.trust.kept import facts_of
from enishi.web import closeness
from enishi.web.access import client_only, signed_in
from enishi.web.forms import refusal_on, sent
from enishi.web.jinja import language
from enishi.web.organisations.acting import is_decider
from enishi.web.trust.cards import line

from . import orders
from .forms import DeclineForm

TABS = ("", *queries.VIEWS)


@client_only
@require_safe
def job_proposals(request: HttpRequest, job_id: int) -> HttpResponse:
    job = Job.objects.of(request.user).get(pk=job_id)
    view, order = request.GET.get("view", ""), request.GET.get("sort", ORDERS[0])
    view, order = view if view in TABS else "", order if order in ORDERS else ORDERS[0]
    after = request.GET.get("after", "")
    found = applicants(job, client=request.user, view=view, order=order, after=after)
    counts = queries.counts_of(job_id, request.user)
    address = reverse("job_proposals", args=[job_id])
    here = f"{address}?view={view}&sort={order}"
    context = {
        "job": job,
        "counts": counts,
        "waiting": queries.waiting_by_job([job_id]).get(job_id),
        "view": view,
        "tabs": _tabs(address, counts, view, order),
        "orders": _orders(address, view, order),
        "reason": orders.reason(order),
        "rows": _rows(found.lines, at=request.now),
        "decides": is_decider(request.user),
        "next_url": f"{here}&after={found.after}" if found.after else "",
        "first_url": here if after else "",
    }
    return render(request, "proposals/applicants.html", context)


def _tabs(address: str, counts: dict[str, int], view: str, sort: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "waiting": _("To be answered"),
        "shortlisted": _("Shortlist"),
        "over": _("Answered or over"),
    }
    every = sum(counts.values())
    return [
        {
            "label": label,
            "href": f"{address}?view={name}&sort={sort}",
            "count": sum(counts.get(s, 0) for s in queries.VIEWS[name]) if name else every,
            "current": name == view,
        }
        for name, label in labels.items()
    ]


def _orders(address: str, view: str, order: str) -> list[dict[str, Any]]:
    return [
        {
            "label": orders.LABELS[name],
            "href": f"{address}?view={view}&sort={name}",
            "current": name == order,
        }
        for name in ORDERS
    ]


def _rows(lines: list[Line], *, at: datetime) -> list[dict[str, Any]]:
    """Each applicant with face and signals, in a constant number of queries."""
    workers = {one.proposal.worker_id for one in lines}
    known = faces(workers)
    found = facts_of([(worker, "worker") for worker in workers], at=at)
    return [
        {
            "line": one.proposal,
            "is_reserved": one.is_reserved,
            "closeness": closeness.told(one.closeness),
            "fit": orders.fit_points(one.fit),
            "trust": line(known[worker_id], found[worker_id, "worker"]),
            "checked": dict(found[worker_id, "worker"].checked),
            "rank": found[worker_id, "worker"].rank or "unranked",
            "can": PROPOSAL.verbs(one.proposal.status),
        }
        for one in lines
        for worker_id in [one.proposal.worker_id]
    ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Say no with a reason, starting from a letter (AP2)."""
    received = Proposal.objects.received_by(request.user).select_related("worker", "job")
    proposal = received.get(pk=proposal_id)
    if proposal.status not in WAITS_FOR_CLIENT:
        raise Refused("proposal", "decline", proposal.status)
    form = DeclineForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            commands.decline(proposal_id, by=request.user, at=request.now, **form.cleaned_data)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            name = proposal.worker.name
            messages.success(request, _("%(name)s has your answer.") % {"name": name})
            return redirect("job_proposals", proposal.job_id)
    context = {"proposal": proposal, "form": form, "letters": _letters(proposal, request)}
    status = 422 if form.is_bound else 200
    return render(request, "proposals/decline.html", context, status=status)


def _letters(proposal: Proposal, request: HttpRequest) -> list[dict[str, str]]:
    facts = {
        "client_name": request.user.name,
        "worker_name": proposal.worker.name,
        "job_title": proposal.job.title,
    }
    return [
        {"id": one.id, "title": one.name, "text": one.filled(**facts)}
        for one in templates("proposal", language(), sender="client")
        if one.stage == "proposal"
    ]
