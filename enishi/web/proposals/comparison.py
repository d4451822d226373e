"""A client lays two to four applicants side by side, and answers them from there (AP2)."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from enishi.jobs.models import Job
from enishi.proposals import queries
from enishi.proposals.models import Proposal
from enishi.web.access import client_only
from enishi.web.organisations.acting import is_decider
from enishi.web.paging import whole
from enishi.web.ranks.words import RANKS
from enishi.web.verification.words import CHECKED, KINDS

from . import candidates

MOST = 4
QUESTIONS_MOST = 16  # rows that the sheet has


@client_only
@require_safe
def job_comparison(request: HttpRequest, job_id: int) -> HttpResponse:
    job = Job.objects.of(request.user).get(pk=job_id)
    named = list(dict.fromkeys(request.GET.getlist("with")))
    chosen = _chosen(job, request, named)
    found = candidates.candidates(job, chosen[:MOST], client=request.user, at=request.now)
    differ, alike = candidates.differences(found) if len(found) > 1 else ([], [])
    context = {
        "job": job,
        "candidates": found,
        "decides": is_decider(request.user),
        "questions": candidates.questions(job, found)[:QUESTIONS_MOST],
        "same": candidates.same(found) if len(found) > 1 else set(),
        "differ": differ,
        "alike": alike,
        "lowest": candidates.lowest(found) if found else None,
        "earliest": candidates.earliest(found) if found else None,
        "ranks": RANKS,
        "kinds": [(kind, KINDS[kind]) for kind in CHECKED],
        "waiting": queries.waiting_by_job([job_id]).get(job_id),
        "without": _without(job_id, [one.proposal.pk for one in found]),
        "key": "-".join(str(one.proposal.pk) for one in found),
        "left_out": _left_out(len(named) - len(chosen), len(chosen)),
    }
    return render(request, "proposals/comparison.html", context)


def address(job_id: int, proposal_ids: Sequence[int]) -> str:
    page = reverse("job_comparison", args=[job_id])
    return f"{page}?{urlencode([('with', each) for each in proposal_ids])}"


def key_of(text: str) -> list[int]:
    """The applications a form of this page was sent with: 3-7-12. What is no number is left out."""
    ids = (whole(part) for part in text.split("-")[:MOST])
    return [each for each in ids if each is not None]


def _chosen(job: Job, request: HttpRequest, named: list[str]) -> list[Proposal]:
    """The applications to this post that the address names, in its order."""
    ids = [number for number in map(whole, named) if number is not None]
    received = Proposal.objects.received_by(request.user).filter(job=job, pk__in=ids)
    known = {one.pk: one for one in received.select_related("worker")}
    return [known[each] for each in dict.fromkeys(ids) if each in known]


def _without(job_id: int, ids: list[int]) -> dict[int, str]:
    """For each of more than two, the address of the others."""
    if len(ids) < 3:
        return {}
    return {each: address(job_id, [other for other in ids if other != each]) for each in ids}


def _left_out(unknown: int, chosen: int) -> list[str]:
    """What of the address is not shown, and why."""
    said = []
    if unknown:
        sentence = ngettext(
            "%(num)s entry in the address was left out: it names no application to this post.",
            "%(num)s entries in the address were left out: they name no application to this post.",
            unknown,
        )
        said.append(sentence % {"num": unknown})
    if chosen > MOST:
        sentence = _("Up to %(most)s applicants stand side by side. These are the first ones.")
        said.append(sentence % {"most": MOST})
    return said
