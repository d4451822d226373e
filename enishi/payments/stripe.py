"""The port spoken in Stripe's HTTP API by Stripe's own library. The sandbox speaks the same API
under another base URL, so this is the code that runs in both."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe

from enishi.kit import trace

from .provider import Bank, Declined, Forged, Found, Notice, Order, Transfer, Unavailable

TOLERANCE = 300  # seconds that a webhook's signature stays good, in real time
OURS = "enishi"  # the metadata field that carries our reference
KINDS = {
    "checkout.session": "payment",
    "payment_intent": "payment",
    "refund": "refund",
    "payout": "payout",
}
# A definite no from these is about our own balance or a busy object, not about the order itself.
PASSING_CODES = {"balance_insufficient", "lock_timeout", "idempotency_key_in_use", "rate_limit"}
DEFINITE = (400, 402, 404)
PAYMENT_OPTIONS: Any = {
    "customer_balance": {
        "funding_type": "bank_transfer",
        "bank_transfer": {"type": "jp_bank_transfer"},
    }
}


class _Traced(stripe.RequestsClient):
    """Each call names the request or job that makes it. In a header: parameters that differ from
    try to try would break the idempotency key."""

    def request(self, method: str, url: str, headers: Any, *rest: Any, **more: Any) -> Any:
        named = {**(headers or {}), trace.HEADER: trace.current()}
        return super().request(method, url, named, *rest, **more)


class Stripe:
    def __init__(self, *, url: str, key: str, webhook_secret: str, patience: float) -> None:
        self.is_live = key.partition("_")[2].startswith("live")
        self.secrets = [one.strip() for one in webhook_secret.split(",") if one.strip()]
        self.client = stripe.StripeClient(
            key,
            base_addresses={"api": url},
            # Never a second call on its own: our sweep repeats, with the key it has committed.
            max_network_retries=0,
            http_client=_Traced(timeout=patience),
        ).v1

    def open_payment(self, order: Order) -> Found:
        """A hosted page for one payment. It has a customer of its own, so that a bank transfer gets
        an account number of its own: every yen belongs to one purpose."""
        line: Any = {
            "quantity": 1,
            "price_data": {
                "currency": "jpy",
                "unit_amount": order.amount,
                "product_data": {"name": order.description},
            },
        }
        params: Any = {
            "mode": "payment",
            "line_items": [line],
            "locale": "en" if order.language == "en" else "ja",
            "payment_method_types": ["card", "customer_balance"],
            "payment_method_options": PAYMENT_OPTIONS,
            "success_url": order.return_url,
            "cancel_url": order.return_url,
            "client_reference_id": order.reference,
            "metadata": {OURS: order.reference},
            "payment_intent_data": {"metadata": {OURS: order.reference}},
        }
        with _answers():
            customer = self.client.customers.create(
                params={"email": order.email},
                options={"idempotency_key": f"{order.key}-customer"},
            )
            session = self.client.checkout.sessions.create(
                params=params | {"customer": customer.id},
                options={"idempotency_key": order.key},
            )
        return _found(session)

    def payment(self, name: str) -> Found:
        with _answers():
            return _found(self._session(name))

    def _session(self, name: str) -> stripe.checkout.Session:
        return self.client.checkout.sessions.retrieve(name, params={"expand": ["payment_intent"]})

    def cancel_payment(self, name: str) -> Found:
        """Close the page, or stop waiting for a transfer. What cannot be stopped stays as it is."""
        with _answers():
            session = self._session(name)
            intent: Any = session.payment_intent
            try:
                if session.status == "open":
                    self.client.checkout.sessions.expire(name)
                elif intent and intent.status == "requires_action":
                    self.client.payment_intents.cancel(intent.id)
            except stripe.InvalidRequestError:
                pass  # paid or closed in this very moment: the answer below says which
            return _found(self._session(name))

    def refund(
        self, *, charge: str, amount: int, key: str, reference: str, again: bool
    ) -> Transfer:
        with _answers():
            done: Any = None
            if again:
                others = self.client.refunds.list(params={"payment_intent": charge, "limit": 100})
                done = _ours(others.data, reference)
            done = done or self.client.refunds.create(
                params={
                    "payment_intent": charge,
                    "amount": amount,
                    "metadata": {OURS: reference},
                },
                options={"idempotency_key": key},
            )
        return _refund(done)

    def refund_state(self, name: str) -> Transfer:
        with _answers():
            return _refund(self.client.refunds.retrieve(name))

    def add_bank(
        self, *, payee: str, email: str, bank: str, branch: str, holder: str, number: str, key: str
    ) -> Bank:
        """A connected account for the payee, once; the bank account becomes its default."""
        account: Any = {
            "object": "bank_account",
            "country": "JP",
            "currency": "jpy",
            "account_holder_name": holder,
            "account_number": number,
            "routing_number": bank + branch,
        }
        with _answers():
            if not payee:
                owner = self.client.accounts.create(
                    params={
                        "type": "custom",
                        "country": "JP",
                        "email": email,
                        "capabilities": {"transfers": {"requested": True}},
                    },
                    options={"idempotency_key": f"{key}-payee"},
                )
                payee = owner.id
            added: Any = self.client.accounts.external_accounts.create(
                payee,
                params={"external_account": account, "default_for_currency": True},
                options={"idempotency_key": key},
            )
        return Bank(payee=payee, token=added.id, name=added.bank_name or "", last4=added.last4)

    def pay_out(
        self, *, payee: str, token: str, amount: int, key: str, reference: str, again: bool
    ) -> Transfer:
        """From our balance to the payee's, from there to the bank."""
        with _answers():
            moved = self._moved(reference) if again else None
            if moved is None:
                self.client.transfers.create(
                    params={
                        "amount": amount,
                        "currency": "jpy",
                        "destination": payee,
                        "transfer_group": reference,
                        "metadata": {OURS: reference},
                    },
                    options={"idempotency_key": f"{key}-transfer"},
                )
            sent: Any = None
            if again:
                others = self.client.payouts.list(
                    params={"limit": 100}, options={"stripe_account": payee}
                )
                sent = _ours(others.data, reference)
            sent = sent or self.client.payouts.create(
                params={
                    "amount": amount,
                    "currency": "jpy",
                    "destination": token,
                    "metadata": {OURS: reference},
                },
                options={"idempotency_key": f"{key}-payout", "stripe_account": payee},
            )
        return _payout(sent)

    def _moved(self, reference: str) -> Any:
        found = self.client.transfers.list(params={"transfer_group": reference, "limit": 1})
        return found.data[0] if found.data else None

    def payout_state(self, *, payee: str, name: str) -> Transfer:
        with _answers():
            return _payout(self.client.payouts.retrieve(name, options={"stripe_account": payee}))

    def take_back(self, *, reference: str, key: str) -> None:
        """A sum that the bank refused lies in the payee's balance; it returns to ours, once."""
        with _answers():
            moved = self._moved(reference)
            if moved and not moved.reversed:
                self.client.transfers.reversals.create(
                    moved.id, options={"idempotency_key": f"{key}-back"}
                )

    def notice(self, body: bytes, signature: str) -> Notice:
        event = self._verified(body, signature)
        try:
            subject = event["data"]["object"]
            about = {"id": str(event["id"]), "name": str(event["type"])}
        except (KeyError, TypeError):
            raise Forged("not an event") from None
        reference = str((subject.get("metadata") or {}).get(OURS, ""))
        kind = KINDS.get(subject.get("object", ""), "")
        if not reference or bool(event.get("livemode")) != self.is_live:
            kind = ""  # another program's, or of the other mode: counted, never acted on
        return Notice(kind=kind, reference=reference, **about)

    def _verified(self, body: bytes, signature: str) -> Any:
        """Any of our secrets will do, so that one can be changed without losing an event."""
        try:
            text = body.decode()
        except UnicodeDecodeError:
            raise Forged("not UTF-8") from None
        for secret in self.secrets:
            try:
                stripe.WebhookSignature.verify_header(text, signature, secret, TOLERANCE)
            except (stripe.SignatureVerificationError, ValueError):
                continue
            return _parsed(text)
        raise Forged("not signed by the provider, or too old")


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Forged("not JSON") from None


