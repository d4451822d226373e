"""A payment in three phases: the intent is committed, the provider is called outside any
transaction, the result is committed. Whatever falls in between is finished by the sweep."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from enishi.accounts.models import Account
from enishi.escrow import commands as escrow
from enishi.events.journal import record
from enishi.kit.errors import Refused
from enishi.kit.failpoints import failpoint
from enishi.payments import connection, policy, provider
from enishi.payments.lifecycle import PAYMENT, PAYMENT_OPEN, PAYMENT_STANDING
from enishi.payments.models import Payment

from . import arriving
from .asking import ask_later

PAYABLE = ("requires_payment", "processing")
RESULT_FIELDS = [
    "status",
    "provider_id",
    "hosted_url",
    "charge",
    "failed_try",
    "failure_code",
    "customer",
    "settled_at",
    "ask_at",
]
NEVER_OPENED = provider.Found(id="", status="cancelled", amount=0, page="")
ROUNDS = 3  # a standing payment may turn out to be closed, or to ask for another amount


def begin(
    purpose_kind: str,
    purpose_id: int,
    amount: int,
    *,
    payer: Account,
    at: datetime,
    return_url: str,
    description: str = "Enishi",
) -> Payment:
    """The payer is to be sent to `hosted_url`. Asking again leads to the same page, where a failed
    card may be tried again; `{payment}` in `return_url` becomes the payment's id."""
    if not policy.is_payable(amount):
        raise Refused.because("payment.amount_out_of_range", least=policy.LEAST, most=policy.MOST)
    wish = Payment(
        purpose_kind=purpose_kind,
        purpose_id=purpose_id,
        amount=amount,
        payer=payer,
        provider=connection.name(),
        description=description[:200],
        return_url=return_url,
        created_at=at,
        ask_at=at + policy.ABANDONED_AFTER,
    )
    try:
        return _begin(wish, at=at)
    except provider.Unavailable:
        raise Refused.because("payment.provider_unavailable") from None
    except provider.Declined as declined:
        raise Refused.because("payment.provider_declined", reason=declined.code) from None


def _begin(wish: Payment, *, at: datetime) -> Payment:
    for _ in range(ROUNDS):
        payment = _standing(wish) or _intend(wish)
        if payment is None:
            continue  # another request was faster; its payment stands now
        if payment.status == "succeeded":
            break
        failpoint("payments.intended")
        payment = settle(payment.pk, at=at)
        if payment.status in PAYMENT_OPEN and payment.amount != wish.amount:
            payment = _close(payment, at=at)
        elif payment.status == "failed":
            payment = _retry(payment.pk)
        has_page = payment.status in PAYABLE and payment.hosted_url
        if has_page and payment.amount == wish.amount:
            return payment
        if payment.status != "cancelled":
            break
    raise Refused("payment", "begin", payment.status if payment else "created")


def _standing(wish: Payment) -> Payment | None:
    return Payment.objects.filter(
        purpose_kind=wish.purpose_kind, purpose_id=wish.purpose_id, status__in=PAYMENT_STANDING
    ).first()


def _intend(wish: Payment) -> Payment | None:
    """Phase one. None: somebody else's intent for the same purpose was committed just before."""
    fresh = {field.attname: getattr(wish, field.attname) for field in wish._meta.concrete_fields}
    del fresh["id"], fresh["key"]
    try:
        with transaction.atomic():
            return Payment.objects.create(**fresh)
    except IntegrityError:
        return None


def settle(payment_id: int, *, at: datetime) -> Payment:
    """Ask the provider what became of a payment, and book it. Webhook, sweep and return page all
    come here; it may be called at any time, any number of times."""
    payment = Payment.objects.select_related("payer").get(pk=payment_id)
    if payment.status not in PAYMENT_OPEN:
        return payment
    try:
        found = _ask(payment)
        failpoint("payments.asked")
        payment = _book(payment.pk, found, at=at)
        failpoint("payments.booked")
        if payment.unwanted_at and payment.status in PAYMENT_OPEN:
            payment = _close(payment, at=at)
        return payment
    except provider.Unavailable as trouble:
        ask_later(payment, at=at, failed=trouble.answered)
        raise
    except provider.Declined:
        ask_later(payment, at=at, failed=False)
        if not payment.provider_id:
            _book(payment.pk, NEVER_OPENED, at=at)
        raise


def count(payment_id: int, *, at: datetime) -> provider.Found | None:
    """Money came by bank transfer for this payment, whatever had become of it: what the provider
    says of it is booked, and given. None: nothing was ever asked of the provider."""
    payment = Payment.objects.get(pk=payment_id)
    if not payment.provider_id:
        return None
    found = connection.provider().payment(payment.provider_id)
    payment = _book(payment_id, found, at=at)
    if payment.unwanted_at and payment.status in PAYMENT_OPEN:
        _close(payment, at=at)
    return found


@transaction.atomic
def call_off(purpose_kind: str, purposes: Iterable[int], *, at: datetime) -> None:
    """Nobody is to pay for these any more. The next sweep closes the provider's page; what had come
    goes back. Here no payment's lock is waited for by whoever holds a deal's."""
    rows = Payment.objects.filter(
        purpose_kind=purpose_kind, purpose_id__in=purposes, status__in=PAYMENT_OPEN
    )
    ids = list(rows.select_for_update().order_by("id").values_list("pk", flat=True))
    rows.filter(pk__in=ids, unwanted_at=None).update(unwanted_at=at, ask_at=at)


