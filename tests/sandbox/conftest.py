"""One sandbox for a file of tests, spoken to over real HTTP, and a listener for its webhooks."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

import sandbox


class Api(httpx.Client):
    def __init__(self, box):
        super().__init__(
            base_url=box.url,
            headers={"authorization": f"Bearer {box.key}"},
            trust_env=False,
            verify=False,  # plain HTTP on loopback: reading the authorities would be the slow part
        )
        self.box = box

    def session(self, amount=9_979, **more):
        """An open Checkout Session, as the market asks for it."""
        form = {
            "mode": "payment",
            "customer": self.post("/v1/customers").json()["id"],
            "success_url": "http://localhost:1/back/",
            "cancel_url": "http://localhost:1/back/",
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "jpy",
            "line_items[0][price_data][unit_amount]": str(amount),
            "line_items[0][price_data][product_data][name]": "道の駅の記事 / 第1回",
            "payment_method_types[0]": "card",
            "payment_method_types[1]": "customer_balance",
            "payment_method_options[customer_balance][funding_type]": "bank_transfer",
            "payment_method_options[customer_balance][bank_transfer][type]": "jp_bank_transfer",
        }
        answer = self.post("/v1/checkout/sessions", data=form | more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def intent_of(self, session):
        path = f"/v1/checkout/sessions/{session['id']}?expand[0]=payment_intent"
        return self.get(path).json()["payment_intent"]

    def intent(self, amount=500, **more):
        form = {"amount": str(amount), "currency": "jpy"} | more
        return self.post("/v1/payment_intents", data=form).json()

    def paid(self, amount=500):
        return self.intent(amount, confirm="true", payment_method="pm_card_visa")


@pytest.fixture(scope="module")
def box(tmp_path_factory):
    with sandbox.running(data=tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def api(box):
    with Api(box) as client:
        yield client


class Listener(ThreadingHTTPServer):
    """Keeps what it was sent, and answers with the statuses it was given, then with 200."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answering)
        self.heard, self.statuses = [], []
        self.url = f"http://127.0.0.1:{self.server_address[1]}/hook"
        self.came = threading.Condition()

    def wait_for(self, count, seconds=10):
        with self.came:
            assert self.came.wait_for(lambda: len(self.heard) >= count, seconds), self.heard
            return self.heard[:count]

    def names(self):
        return [json.loads(body)["type"] for body, _ in self.heard]


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        with self.server.came:
            self.server.heard.append((body, self.headers["stripe-signature"]))
            status = self.server.statuses.pop(0) if self.server.statuses else 200
            self.server.came.notify_all()
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        """Silent: the tests look at what was heard."""


@pytest.fixture
def listener():
    server = Listener()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
