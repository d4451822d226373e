"""A second opinion on Stripe's shape: localstripe, written by others, is asked the same as the
sandbox. It knows customers, cards, PaymentIntents and refunds; no Checkout Sessions, transfers,
connected accounts or disputes, and no idempotency, so the adapter as a whole cannot run at it.

Made by bin/second_opinion; without it these tests are skipped and say so.
"""

import subprocess
import time
from pathlib import Path

import pytest
import stripe

import sandbox
from enishi.cli import ports

PROGRAM = Path(__file__).parents[2] / ".venv-opinion" / "bin" / "localstripe"
KEY = "sk_test_12345"
PATIENCE = 20.0  # seconds to start

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists(), reason="localstripe is not installed: bin/second_opinion does it"
)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    port = ports.somewhere()
    folder = tmp_path_factory.mktemp("localstripe")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [PROGRAM, "--port", str(port), "--from-scratch"], cwd=folder, stdout=log, stderr=log
        )
        end = time.monotonic() + PATIENCE
        while not ports.answers(port):
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    with sandbox.running(data=tmp_path_factory.mktemp("sandbox"), key=KEY) as box:
        yield box.url


@pytest.fixture(scope="module")
def both(theirs, ours):
    return {"theirs": client(theirs), "ours": client(ours)}


def client(url, key=KEY):
    made = stripe.StripeClient(key, base_addresses={"api": url}, max_network_retries=0)
    return made.v1


def pays(v1, card, **more):
    """A PaymentIntent of 500 yen, confirmed at once with a card."""
    person = v1.customers.create(params={"email": "hana@people.example"})
    wish = {"amount": 500, "currency": "jpy", "customer": person.id, "confirm": True}
    return v1.payment_intents.create(params=wish | {"payment_method": card(v1)} | more)


def card(number, name):
    """Theirs makes a card from its number; ours knows Stripe's own names of test cards."""

    def make(v1):
        try:
            way = {"number": number, "exp_month": 12, "exp_year": 2040, "cvc": "123"}
            return v1.payment_methods.create(params={"type": "card", "card": way}).id
        except stripe.InvalidRequestError:
            return name

    return make


GOOD = card("4242424242424242", "pm_card_visa")
DECLINED = card("4000000000000341", "pm_card_chargeDeclined")
SECURE = card("4000002500003155", "pm_card_authenticationRequired")


def opened(v1):
    return v1.payment_intents.create(params={"amount": 500, "currency": "jpy"})


def refunded(v1, amount):
    paid = pays(v1, GOOD)
    wish = {"payment_intent": paid.id, "amount": amount, "metadata": {"enishi": "r"}}
    return v1.refunds.create(params=wish)


def twice(v1):
    options = {"idempotency_key": "one-key"}
    made = [v1.customers.create(params={"email": "a@b.example"}, options=options) for _ in "ab"]
    return "one" if made[0].id == made[1].id else "two"


SAME = {
    "a customer": lambda v1: bool(v1.customers.create(params={"email": "a@b.example"}).id),
    "a page of customers": lambda v1: len(v1.customers.list(params={"limit": 1}).data),
    "a card": lambda v1: pays(v1, GOOD).status,
    "a card that is declined": lambda v1: pays(v1, DECLINED),
    "3-D Secure": lambda v1: pays(v1, SECURE).status,
    "our reference": lambda v1: pays(v1, GOOD, metadata={"enishi": "x"}).metadata.enishi,
    "the mode": lambda v1: pays(v1, GOOD).livemode,
    "before the first try": lambda v1: opened(v1).status,
    "a cancelled intent": lambda v1: v1.payment_intents.cancel(opened(v1).id).status,
    "asked again": lambda v1: v1.payment_intents.retrieve(pays(v1, GOOD).id).status,
    "a part goes back": lambda v1: refunded(v1, 100).status,
    "a refund's reference": lambda v1: refunded(v1, 100).metadata.enishi,
}
# What they make of it, what we make of it, and why that is right.
OTHERWISE = {
    "more goes back than was paid": (
        lambda v1: refunded(v1, 501).status,
        "succeeded",
        (400, "InvalidRequestError", ""),
        "Stripe refuses it by its documentation; localstripe does not count",
    ),
    "the same key twice": (twice, "two", "one", "localstripe has no idempotency"),
    "an intent that is not there": (
        lambda v1: v1.payment_intents.retrieve("pi_none"),
        (404, "InvalidRequestError", ""),
        (404, "InvalidRequestError", "resource_missing"),
        "the code is in Stripe's list of codes; localstripe leaves it out",
    ),
    "captured by hand": (
        lambda v1: (
            v1.payment_intents.create(
                params={"amount": 500, "currency": "jpy", "capture_method": "manual"}
            ).status
        ),
        "requires_payment_method",
        (400, "InvalidRequestError", "parameter_invalid"),
        "the sandbox refuses on purpose: docs/decisions/0029",
    ),
    "captured when nothing is said": (
        lambda v1: opened(v1).capture_method,
        "automatic_async",
        "automatic",
        "Stripe's default depends on the version, so the adapter always says it",
    ),
    "what has arrived": (
        lambda v1: getattr(pays(v1, GOOD), "amount_received", None),
        None,
        500,
        "localstripe leaves the field out; the library declares it",
    ),
}


def outcome(act, v1):
    try:
        return act(v1)
    except stripe.StripeError as error:
        return (error.http_status, type(error).__name__, error.code or "")


@pytest.mark.parametrize("case", SAME)
def test_both_say_the_same(both, case):
    said = {side: outcome(SAME[case], v1) for side, v1 in both.items()}

    assert said["theirs"] == said["ours"]


@pytest.mark.parametrize("case", OTHERWISE)
def test_where_they_differ_it_is_known_how_and_why(both, case):
    act, theirs, ours, why = OTHERWISE[case]

    assert outcome(act, both["theirs"]) == theirs, why
    assert outcome(act, both["ours"]) == ours, why


def test_a_wrong_key_is_no_key(theirs, ours):
    for url in (theirs, ours):
        with pytest.raises(stripe.AuthenticationError):
            client(url, "nobody's").customers.list()


@pytest.mark.parametrize(
    "act",
    [
        lambda v1: v1.checkout.sessions.create(params={"mode": "payment"}),
        lambda v1: v1.transfers.list(),
        lambda v1: v1.disputes.list(),
        lambda v1: v1.accounts.create(params={"type": "custom", "country": "JP"}),
        lambda v1: v1.webhook_endpoints.list(),
        lambda v1: v1.customers.cash_balance_transactions.list("cus_none"),
    ],
)
def test_what_they_do_not_know_is_known(both, act):
    """Should one of these begin to answer, there is more to compare."""
    with pytest.raises(stripe.APIError) as told:
        act(both["theirs"])

    assert told.value.http_status == 404
