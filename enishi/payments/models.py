"""What we asked of the provider, or of a bank by file, and what became of it. The money itself
stands in the ledger."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from enishi.kit.constraints import AppendOnly, LegalMoves, yen_in_range
from enishi.kit.waiting import Waiting, waiting_index, waits_in

from .lifecycle import (
    BATCH,
    CHARGEBACK,
    HOLDER,
    OWED,
    PAYMENT,
    PAYMENT_OPEN,
    PAYMENT_STANDING,
    PAYOUT,
    REFUND,
    UNDECIDED,
    UNFINISHED,
)
from .policy import HOLD_CAUSES, LEAST, MOST, REFUNDED
from .zengin import MOST_ROWS


class Asked(models.Model):
    """Something that the provider is to do: committed before the call, finished after it."""

    key = models.UUIDField(unique=True, default=uuid.uuid4)
    tries = models.PositiveSmallIntegerField(default=0)  # attempts that ended in a definite failure
    provider_id = models.CharField(max_length=255, default="", blank=True)
    amount = models.BigIntegerField()
    failure_code = models.CharField(max_length=60, default="", blank=True)
    created_at = models.DateTimeField()
    ask_at = models.DateTimeField(null=True)  # when the sweep asks about it; null: it is finished

    class Meta:
        abstract = True


class Payment(Asked):
    """A payer is asked for money for one purpose."""

    purpose_kind = models.CharField(max_length=24)
    purpose_id = models.BigIntegerField()
    payer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(max_length=16, default=PAYMENT.start)
    provider = models.CharField(max_length=16)
    description = models.CharField(max_length=200)
    return_url = models.CharField(max_length=300)
    hosted_url = models.TextField(default="", blank=True)
    charge = models.CharField(max_length=255, default="", blank=True)
    failed_try = models.CharField(max_length=255, default="", blank=True)
    customer = models.CharField(max_length=255, default="", blank=True)  # the payer, for this alone
    arrived = models.BigIntegerField(default=0)  # yen by bank transfer, as far as they are booked
    unwanted_at = models.DateTimeField(null=True)  # since then nobody is to pay it any more
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["purpose_kind", "purpose_id"], name="payment_by_purpose"),
            models.Index(
                fields=["ask_at"], name="payment_to_ask", condition=Q(ask_at__isnull=False)
            ),
            models.Index(
                fields=["customer"], name="payment_by_customer", condition=~Q(customer="")
            ),
        ]
        constraints = [
            yen_in_range("payment_arrived_in_range", "arrived"),
            LegalMoves(
                name="payment_moves", field="status", start=PAYMENT.start, edges=PAYMENT.edges
            ),
            models.UniqueConstraint(
                fields=["purpose_kind", "purpose_id"],
                name="payment_once_per_purpose",
                condition=Q(status__in=PAYMENT_STANDING),
            ),
            models.CheckConstraint(
                name="payment_amount_in_range", condition=Q(amount__gte=LEAST, amount__lte=MOST)
            ),
            models.CheckConstraint(
                name="payment_part_is_less_than_the_whole",
                condition=Q(arrived=0)
                | Q(arrived__gt=0)
                & ~Q(customer="")
                & (Q(arrived__lt=F("amount")) | ~Q(status__in=PAYMENT_OPEN)),
            ),
            models.CheckConstraint(
                name="payment_settled_has_a_date_and_a_charge",
                condition=Q(status="succeeded", settled_at__isnull=False) & ~Q(charge="")
                | ~Q(status="succeeded") & Q(settled_at=None),
            ),
            models.CheckConstraint(
                name="payment_open_is_asked_about",
                condition=Q(status__in=PAYMENT_OPEN, ask_at__isnull=False)
                | ~Q(status__in=PAYMENT_OPEN) & Q(ask_at=None),
            ),
        ]


class Refund(Asked, Waiting):
    """Money on its way back to the payer."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    idem = models.CharField(max_length=80, unique=True)
    of = models.CharField(max_length=8, default="payment")  # what goes back: see policy.REFUNDED
    status = models.CharField(max_length=16, default=REFUND.start)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["ask_at"], name="refund_to_ask", condition=Q(ask_at__isnull=False)
            ),
            waiting_index("refund_waiting"),
        ]
        constraints = [
            waits_in("refund_waits_with_a_clock", ["failed"]),
            yen_in_range("refund_yen_in_range", "amount"),
            LegalMoves(name="refund_moves", field="status", start=REFUND.start, edges=REFUND.edges),
            models.CheckConstraint(name="refund_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="refund_of_known_money", condition=Q(of__in=REFUNDED)),
            models.CheckConstraint(
                name="refund_unfinished_is_asked_about",
                condition=Q(status__in=UNFINISHED, ask_at__isnull=False, finished_at=None)
                | ~Q(status__in=UNFINISHED) & Q(ask_at=None, finished_at__isnull=False),
            ),
        ]


class Chargeback(Waiting):
    """A payment that the payer's bank took back. `owed` is what the payer still owes for it."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="chargebacks")
    provider_id = models.CharField(max_length=255, unique=True)
    status = models.CharField(max_length=12, default=CHARGEBACK.start)
    amount = models.BigIntegerField()
    owed = models.BigIntegerField()
    reason = models.CharField(max_length=60)
    answer = models.TextField(default="", blank=True)  # what the office told the bank
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # nothing is owed for it any more
    ask_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            waiting_index("chargeback_waiting"),
            models.Index(
                fields=["ask_at"], name="chargeback_to_ask", condition=Q(ask_at__isnull=False)
            ),
        ]
        constraints = [
            yen_in_range("chargeback_yen_in_range", "amount", "owed"),
            LegalMoves(
                name="chargeback_moves",
                field="status",
                start=CHARGEBACK.start,
                edges=CHARGEBACK.edges,
            ),
            waits_in("chargeback_waits_with_a_clock", list(OWED)),
            models.CheckConstraint(
                name="chargeback_owed_while_it_stands",
                condition=Q(status__in=OWED, owed__gt=0, owed__lte=F("amount"), closed_at=None)
                | ~Q(status__in=OWED) & Q(owed=0, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="chargeback_undecided_is_asked_about",
                condition=Q(status__in=UNDECIDED, ask_at__isnull=False, decided_at=None)
                | ~Q(status__in=UNDECIDED) & Q(ask_at=None, decided_at__isnull=False),
            ),
        ]


LOOKED_AT = ("confirmed", "refused")


class BankAccounts(models.QuerySet["BankAccount"]):
    def able(self, at: datetime) -> "BankAccounts":
        """Those to which money is sent now."""
        is_free = Q(pays_from=None) | Q(pays_from__lte=at)
        looked_at = HolderCheck.objects.filter(bank=OuterRef("pk"), status="waiting")
        return self.filter(is_free, ~Exists(looked_at), replaced_at=None, refused_at=None)

    def numbered(self) -> "BankAccounts":
        """Those that a file for the bank can name."""
        return self.exclude(sealed="")


class BankAccount(models.Model):
    """Where a person is paid. The number goes to the provider and is not kept here; where there
    is none, it lies sealed in `sealed` (`numbers.py`). `name` is the person's own in kana."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    bank_code = models.CharField(max_length=4)
    branch_code = models.CharField(max_length=3)
    bank_name = models.CharField(max_length=100)
    holder = models.CharField(max_length=48)
    name = models.CharField(max_length=48, default="", db_default="", blank=True)
    sealed = models.TextField(default="", db_default="", blank=True)
    last4 = models.CharField(max_length=4)
    payee = models.CharField(max_length=255)
    token = models.CharField(max_length=255)
    added_at = models.DateTimeField()
    pays_from = models.DateTimeField(null=True)  # null: at once, as it took no other's place
    replaced_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refusal_code = models.CharField(max_length=60, default="", blank=True)

    objects = BankAccounts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                name="bank_account_one_at_a_time",
                condition=Q(replaced_at=None),
            ),
        ]


