"""The market's side of a payment that a bank took back, from the record: what was ordered,
delivered and accepted, when, with the fingerprints. The office may add to it before it is sent."""

from datetime import datetime

from django.utils.translation import gettext as _

from enishi.contracts.models import Milestone
from enishi.documents.models import Document
from enishi.kit.days import TOKYO
from enishi.kit.money import grouped
from enishi.payments.models import Chargeback


def text(chargeback: Chargeback) -> str:
    """Plain lines in the reader's language; empty for a payment that was for no piece of work."""
    payment = chargeback.payment
    if payment.purpose_kind != "milestone":
        return ""
    milestone = Milestone.objects.select_related("contract__client", "contract__worker").get(
        pk=payment.purpose_id
    )
    contract = milestone.contract
    lines = [
        _("Order: %(title)s, %(piece)s, %(amount)s yen, between %(client)s and %(worker)s.")
        % {
            "title": contract.title,
            "piece": milestone.title,
            "amount": grouped(milestone.amount),
            "client": contract.client.name,
            "worker": contract.worker.name,
        },
        *_moments(milestone),
        *_deliveries(milestone),
        *_papers(milestone),
    ]
    return "\n".join(lines)


def _moments(milestone: Milestone) -> list[str]:
    contract = milestone.contract
    known = (
        (_("Both sides agreed to the order: %(time)s."), contract.agreed_at),
        (_("The client paid it into escrow: %(time)s."), milestone.funded_at),
        (_("The client accepted the delivery: %(time)s."), _accepted_at(milestone)),
    )
    return [
        said % {"time": f"{when.astimezone(TOKYO):%Y-%m-%d %H:%M} JST"}
        for said, when in known
        if when
    ]


def _accepted_at(milestone: Milestone) -> datetime | None:
    return milestone.ended_at if milestone.status == "accepted" else None


def _deliveries(milestone: Milestone) -> list[str]:
    found = []
    for delivery in milestone.deliveries.order_by("number").prefetch_related("files"):
        when = f"{delivery.at.astimezone(TOKYO):%Y-%m-%d %H:%M} JST"
        found.append(_("Delivered: %(time)s.") % {"time": when})
        found += [f"  {one.name} · SHA-256 {one.sha256}" for one in delivery.files.all()]
    return found


def _papers(milestone: Milestone) -> list[str]:
    papers = Document.objects.about(milestone.contract)
    return [
        _("Document %(number)s, SHA-256 %(hash)s.") % {"number": one.number, "hash": one.sha256}
        for one in papers
    ]
