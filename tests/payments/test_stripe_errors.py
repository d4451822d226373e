"""docs/stripe.md says what we make of Stripe's errors: each of its rows is played."""

from dataclasses import replace

import httpx
import pytest

import sandbox
from enishi.payments import provider as port

from .conftest import Provider
from .stripe_bench import ORDER, Bench
from .stripe_page import CALLS, rows, said

RAISED = (port.Unavailable, port.Declined)


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    with (
        sandbox.running(data=tmp_path_factory.mktemp("bench"), settle_after=600) as box,
        httpx.Client(
            base_url=box.url,
            headers={"authorization": f"Bearer {box.key}"},
            trust_env=False,
            verify=False,
        ) as http,
    ):
        there = {"url": box.url, "key": box.key, "webhook_secret": box.webhook_secret}
        yield Bench(Provider(http, box.webhook_secret), there)


# What of the adapter makes each call, and, where it makes others first, how the address ends.
ACTS = {
    "POST /v1/customers": lambda b: b.opens(),
    "POST /v1/checkout/sessions": lambda b: b.opens(),
    "GET /v1/checkout/sessions/{id}": lambda b: b.there.payment(b.paid.id),
    "GET /v1/customers/{id}/cash_balance_transactions": lambda b: b.there.payment(b.waiting.id),
    "POST /v1/refunds": lambda b: b.refunds(),
    "GET /v1/refunds": lambda b: b.refunds(again=True),
    "GET /v1/refunds/{id}": lambda b: b.there.refund_state(b.refunds().id),
    "POST /v1/accounts": lambda b: b.adds_bank(),
    "POST /v1/accounts/{id}/external_accounts": lambda b: b.adds_bank(payee=b.bank.payee),
    "POST /v1/transfers": lambda b: b.pays_out(),
    "GET /v1/transfers": lambda b: b.pays_out(again=True),
    "POST /v1/transfers/{id}/reversals": lambda b: b.takes_back(b.stranded),
    "POST /v1/payouts": lambda b: b.pays_out(),
    "GET /v1/payouts": lambda b: b.pays_out(again=True),
    "GET /v1/payouts/{id}": lambda b: b.there.payout_state(payee=b.bank.payee, name=b.payout.id),
    "GET /v1/disputes/{id}": lambda b: b.there.complaint(b.complaint),
    "POST /v1/disputes/{id}": lambda b: b.answers(b.complains()),
    "GET /v1/balance": lambda b: b.there.holdings(),
    "GET /v1/balance_transactions": lambda b: list(b.there.movements(None)),
}
# Asked only by the examination before going live; and those whose no is an answer (see below).
EXAMINED = {
    "GET /v1/account",
    "GET /v1/webhook_endpoints",
    "GET /v1/payment_intents",
    "GET /v1/accounts",
    "GET /v1/checkout/sessions",
    "GET /v1/customers",
    "GET /v1/disputes",
    "GET /v1/subscriptions",
}
SWALLOWED = {"POST /v1/checkout/sessions/{id}/expire", "POST /v1/payment_intents/{id}/cancel"}
ANY = [(said(error)[0], raised) for error, raised in rows("Errors of any call")]


def test_every_call_of_the_table_is_made_by_some_act():
    assert set(ACTS) | EXAMINED | SWALLOWED == set(CALLS)


def play(bench, error, call):
    """Arrange that the next such call meets this error; gives the adapter that meets it."""
    bench.stranded = bench.strands() if "reversals" in call else ""
    method, path = call.split(" ")
    path = path.partition("/{id}")[0]
    name, *facts = error.split(" ")
    if error == "no connection":
        return bench.adapter(url="http://127.0.0.1:9")
    if name.isdigit():
        facts = dict(zip(("status", "kind", "code"), (name, *facts), strict=False))
        bench.provider.shape("refuse", path, method, **facts)
    else:
        bench.provider.shape(name, path, method, seconds="0.3")
    return bench.adapter(patience=0.15 if name.startswith("time_out") else 5)


