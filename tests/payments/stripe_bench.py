"""An adapter at a sandbox, with something of each kind at the other side."""

from dataclasses import replace

import pytest

from enishi.payments import provider as port
from enishi.payments.stripe import Stripe

from .test_paying_out import GOOD

ORDER = port.Order(
    key="a-key",
    reference="00000000-0000-4000-8000-000000000000",
    amount=9_979,
    description="An article",
    email="hana@people.example",
    language="en",
    return_url="http://localhost:1/back/",
)


class Bench:
    def __init__(self, provider, there):
        self.provider = provider
        self.url, self.key = str(there["url"]), str(there["key"])
        self.secret = str(there["webhook_secret"])
        self.there = self.adapter()
        self.keys = iter(f"key-{n}" for n in range(10_000))
        self.paid = self.pays("pm_card_visa")
        self.waiting = self.pays("pm_jp_bank_transfer")
        self.bank = self.adds_bank(GOOD)
        self.others = self.adds_bank(GOOD)
        self.payout = self.pays_out()
        self.complaint = self.complains()

    def adapter(self, **changes):
        facts = {"url": self.url, "key": self.key, "webhook_secret": self.secret, "patience": 5}
        return Stripe(**facts | changes)

    def opens(self, **changes):
        return self.there.open_payment(replace(ORDER, key=next(self.keys), **changes))

    def pays(self, method):
        opened = self.opens()
        self.provider.pay_on(opened.id, method)
        return self.there.payment(opened.id)

    def adds_bank(self, number=GOOD, bank="1100", payee=""):
        return self.there.add_bank(
            payee=payee,
            email="ren@people.example",
            bank=bank,
            branch="000",
            holder="レン",
            number=number,
            key=next(self.keys),
        )

    def refunds(self, amount=1, again=False):
        facts = {"charge": self.paid.charge, "amount": amount, "reference": "r"}
        return self.there.refund(**facts, key=next(self.keys), again=again)

    def refunds_transfer(self, amount=1, again=False):
        facts = {"customer": self.waiting.customer, "amount": amount, "reference": "r"}
        return self.there.refund_transfer(**facts, key=next(self.keys), again=again)

    def pays_out(self, amount=1, token="", again=False, reference="p"):
        facts = {"payee": self.bank.payee, "token": token or self.bank.token, "amount": amount}
        return self.there.pay_out(**facts, reference=reference, key=next(self.keys), again=again)

    def strands(self):
        """Money that reached the payee's balance, and whose payout did not begin. Gives our name
        of it."""
        reference, usual = next(self.keys), self.there
        self.there = self.adapter()
        self.provider.shape("refuse", "/v1/payouts", status="429")
        with pytest.raises(port.Unavailable):
            self.pays_out(reference=reference)
        self.there = usual
        return reference

    def takes_back(self, reference):
        self.there.take_back(reference=reference, key=next(self.keys))

    def complains(self):
        lever = f"/_control/payment_intents/{self.paid.charge}/dispute"
        return self.provider.http.post(lever, data={"amount": "1"}).json()["id"]

    def answers(self, complaint):
        return self.there.answer_complaint(complaint, text="Yes.", key=next(self.keys))
