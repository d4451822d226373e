"""What an act on money is called, whom it is about, and what it would do, in words and yen."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from enishi.accounts.models import Account
from enishi.contracts.commands import settling
from enishi.contracts.models import Milestone
from enishi.kit.errors import Refused
from enishi.office.models import Difference, MoneyAct
from enishi.office.policy import SUBJECTS
from enishi.payments.models import Chargeback, PayoutBatch, Refund
from enishi.web import formats
from enishi.web.jinja import language

from .act_forms import DIRECTIONS, HOWS, REFUND_HOWS
from .difference_words import DIFFERENCES

NAMES = {
    "split": gettext_lazy("Divide an escrow"),
    "write_off": gettext_lazy("Write off what is owed"),
    "correction": gettext_lazy("Correct the ledger"),
    "hold_payouts": gettext_lazy("Hold payouts"),
    "resume_payouts": gettext_lazy("Let payouts go on"),
    "close_difference": gettext_lazy("Close a difference"),
    "payout_batch": gettext_lazy("Pay out by file"),
    "failed_refund": gettext_lazy("Give a failed refund back"),
}
LEADS = {
    "split": gettext_lazy(
        "A part of the price goes to the worker, with fee and withholding computed anew; the rest "
        "of the escrow goes back to the client. Both read the reason."
    ),
    "write_off": gettext_lazy(
        "The client no longer owes it, and the market bears it. Nobody else pays for it."
    ),
    "correction": gettext_lazy(
        "A new entry puts right what another got wrong. No entry is ever changed."
    ),
    "hold_payouts": gettext_lazy(
        "Nothing is sent to this person until treasurers let it go on. What is owed stays owed. "
        "The person reads the reason."
    ),
    "resume_payouts": gettext_lazy("What is owed is sent with the next payout."),
    "close_difference": gettext_lazy(
        "Payouts of the people whom it hits go on, unless another difference hits them."
    ),
    "payout_batch": gettext_lazy("The file may be given to the bank."),
    "failed_refund": gettext_lazy(
        "The sum stands in escrow again. If the payer owes something for this payment, it settles "
        "that first."
    ),
}
Row = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what an act is about: a name, a page, and the facts worth knowing."""

    name: str
    href: str
    facts: list[Row]


def subject_of(kind: str, subject_id: int) -> Subject:
    """Raises DoesNotExist when there is no such thing."""
    return _SUBJECTS[SUBJECTS[kind]](subject_id)


def _milestone(pk: int) -> Subject:
    found = Milestone.objects.select_related("contract__client", "contract__worker").get(pk=pk)
    contract = found.contract
    facts: list[Row] = [
        (_("Client"), contract.client.name),
        (_("Worker"), contract.worker.name),
        (_("Price"), _yen(found.amount)),
        (_("In escrow"), _yen(found.escrow_amount or 0)),
    ]
    name = f"{contract.title} / {found.title}" if found.title != contract.title else contract.title
    return Subject(name, reverse("office_deal", args=[contract.pk]), facts)


def _chargeback(pk: int) -> Subject:
    found = Chargeback.objects.select_related("payment__payer").get(pk=pk)
    facts: list[Row] = [
        (_("Client"), found.payment.payer.name),
        (_("Taken back"), _yen(found.amount)),
        (_("Still owed"), _yen(found.owed)),
    ]
    return Subject(found.payment.description, reverse("office_chargeback", args=[pk]), facts)


def _account(pk: int) -> Subject:
    found = Account.objects.get(pk=pk)
    return Subject(found.name, reverse("office_person", args=[pk]), [(_("E-mail"), found.email)])


def _difference(pk: int) -> Subject:
    found = Difference.objects.get(pk=pk)
    facts: list[Row] = [(_("Differs by"), _yen(found.effect))]
    href = reverse("office_difference", args=[pk])
    return Subject(str(DIFFERENCES[found.kind]), href, facts)


def _batch(pk: int) -> Subject:
    found = PayoutBatch.objects.defer("sealed").get(pk=pk)
    facts: list[Row] = [
        (_("Transfer day"), formats.ymd(found.transfer_on, language())),
        (_("Payouts"), formats.grouped(found.count)),
        (_("Together"), _yen(found.total)),
        (_("Fingerprint (SHA-256)"), found.sha256),
    ]
    day = formats.ymd(found.transfer_on, language())
    name = _("File for the bank, %(day)s") % {"day": day}
    return Subject(name, reverse("office_batch", args=[pk]), facts)


def _refund(pk: int) -> Subject:
    found = Refund.objects.select_related("payment__payer").get(pk=pk)
    facts: list[Row] = [
        (_("Client"), found.payment.payer.name),
        (_("Amount"), _yen(found.amount)),
        (_("Reason"), found.failure_code),
    ]
    return Subject(found.payment.description, reverse("office_money"), facts)


_SUBJECTS = {
    "refund": _refund,
    "batch": _batch,
    "milestone": _milestone,
    "difference": _difference,
    "chargeback": _chargeback,
    "account": _account,
}


def outcome(act: MoneyAct) -> list[Row]:
    """What moves with the approval, as it stands now."""
    if act.kind == "split":
        return _division(act)
    if act.kind == "correction":
        from_to = dict(DIRECTIONS)[act.facts["direction"]]
        return [(_("From where to where"), from_to), (_("Amount"), _yen(act.amount))]
    if act.kind == "failed_refund":
        how = dict(REFUND_HOWS)[act.facts["how"]]
        return [(_("How it goes back"), how), (_("Amount"), _yen(act.amount))]
    if act.kind == "close_difference":
        return [(_("How it ends"), dict(HOWS)[act.facts["how"]]), (_("Amount"), _yen(act.amount))]
    if act.kind == "write_off":
        return [(_("The market bears"), _yen(act.amount))]
    return []


def _division(act: MoneyAct) -> list[Row]:
    milestone = Milestone.objects.select_related("contract").get(pk=act.subject_id)
    part: int = act.facts["part"]
    rows: list[Row] = [(_("Part of the price for the worker, tax included"), _yen(part))]
    try:
        division = settling.plan(milestone, part)
    except Refused:
        return rows  # it was divided, or ended otherwise, meanwhile
    paid = division.paid
    return [
        *rows,
        (_("Withheld income tax"), _yen(paid.withheld)),
        (_("System fee with its tax"), _yen(paid.fee + paid.fee_tax)),
        (_("The worker receives"), _yen(paid.net)),
        (_("Goes back to the client"), _yen(division.returned)),
    ]


def _yen(amount: int) -> str:
    return formats.yen(amount, language())