@pytest.mark.parametrize(("error", "raised"), ANY, ids=[error for error, _ in ANY])
@pytest.mark.parametrize("call", list(ACTS))
def test_an_error_of_any_call_is_raised_in_the_words_of_the_port(bench, call, error, raised):
    usual, bench.there = bench.there, play(bench, error, call)
    try:
        with pytest.raises(RAISED) as told:
            ACTS[call](bench)
    finally:
        bench.there = usual
        bench.provider.http.post("/_control/shapes/none")

    assert type(told.value).__name__ == said(raised)[0]
    if isinstance(told.value, port.Unavailable):
        assert told.value.answered == ("answered" in raised)
    else:
        assert told.value.code == error.split(" ")[2]


def too_small(b):
    b.opens(amount=10)


def another_sum(b):
    b.there.open_payment(replace(ORDER, key="same"))
    b.there.open_payment(replace(ORDER, key="same", amount=500))


def paid_in_this_moment(b):
    """Between our question and our call: the call is refused, and the answer after it says why."""
    opened = b.opens()
    call = "/v1/checkout/sessions/"
    b.provider.shape("refuse", f"{call}{opened.id}/expire")
    return b.there.cancel_payment(opened.id).status


def came_in_this_moment(b):
    waiting = b.pays("pm_jp_bank_transfer")
    b.provider.shape(
        "refuse",
        f"/v1/payment_intents/{waiting.charge}/cancel",
        code="payment_intent_unexpected_state",
    )
    return b.there.cancel_payment(waiting.id).status


def all_went_back(b):
    paid = b.pays("pm_card_visa")
    for _ in range(2):
        facts = {"charge": paid.charge, "amount": 9_979, "reference": "all"}
        b.there.refund(**facts, key=next(b.keys), again=False)


def reversed_before(b):
    stranded = b.strands()
    for _ in range(2):
        b.takes_back(stranded)


def answered_before(b):
    complaint = b.complains()
    for _ in range(2):
        b.answers(complaint)


def lacks_the_right(b):
    b.provider.shape("refuse", "/v1/transfers", "GET", status="403", code="more_permissions")
    return ", ".join(b.there.standing().unreadable)


ONE = {
    "the sum is too small": too_small,
    "the same key with another sum": another_sum,
    "it was paid in this moment": paid_in_this_moment,
    "the transfer came in this moment": came_in_this_moment,
    "more than is left of the payment": lambda b: b.refunds(amount=99_999),
    "all of it went back before": all_went_back,
    "of a transfer, more than lies there": lambda b: b.refunds_transfer(),
    "the bank is none": lambda b: b.adds_bank(bank="XXXX"),
    "the number is none": lambda b: b.adds_bank("123"),
    "our balance is too small": lambda b: b.pays_out(amount=9_999_999),
    "it was reversed before": reversed_before,
    "the bank account is another payee's": lambda b: b.pays_out(token=b.others.token),
    "the payout is another payee's": lambda b: b.there.payout_state(
        payee=b.others.payee, name=b.payout.id
    ),
    "it was answered before": answered_before,
    "the key is none of theirs": lambda b: b.adapter(key="sk_test_other").standing(),
    "the key lacks the right": lacks_the_right,
}
SINGLE = rows("Errors of one call")
GIVES = {
    "it was paid in this moment": "requires_payment",  # the answer after it says which
    "the transfer came in this moment": "processing",
    "the key lacks the right": "Transfers",
}


def test_every_error_of_one_call_is_played():
    assert [case for _, case, _ in SINGLE] == list(ONE)
    assert {said(call)[0] for call, _, _ in SINGLE} <= set(CALLS)


@pytest.mark.parametrize(("case", "raised"), [(case, raised) for _, case, raised in SINGLE])
def test_an_error_of_one_call_is_raised_in_the_words_of_the_port(bench, case, raised):
    kind, _, rest = raised.partition(" ")
    if kind.startswith("nothing"):
        assert ONE[case](bench) == GIVES.get(case)
        return
    with pytest.raises(RAISED) as told:
        ONE[case](bench)

    assert f"`{type(told.value).__name__}`" == kind
    if isinstance(told.value, port.Declined):
        assert rest == told.value.code
    else:
        assert (rest == "answered") == told.value.answered
