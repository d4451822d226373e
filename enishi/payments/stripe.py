"""The port spoken in Stripe's HTTP API by Stripe's own library. The sandbox speaks the same API
under another base URL, so this is the code that runs in both."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import stripe

from enishi.kit import trace

from . import stripe_cash as cash
from . import stripe_shapes as shapes
from . import stripe_standing as standing
from .provider import (
    Bank,
    Complaint,
    Declined,
    Forged,
    Found,
    Movement,
    Notice,
    Order,
    Standing,
    Transfer,
    Unavailable,
)

TOLERANCE = 300  # seconds that a webhook's signature stays good, in real time
KINDS = {
    "checkout.session": "payment",
    "payment_intent": "payment",
    "refund": "refund",
    "payout": "payout",
    "dispute": "chargeback",
    "customer_cash_balance_transaction": "transfer",
}
# Objects that carry no reference of ours: which of their fields tells whom the event concerns.
NAMED_BY = {"chargeback": "id", "transfer": "customer"}
LONGEST_ID = 255  # characters, by their own word
WHOLE = ["payment_intent", "payment_intent.payment_method"]
PAGE = 100
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
        self.key = key
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
            "metadata": {shapes.OURS: order.reference},
            # Taken at once: what is only authorised expires, and nobody would work for it.
            "payment_intent_data": {
                "capture_method": "automatic",
                "metadata": {shapes.OURS: order.reference},
            },
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
        return shapes.payment(session)

    def payment(self, name: str) -> Found:
        with _answers():
            return self._found(self._session(name))

    def _session(self, name: str) -> stripe.checkout.Session:
        return self.client.checkout.sessions.retrieve(name, params={"expand": WHOLE})

    def _found(self, session: stripe.checkout.Session) -> Found:
        """What came by bank transfer stands in another account, which is asked only then."""
        found = shapes.payment(session)
        if not found.customer or not shapes.is_by_transfer(session):
            return found
        came = cash.counted(self.client, found.customer)
        return replace(found, arrived=came.arrived, returned=came.returned)

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
            return self._found(self._session(name))

    def refund(
        self, *, charge: str, amount: int, key: str, reference: str, again: bool
    ) -> Transfer:
        with _answers():
            done: Any = None
            if again:
                others = self.client.refunds.list(params={"payment_intent": charge, "limit": 100})
                done = shapes.ours(others.data, reference)
            done = done or self.client.refunds.create(
                params={
                    "payment_intent": charge,
                    "amount": amount,
                    "metadata": {shapes.OURS: reference},
                },
                options={"idempotency_key": key},
            )
        return shapes.refund(done)

    def refund_transfer(
        self, *, customer: str, amount: int, key: str, reference: str, again: bool
    ) -> Transfer:
        """What a payer's bank sent and no payment took goes back to that bank."""
        with _answers():
            done = cash.sent_back(self.client, customer, reference) if again else None
            done = done or self.client.refunds.create(
                params={
                    "customer": customer,
                    "origin": "customer_balance",
                    "amount": amount,
                    "currency": "jpy",
                    "metadata": {shapes.OURS: reference},
                },
                options={"idempotency_key": key},
            )
        return shapes.refund(done)

    def refund_state(self, name: str) -> Transfer:
        with _answers():
            return shapes.refund(self.client.refunds.retrieve(name))

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
                        "metadata": {shapes.OURS: reference},
                    },
                    options={"idempotency_key": f"{key}-transfer"},
                )
            sent: Any = None
            if again:
                others = self.client.payouts.list(
                    params={"limit": 100}, options={"stripe_account": payee}
                )
                sent = shapes.ours(others.data, reference)
            sent = sent or self.client.payouts.create(
                params={
                    "amount": amount,
                    "currency": "jpy",
                    "destination": token,
                    "metadata": {shapes.OURS: reference},
                },
                options={"idempotency_key": f"{key}-payout", "stripe_account": payee},
            )
        return shapes.payout(sent)

    def _moved(self, reference: str) -> Any:
        found = self.client.transfers.list(params={"transfer_group": reference, "limit": 1})
        return found.data[0] if found.data else None

    def payout_state(self, *, payee: str, name: str) -> Transfer:
        with _answers():
            return shapes.payout(
                self.client.payouts.retrieve(name, options={"stripe_account": payee})
            )

    def take_back(self, *, reference: str, key: str) -> None:
        """A sum that the bank refused lies in the payee's balance; it returns to ours, once."""
        with _answers():
            moved = self._moved(reference)
            if moved and not moved.reversed:
                self.client.transfers.reversals.create(
                    moved.id,
                    params={"metadata": {shapes.OURS: reference}},
                    options={"idempotency_key": f"{key}-back"},
                )

    def complaint(self, name: str) -> Complaint:
        with _answers():
            return shapes.complaint(self.client.disputes.retrieve(name))

    def answer_complaint(self, name: str, *, text: str, key: str) -> Complaint:
        """Our side of it, once: what is submitted goes to the bank and is final."""
        evidence: Any = {"uncategorized_text": text}
        with _answers():
            answered = self.client.disputes.update(
                name,
                params={"evidence": evidence, "submit": True},
                options={"idempotency_key": key},
            )
        return shapes.complaint(answered)

    def movements(self, since: datetime | None) -> Iterator[Movement]:
        """Every line of our balance there since a moment in real time, newest first."""
        params: Any = {"limit": PAGE, "expand": ["data.source"]}
        if since is not None:
            params["created"] = {"gte": int(since.timestamp())}
        while True:
            with _answers():
                page = self.client.balance_transactions.list(params=params)
            yield from map(shapes.movement, page.data)
            if not page.has_more or not page.data:
                return
            params["starting_after"] = page.data[-1].id

    def holdings(self) -> int:
        """What lies in our balance there, on its way in included. Yen."""
        with _answers():
            balance = self.client.balance.retrieve()
        return sum(
            one.amount for one in (*balance.available, *balance.pending) if one.currency == "jpy"
        )

    def standing(self) -> Standing:
        """What we are there, and what our key may do: read only. Raises Declined when the key is
        none of theirs."""
        with _answers():
            try:
                return standing.examined(self.client, self.key)
            except stripe.AuthenticationError:
                raise Declined("api_key_invalid") from None

    def notice(self, body: bytes, signature: str) -> Notice:
        event = self._verified(body, signature)
        try:
            subject = event["data"]["object"]
            about = {"id": str(event["id"]), "name": str(event["type"])}
            kind = KINDS.get(subject.get("object", ""), "")
            reference = str((subject.get("metadata") or {}).get(shapes.OURS, ""))
            if kind in NAMED_BY:
                reference = str(subject.get(NAMED_BY[kind]) or "")
        except (KeyError, TypeError, AttributeError):
            raise Forged("not an event") from None
        if len(about["id"]) > LONGEST_ID or "\0" in "".join((*about.values(), reference)):
            raise Forged("not an event")
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