class HolderCheck(Waiting):
    """An account whose holder is not its owner's own name: somebody of the office looks before
    anything is sent there. `reason` is what its owner says about it."""

    bank = models.OneToOneField(BankAccount, models.PROTECT, related_name="check_of_holder")
    status = models.CharField(max_length=10, default=HOLDER.start)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(default="", blank=True)

    class Meta:
        indexes = [waiting_index("holder_check_waiting")]
        constraints = [
            LegalMoves(name="holder_moves", field="status", start=HOLDER.start, edges=HOLDER.edges),
            waits_in("holder_waits_with_a_clock", ["waiting"]),
            models.CheckConstraint(name="holder_check_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="holder_decided_by_somebody",
                condition=Q(status__in=LOOKED_AT, decided_by__isnull=False)
                | ~Q(status__in=LOOKED_AT) & Q(decided_by=None),
            ),
        ]


class PayoutBatch(Waiting):
    """Payouts that go to the bank as one file, on one day. The file names accounts, so it lies
    sealed; `sha256` is the fingerprint of its bytes. `total` is whole yen."""

    status = models.CharField(max_length=10, default=BATCH.start)
    transfer_on = models.DateField()
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    sealed = models.TextField(default="", blank=True)
    sha256 = models.CharField(max_length=64, default="", blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer_sha256 = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        indexes = [waiting_index("batch_waiting")]
        constraints = [
            yen_in_range("payout_batch_yen_in_range", "total"),
            LegalMoves(name="batch_moves", field="status", start=BATCH.start, edges=BATCH.edges),
            waits_in("batch_waits_with_a_clock", ["sent"]),
            models.UniqueConstraint(
                fields=["status"], name="batch_one_in_the_making", condition=Q(status="made")
            ),
            models.CheckConstraint(
                name="batch_fits_one_file",
                condition=Q(count__gte=1, count__lte=MOST_ROWS, total__gt=0),
            ),
            models.CheckConstraint(
                name="batch_sent_has_a_file",
                condition=Q(status__in=("made", "cancelled"), sent_at=None)
                | Q(status__in=("sent", "settled"), sent_at__isnull=False) & ~Q(sha256=""),
            ),
        ]


class Payout(Asked):
    """What a person has earned, on its way to that person's bank: by the provider, who is asked
    what became of it, or with a batch, whose answer the bank gives."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    bank = models.ForeignKey(BankAccount, models.PROTECT, related_name="+")
    batch = models.ForeignKey(
        PayoutBatch, models.PROTECT, null=True, related_name="payouts", db_index=False
    )
    provider = models.CharField(max_length=16)
    status = models.CharField(max_length=16, default=PAYOUT.start)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "id"], name="payout_by_account"),
            models.Index(
                fields=["ask_at"], name="payout_to_ask", condition=Q(ask_at__isnull=False)
            ),
        ]
        constraints = [
            yen_in_range("payout_yen_in_range", "amount"),
            LegalMoves(name="payout_moves", field="status", start=PAYOUT.start, edges=PAYOUT.edges),
            models.CheckConstraint(name="payout_of_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="payout_unfinished_is_asked_about",
                condition=Q(status__in=UNFINISHED, finished_at=None, batch=None)
                & Q(ask_at__isnull=False)
                | Q(status__in=UNFINISHED, finished_at=None, ask_at=None, batch__isnull=False)
                | ~Q(status__in=UNFINISHED) & Q(ask_at=None, finished_at__isnull=False),
            ),
            models.UniqueConstraint(fields=["batch", "account"], name="payout_once_in_a_batch"),
            models.CheckConstraint(
                name="payout_cancelled_with_its_batch",
                condition=~Q(status="cancelled") | Q(batch__isnull=False),
            ),
        ]


class PayoutHold(models.Model):
    """Payouts to this person stop: the office wants to look first, or the books differ."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=10)
    reason = models.TextField()
    held_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payout_hold_cause_known", condition=Q(cause__in=HOLD_CAUSES)
            ),
            models.UniqueConstraint(
                fields=["account", "cause"],
                name="payout_hold_once",
                condition=Q(ended_at=None),
            ),
        ]


class WebhookEvent(models.Model):
    """A webhook that was acted on. Its content is not kept: the state is always asked for again."""

    provider = models.CharField(max_length=16)
    event_id = models.CharField(max_length=255)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="webhook_event_once"),
            AppendOnly(name="webhook_event_append_only"),
        ]


class Examination(models.Model):
    """A market passed everything that must be so before real money moves: with which key, secret
    and addresses, as a fingerprint, and in spite of which warnings."""

    fingerprint = models.CharField(max_length=64)
    warnings = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["fingerprint"], name="examination_by_print")]
        constraints = [AppendOnly(name="examination_append_only")]
