"""A client and a worker agree; the money of each milestone waits in escrow until acceptance."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enishi.jobs.models import Job
from enishi.jobs.policy import AI_USE, CONFIDENTIALITY, RIGHTS
from enishi.kit.constraints import AppendOnly, LegalMoves, yen_in_range
from enishi.kit.rules import Rules
from enishi.kit.waiting import Waiting, waiting_index, waits_in
from enishi.messaging.models import Thread
from enishi.proposals.models import Proposal

from .faults import SIDES
from .lifecycle import CHANGE, CONTRACT, LIVE, MILESTONE
from .pay import with_rates
from .policy import CHANGE_REASONS
from .withholding import PAYEES, PAYERS


class ContractQuerySet(models.QuerySet["Contract"]):
    def seen_by(self, account: Any) -> "ContractQuerySet":
        return self.filter(Q(client=account) | Q(worker=account))

    def live(self) -> "ContractQuerySet":
        return self.filter(status__in=LIVE)


class Contract(Waiting):
    """The agreement itself. Its terms never change after the offer; dates live on milestones."""

    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="contracts")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="contracts")
    client = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, default=CONTRACT.start)
    title = models.CharField(max_length=120)
    content = models.TextField()
    deliverable = models.TextField()
    acceptance = models.TextField()
    place = models.CharField(max_length=120)
    inspection_days = models.PositiveSmallIntegerField()
    revision_rounds = models.PositiveSmallIntegerField()
    rights = models.CharField(max_length=10)
    rights_note = models.CharField(max_length=300, default="", blank=True)
    confidentiality = models.CharField(max_length=8)
    confidentiality_note = models.CharField(max_length=300, default="", blank=True)
    ai_use = models.CharField(max_length=10)
    ai_use_note = models.CharField(max_length=300, default="", blank=True)
    payer_kind = models.CharField(max_length=20)
    payee_kind = models.CharField(max_length=20)
    withholding_reason = models.CharField(max_length=20, default="", blank=True)
    rates = models.JSONField()  # fee and tax rates of the day of the offer: they stay (CO9, CO10)
    differences = models.JSONField(default=list)  # [{"item", "posted", "offered"}], CO2
    amount = models.BigIntegerField()
    paid_total = models.BigIntegerField(default=0)  # sum of accepted amounts: the fee's tiers
    offered_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    # When the first contract of its order was agreed: what the same two people agree within 30 days
    # of it is one order (RA7).
    order_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(default="", blank=True)
    reviews_close_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=6, default="", db_default="", blank=True)  # RE3

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            yen_in_range("contract_yen_in_range", "amount", "paid_total"),
            LegalMoves(
                name="contract_moves",
                field="status",
                start=CONTRACT.start,
                edges=CONTRACT.edges,
            ),
            waits_in("contract_waits_with_a_clock", ["offered", "agreed"]),
            models.CheckConstraint(name="contract_has_two_sides", condition=~Q(client=F("worker"))),
            models.CheckConstraint(
                name="contract_agreed_is_dated",
                condition=Q(agreed_at__isnull=False)
                | Q(status__in=["offered", "declined", "withdrawn", "lapsed"]),
            ),
            models.CheckConstraint(
                name="contract_agreed_belongs_to_an_order",
                condition=Q(agreed_at=None, order_at=None)
                | Q(agreed_at__isnull=False, order_at__lte=F("agreed_at")),
            ),
            models.CheckConstraint(
                name="contract_over_is_dated",
                condition=Q(status__in=LIVE, ended_at=None)
                | (~Q(status__in=LIVE) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="contract_paid_within_amount",
                condition=Q(paid_total__gte=0, paid_total__lte=F("amount")),
            ),
            models.CheckConstraint(name="contract_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="contract_fault_ended_it",
                condition=Q(fault="")
                | Q(fault__in=SIDES, status="ended", reviews_close_at__isnull=False),
            ),
            models.CheckConstraint(name="contract_payer_known", condition=Q(payer_kind__in=PAYERS)),
            models.CheckConstraint(name="contract_payee_known", condition=Q(payee_kind__in=PAYEES)),
            models.CheckConstraint(name="contract_rights_known", condition=Q(rights__in=RIGHTS)),
            models.CheckConstraint(
                name="contract_confidentiality_known",
                condition=Q(confidentiality__in=CONFIDENTIALITY),
            ),
            models.CheckConstraint(name="contract_ai_use_known", condition=Q(ai_use__in=AI_USE)),
            models.UniqueConstraint(
                fields=["proposal"],
                name="contract_one_live_per_proposal",
                condition=Q(status__in=LIVE),
            ),
        ]
        indexes = [
            waiting_index("contract_waiting"),
            models.Index(fields=["client", "-id"], name="contract_of_client"),
            models.Index(fields=["worker", "-id"], name="contract_of_worker"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rater(self) -> str:
        """Who may rate when it ended early: the side not at fault, or "" when nobody may (RE3)."""
        return {"client": "worker", "worker": "client"}.get(self.fault, "")

    @property
    def is_withheld(self) -> bool:
        return self.withholding_reason != ""

    @property
    def rules(self) -> Rules:
        """The market's rules with the rates this contract was offered under."""
        return with_rates(settings.RULES, self.rates)