def cancel(purpose_kind: str, purpose_id: int, *, at: datetime) -> Payment | None:
    """Nobody is to pay for this purpose any more: the provider's page is closed. If the money came
    first, it is booked instead."""
    payment = Payment.objects.filter(
        purpose_kind=purpose_kind, purpose_id=purpose_id, status__in=PAYMENT_OPEN
    ).first()
    if payment is None:
        return None
    payment = settle(payment.pk, at=at)
    return _close(payment, at=at) if payment.status in PAYMENT_OPEN else payment


def _close(payment: Payment, *, at: datetime) -> Payment:
    return _book(payment.pk, connection.provider().cancel_payment(payment.provider_id), at=at)


def _ask(payment: Payment) -> provider.Found:
    """Phase two: open it at the provider, or ask about what was opened."""
    there = connection.provider()
    if payment.provider_id:
        return there.payment(payment.provider_id)
    return there.open_payment(_order(payment))


def _order(payment: Payment) -> provider.Order:
    return provider.Order(
        key=policy.attempt_key(payment.key, payment.tries),
        reference=str(payment.key),
        amount=payment.amount,
        description=payment.description,
        email=payment.payer.email,
        language=payment.payer.language,
        return_url=payment.return_url.replace("{payment}", str(payment.pk)),
    )


@transaction.atomic(durable=True)
def _book(payment_id: int, found: provider.Found, *, at: datetime) -> Payment:
    """Phase three. The row's lock makes sure that each change is booked once."""
    payment = (
        Payment.objects.select_for_update(of=("self",)).select_related("payer").get(pk=payment_id)
    )
    if payment.status not in PAYMENT_OPEN:
        _book_late(payment, found, at=at)
        return payment
    payment.provider_id, payment.hosted_url = found.id, found.page
    payment.customer = found.customer or payment.customer
    if payment.status == "created" and found.status != "cancelled":
        payment.status = PAYMENT.after(payment.status, "open")
        payment.save(update_fields=["status"])
    if found.failed_try and found.failed_try != payment.failed_try:
        _fail(payment, found, at=at)
    if found.status == "succeeded":
        _succeed(payment, found, at=at)
    elif found.status == "cancelled":
        payment.status = PAYMENT.after(payment.status, "cancel")
    elif found.status == "processing" and payment.status != "processing":
        payment.status = PAYMENT.after(payment.status, "process")
    is_open = payment.status in PAYMENT_OPEN
    payment.ask_at = policy.ask_next(payment.created_at, at) if is_open else None
    payment.save(update_fields=RESULT_FIELDS)
    if payment.status == "succeeded":
        _tell_settled(payment, at=at)
        arriving.excess(payment, found, at=at)
    elif payment.status == "cancelled":
        arriving.unpaid(payment, found, at=at)
    else:
        arriving.part(payment, found, at=at)
    failpoint("payments.booking")
    return payment


def _book_late(payment: Payment, found: provider.Found, *, at: datetime) -> None:
    """It is over; only a bank transfer may still bring something."""
    if found.customer and not payment.customer:
        payment.customer = found.customer
        payment.save(update_fields=["customer"])
    if payment.status == "succeeded":
        arriving.excess(payment, found, at=at)
    else:
        arriving.unpaid(payment, found, at=at)


def _fail(payment: Payment, found: provider.Found, *, at: datetime) -> None:
    """One try failed. The payer is told, and may try again: the provider said it, perhaps days
    after the payer has left, so it is nobody's own act."""
    payment.status = PAYMENT.after(payment.status, "fail")
    payment.failed_try, payment.failure_code = found.failed_try, found.failure_code
    payment.save(update_fields=["status"])
    facts = {"purpose_kind": payment.purpose_kind, "purpose_id": payment.purpose_id}
    record(
        "payment.failed",
        payment,
        by=None,
        at=at,
        people=[payment.payer],
        amount=payment.amount,
        failure_code=found.failure_code,
        **facts,
    )


def _succeed(payment: Payment, found: provider.Found, *, at: datetime) -> None:
    if found.amount != payment.amount:
        raise AmountDiffers(f"payment {payment.pk}: {payment.amount} asked, {found.amount} paid")
    payment.status = PAYMENT.after(payment.status, "succeed")
    payment.charge, payment.settled_at = found.charge, at
    payment.failure_code = ""


def _tell_settled(payment: Payment, *, at: datetime) -> None:
    """Into escrow first, so that whoever is woken at once may already send it back. Parts that had
    come before stand there already."""
    escrow.fund(
        payment.purpose_kind,
        payment.purpose_id,
        payment.amount - payment.arrived,
        provider=payment.provider,
        at=at,
        idem=f"payment:{payment.key}",
    )
    record(
        "payment.settled",
        payment,
        by=payment.payer,
        at=at,
        people=[payment.payer],
        purpose_kind=payment.purpose_kind,
        purpose_id=payment.purpose_id,
        amount=payment.amount,
    )


@transaction.atomic(durable=True)
def _retry(payment_id: int) -> Payment:
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    if payment.status == "failed":
        payment.status = PAYMENT.after(payment.status, "retry")
        payment.save(update_fields=["status"])
    return payment


class AmountDiffers(provider.Nonsense):
    """The provider took another sum than we asked for. Nothing is booked; a person must look."""
