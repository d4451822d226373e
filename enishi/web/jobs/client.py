"""Who wants the work: the client's trust card beside a post, from what has really happened."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.accounts.models import Account
from enishi.contracts import queries
from enishi.profiles.queries import faces
from enishi.proposals.queries import answer_rates
from enishi.reviews import queries as reviews
from enishi.verification.queries import checks
from enishi.web.formats import ymd
from enishi.web.jinja import language

from .listing import FEW, answered

SIZES = {"none": "few", "too_few": "few", "some": "some", "established": "full"}
ENOUGH = 10


def trust(client: Account, *, at: datetime) -> dict[str, Any]:
    """The parameters of the trust_card component."""
    face = faces([client.pk]).get(client.pk)
    summary = reviews.brief(client.pk, "client")
    return {
        "name": client.name,
        "id": client.pk,
        "kind": face.kind if face else "person",
        "href": reverse("person", args=[client.pk]),
        "meta": _("Member since %(day)s") % {"day": ymd(client.joined_at, language())},
        "checked": checks([client.pk])[client.pk],
        "signals": [
            _partnership(summary),
            _rating(summary),
            _answers(client.pk, at),
            _finished(client.pk),
        ],
    }


def _partnership(summary: reviews.Summary) -> dict[str, Any]:
    items = [summary.items[name] for name in ("communication", "partnership") if summary.items]
    mean = (
        float(sum(items) / len(items))
        if items and summary.weight in ("some", "established")
        else None
    )
    return {
        "name": _("Communication and partnership"),
        "value": f"{mean:.1f}" if mean is not None else "—",
        "sample": _reviews(summary.count),
        "size": SIZES[summary.weight],
        "made_of": _("The mean of these two items in reviews by workers."),
        "window": _("All reviews"),
    }


def _rating(summary: reviews.Summary) -> dict[str, Any]:
    shown = summary.mean is not None and summary.weight in ("some", "established")
    return {
        "name": _("Reviews"),
        "value": f"{float(summary.mean or 0):.1f}" if shown else "—",
        "sample": _reviews(summary.count),
        "size": SIZES[summary.weight],
        "made_of": _("The plain mean of the overall ratings that workers gave after paid work."),
        "window": _("All reviews"),
    }


def _answers(client_id: int, at: datetime) -> dict[str, Any]:
    rate = answer_rates([client_id], at=at).get(client_id)
    count = rate.total if rate else 0
    people = ngettext("%(num)s applicant", "%(num)s applicants", count) % {"num": count}
    return {
        "name": _("Answers to applicants"),
        "value": answered(rate) if rate else "—",
        "sample": people,
        "size": _size(count),
        "made_of": _(
            "How many applicants got an answer, an offer or a reason, before their application "
            "lapsed. Withdrawn ones are left out."
        ),
        "window": _("The past year"),
        "improve": _(
            "Answer every applicant before the date shown. A decline counts as an answer."
        ),
    }


def _finished(client_id: int) -> dict[str, Any]:
    count = queries.completed_as_client.count(client_id)
    contracts = ngettext("%(num)s contract", "%(num)s contracts", count) % {"num": count}
    return {
        "name": _("Work completed"),
        "value": str(count),
        "sample": contracts,
        "size": _size(count),
        "made_of": _("Contracts that were delivered, accepted and paid in full."),
        "window": _("All contracts"),
    }


def _reviews(count: int) -> str:
    return ngettext("%(num)s review", "%(num)s reviews", count) % {"num": count}


def _size(count: int) -> str:
    if count <= FEW:
        return "few"
    return "full" if count >= ENOUGH else "some"
