"""A real sandbox over HTTP stands for the provider; nothing of ours is replaced."""

import time
from dataclasses import dataclass

import httpx
import pytest

import sandbox


@dataclass
class Provider:
    """The sandbox as the tests see it: its levers, and what it holds."""

    http: httpx.Client
    webhook_secret: str
    lay_beside: int = 0

    def shape(self, name, path, method="POST", **more):
        form = {"name": name, "path": path, "method": method, "seconds": "1"} | more
        self.http.post("/_control/shapes", data=form).raise_for_status()

    def calls(self, shape):
        """How many calls this shape still waits for."""
        waiting = self.http.get("/_control/shapes").json()["data"]
        return sum(one["times"] for one in waiting if one["name"] == shape)

    def pay(self, payment, card="pm_card_visa"):
        """What the payer does on the hosted page, without telling us."""
        payment.refresh_from_db()
        self.pay_on(payment.provider_id, card)

    def pay_on(self, session, card="pm_card_visa"):
        path = f"/_control/sessions/{session}/pay"
        self.http.post(path, data={"payment_method": card}).raise_for_status()

    def transfer(self, payment, amount):
        """The payer's bank sends this much, in time or not, without telling us."""
        payment.refresh_from_db()
        session = self.http.get(f"/v1/checkout/sessions/{payment.provider_id}").json()
        path = f"/_control/payment_intents/{session['payment_intent']}/transfer"
        self.http.post(path, data={"amount": str(amount)}).raise_for_status()

    def arrive(self):
        """What is on its way arrives."""
        self.http.post("/_control/hurry").raise_for_status()

    def forget_keys(self):
        """A day passes there."""
        self.http.post("/_control/keys/none").raise_for_status()

    def beside(self):
        """What came to lie beside our balance in this test: transfers that no payment took yet."""
        return self.http.get("/_control/cash").json()["held"] - self.lay_beside

    def take_back(self, payment, amount=None):
        """The payer complains to the bank, without telling us. Gives the complaint's name."""
        payment.refresh_from_db()
        form = {"amount": str(amount)} if amount else {}
        path = f"/_control/payment_intents/{payment.charge}/dispute"
        return self.http.post(path, data=form).raise_for_status().json()["id"]

    def decide(self, complaint, outcome):
        path = f"/_control/disputes/{complaint}/decide"
        self.http.post(path, data={"outcome": outcome}).raise_for_status()

    def all(self, path):
        return self.http.get(path).raise_for_status().json()["data"]

    def holds(self):
        return self.http.get("/v1/balance").json()["available"][0]["amount"]


@pytest.fixture(scope="session")
def _box(tmp_path_factory):
    with sandbox.running(data=tmp_path_factory.mktemp("provider"), settle_after=0.4) as box:
        yield box


@pytest.fixture(scope="session")
def _http(_box):
    with _client(_box) as http:
        yield http


@pytest.fixture
def provider(_box, _http, settings):
    return _connected(_box, _http, settings)


@pytest.fixture
def fresh_provider(tmp_path, settings):
    """One that holds nothing yet."""
    with sandbox.running(data=tmp_path) as box, _client(box) as http:
        yield _connected(box, http, settings)


def _client(box):
    headers = {"authorization": f"Bearer {box.key}"}
    return httpx.Client(base_url=box.url, headers=headers, trust_env=False, verify=False)


def _connected(box, http, settings):
    settings.PAYMENT_PROVIDER = {
        "name": "sandbox",
        "url": box.url,
        "key": box.key,
        "webhook_secret": box.webhook_secret,
        "seconds": 8,
    }
    provider = Provider(http, box.webhook_secret)
    provider.lay_beside = provider.beside()
    return provider


@pytest.fixture
def hana(db):
    from tests import make  # models: only once Django is set up

    return make.account("Hana", "client")


@pytest.fixture
def ren(db):
    from tests import make

    return make.account("Ren", "worker")


@pytest.fixture
def wait():
    """Real time passes at the provider."""

    def until(holds, seconds=5.0):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it did not come true"
            time.sleep(0.05)

    return until
