"""The other side of a deal, as the rail shows it: who they are, and what others say of them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.accounts.models import Account
from enishi.contracts import queries
from enishi.profiles.queries import faces
from enishi.reviews import queries as reviews
from enishi.verification.queries import checks
from enishi.web.formats import ymd
from enishi.web.jinja import language
from enishi.web.jobs import client

SIZES = {"none": "few", "too_few": "few", "some": "some", "established": "full"}
FEW, ENOUGH = 3, 10


def trust(other: Account, side: str, *, at: datetime) -> dict[str, Any]:
    """The parameters of the trust_card component, for whoever stands on `side`."""
    if side == "client":
        return client.trust(other, at=at)
    face = faces([other.pk]).get(other.pk)
    return {
        "name": other.name,
        "id": other.pk,
        "kind": face.kind if face else "person",
        "href": reverse("person", args=[other.pk]),
        "meta": _("Member since %(day)s") % {"day": ymd(other.joined_at, language())},
        "checked": checks([other.pk])[other.pk],
        "signals": [_rating(other.pk), _finished(other.pk)],
    }


def _rating(worker_id: int) -> dict[str, Any]:
    summary = reviews.brief(worker_id, "worker")
    shown = summary.mean is not None and summary.weight in ("some", "established")
    count = summary.count
    return {
        "name": _("Reviews"),
        "value": f"{float(summary.mean or 0):.1f}" if shown else "—",
        "sample": ngettext("%(num)s review", "%(num)s reviews", count) % {"num": count},
        "size": SIZES[summary.weight],
        "made_of": _("The plain mean of the overall ratings that clients gave after paid work."),
        "window": _("All reviews"),
    }


def _finished(worker_id: int) -> dict[str, Any]:
    count = queries.completed_as_worker.count(worker_id)
    return {
        "name": _("Work completed"),
        "value": str(count),
        "sample": ngettext("%(num)s contract", "%(num)s contracts", count) % {"num": count},
        "size": "few" if count <= FEW else "full" if count >= ENOUGH else "some",
        "made_of": _("Contracts that were delivered, accepted and paid in full."),
        "window": _("All contracts"),
    }
