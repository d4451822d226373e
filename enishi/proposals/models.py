"""Who offers to do the work, on which terms, and what the client answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from enishi.jobs.models import Job
from enishi.kit.constraints import LegalMoves, yen_in_range
from enishi.kit.waiting import Waiting, waiting_index, waits_in
from enishi.messaging.models import Thread

from .lifecycle import LIVE, PROPOSAL, WAITS_FOR_CLIENT


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def seen_by(self, account: Any) -> "ProposalQuerySet":
        return self.filter(Q(client=account) | Q(worker=account))

    def received_by(self, client: Any) -> "ProposalQuerySet":
        return self.filter(client=client)

    def sent_by(self, worker: Any) -> "ProposalQuerySet":
        return self.filter(worker=worker)


class Proposal(Waiting):
    """An application to a post. `amount` is the whole price in yen, tax included."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="proposals")
    client = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, default=PROPOSAL.start)
    amount = models.BigIntegerField()
    delivery_on = models.DateField()
    message = models.TextField()
    answers = models.JSONField(default=list)  # [{"question": …, "answer": …}]
    questions_back = models.TextField(default="", blank=True)
    hold_until = models.DateField(null=True)
    sent_at = models.DateTimeField()
    client_note = models.TextField(default="", blank=True)  # read by the client alone
    decline_reason = models.CharField(max_length=10, default="", blank=True)
    decline_message = models.TextField(default="", blank=True)
    address_released_at = models.DateTimeField(null=True)  # the client's full address (JO5)
    ended_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            yen_in_range("proposal_yen_in_range", "amount"),
            LegalMoves(
                name="proposal_moves",
                field="status",
                start=PROPOSAL.start,
                edges=PROPOSAL.edges,
            ),
            waits_in("proposal_waits_with_a_clock", list(WAITS_FOR_CLIENT)),
            models.CheckConstraint(name="proposal_has_two_sides", condition=~Q(client=F("worker"))),
            models.CheckConstraint(name="proposal_amount_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="proposal_declined_with_reason",
                condition=~Q(status="declined") | ~Q(decline_reason=""),
            ),
            models.UniqueConstraint(
                fields=["job", "worker"],
                name="proposal_once_per_job",
                condition=~Q(status="withdrawn"),
            ),
        ]
        indexes = [
            waiting_index("proposal_waiting"),
            models.Index(fields=["worker", "-id"], name="proposal_of_worker"),
            models.Index(fields=["client", "status", "-id"], name="proposal_of_client"),
        ]

    @property
    def is_live(self) -> bool:
        return self.status in LIVE