@contextmanager
def _answers() -> Iterator[None]:
    """Stripe's errors in the words of the port."""
    try:
        yield
    except stripe.StripeError as error:
        status, code = error.http_status, error.code or ""
        is_no = isinstance(error, stripe.CardError | stripe.InvalidRequestError)
        if is_no and status in DEFINITE and code not in PASSING_CODES:
            raise Declined(code or "refused") from error
        # An answer that ended the call: its key is spent, the next attempt takes a new one.
        ended = code == "balance_insufficient" or isinstance(error, stripe.IdempotencyError)
        is_over = (status or 0) >= 500 or (ended and status == 400)
        raise Unavailable(str(error), answered=is_over) from error


def _ours(objects: list[Any], reference: str) -> Any:
    """The one of these that carries our reference: an earlier attempt had its effect after all."""
    return next((one for one in objects if getattr(one.metadata, OURS, "") == reference), None)


def _refund(refund: Any) -> Transfer:
    status = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}
    code = refund.failure_reason or "" if hasattr(refund, "failure_reason") else ""
    return Transfer(refund.id, status.get(refund.status or "", "sent"), code)


def _payout(payout: Any) -> Transfer:
    status = {"paid": "succeeded", "failed": "failed", "canceled": "failed"}
    return Transfer(payout.id, status.get(payout.status, "sent"), payout.failure_code or "")


def _found(session: Any) -> Found:
    """A session and its newest intent in one word. Before the first try there is no intent."""
    intent: Any = session.payment_intent or None
    if intent is None or isinstance(intent, str):
        return Found(session.id, _status(session, None), amount=0, page=_page(session, None))
    failed_try, code = "", ""
    if error := intent.last_payment_error:
        # Which of these Stripe sends depends on how the try failed.
        failed_try = getattr(error, "charge", None) or intent.latest_charge or intent.id
        code = getattr(error, "decline_code", None) or getattr(error, "code", None) or "declined"
    return Found(
        id=session.id,
        status=_status(session, intent),
        amount=intent.amount_received,
        page=_page(session, intent),
        charge=intent.id,
        failed_try=str(failed_try),
        failure_code=str(code),
    )


def _status(session: Any, intent: Any) -> str:
    if session.payment_status == "paid":
        return "succeeded"
    if session.status == "open":
        return "requires_payment"
    if (
        session.status == "complete"
        and intent
        and intent.status in ("processing", "requires_action")
    ):
        return "processing"
    # Expired, or a slow payment that failed: this page cannot be paid on any more.
    return "cancelled"


def _page(session: Any, intent: Any) -> str:
    if session.url:
        return str(session.url)
    action = intent.next_action if intent else None
    if action and action.type == "display_bank_transfer_instructions":
        return str(action.display_bank_transfer_instructions.hosted_instructions_url)
    return ""