class Milestone(Waiting):
    """One piece of the work with its own money, delivery, inspection and payment (CO3)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    due_on = models.DateField()
    status = models.CharField(max_length=10, default=MILESTONE.start)
    rounds_used = models.PositiveSmallIntegerField(default=0)
    funded_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_deemed = models.BooleanField(default=False)
    late_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=6, default="", db_default="", blank=True)  # RE3
    # Fixed when the money moves; before that they are computed from the contract.
    escrow_amount = models.BigIntegerField(null=True)
    withheld = models.BigIntegerField(null=True)
    fee = models.BigIntegerField(null=True)
    fee_tax = models.BigIntegerField(null=True)
    settled_amount = models.BigIntegerField(null=True)  # what of the price the office had paid

    class Meta:
        constraints = [
            yen_in_range(
                "milestone_yen_in_range",
                "amount",
                "escrow_amount",
                "withheld",
                "fee",
                "fee_tax",
                "settled_amount",
            ),
            LegalMoves(
                name="milestone_moves",
                field="status",
                start=MILESTONE.start,
                edges=MILESTONE.edges,
            ),
            waits_in("milestone_waits_with_a_clock", ["funded", "held", "delivered", "revising"]),
            models.UniqueConstraint(
                fields=["contract", "position"], name="milestone_position_once"
            ),
            models.CheckConstraint(name="milestone_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="milestone_funded_before_work",
                condition=Q(status__in=["unfunded", "cancelled"])
                | Q(funded_at__isnull=False, escrow_amount__gt=0, withheld__gte=0),
            ),
            models.CheckConstraint(
                name="milestone_accepted_was_delivered",
                condition=~Q(status__in=["delivered", "accepted"]) | Q(delivered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="milestone_paid_by_the_breakdown",
                condition=~Q(status="accepted")
                | Q(
                    ended_at__isnull=False,
                    fee__gte=0,
                    fee_tax__gte=0,
                    escrow_amount=F("amount") - F("withheld"),
                ),
            ),
            models.CheckConstraint(
                name="milestone_fault_ended_it",
                condition=Q(fault="") | Q(fault__in=SIDES, status__in=["refunded", "cancelled"]),
            ),
            models.CheckConstraint(
                name="milestone_settled_within_its_price",
                condition=~Q(status="settled")
                | Q(
                    ended_at__isnull=False,
                    settled_amount__gte=0,
                    settled_amount__lte=F("amount"),
                    fee__gte=0,
                    fee_tax__gte=0,
                    withheld__gte=0,
                ),
            ),
        ]
        indexes = [waiting_index("milestone_waiting")]

    @property
    def paid_amount(self) -> int:
        """What of the price is paid: all of it, or the part that the office settled."""
        return self.amount if self.settled_amount is None else self.settled_amount


class Delivery(models.Model):
    """What was handed over, frozen: text, files and their hashes (CO6)."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "number"], name="delivery_number_once"),
            AppendOnly(name="contract_delivery_append_only"),
        ]


class DeliveryFile(models.Model):
    """A delivered file with the name, size and hash it had at that moment."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "file"], name="delivery_file_once"),
            AppendOnly(name="delivery_file_append_only"),
        ]


class Revision(models.Model):
    """The client's wish for another round: why, and until when (CO6, CL13)."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="revision")
    reason = models.TextField()
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [AppendOnly(name="revision_append_only")]


class ChangeRequest(Waiting):
    """A new delivery date asked for by one side, answered by the other (CO7, CL14)."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, default=CHANGE.start)
    due_on_before = models.DateField()
    due_on = models.DateField()
    reason_kind = models.CharField(max_length=12)
    reason = models.TextField()
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            LegalMoves(name="change_moves", field="status", start=CHANGE.start, edges=CHANGE.edges),
            waits_in("change_waits_with_a_clock", ["requested"]),
            models.UniqueConstraint(
                fields=["milestone"],
                name="change_one_open_per_milestone",
                condition=Q(status="requested"),
            ),
            models.CheckConstraint(
                name="change_reason_known", condition=Q(reason_kind__in=CHANGE_REASONS)
            ),
        ]
        indexes = [waiting_index("change_waiting")]
