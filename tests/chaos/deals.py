"""The acts on deals, over HTTP: one is chosen by what a milestone waits for, sometimes by nothing
at all, and sometimes the one before is repeated. Treasurers and the clock act by the commands."""

from collections.abc import Callable
from random import Random
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, InterfaceError
from django.db.models import Max

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Milestone
from enishi.kit import clock
from enishi.kit.days import day_of, days_after
from enishi.kit.errors import Refused
from enishi.office import commands as office
from enishi.payments.models import Chargeback, Payment

from . import people
from .log import ACK, REFUSED, UNKNOWN, Log, Op
from .pages import Pages

WINDOW = 40  # newest deals; older ones are left to the clocks
LIVE = 20  # of them at least are going on
REPEATED, OUT_OF_TURN = 0.08, 0.06
OTHER_PAGE = "error: another page"
GOES_ON = 0.95  # of those whom we led to the provider's page
CLOCK = 0.004  # of one client's acts, the market's clock is moved
TRANSFER = "pm_jp_bank_transfer"
CARDS = {
    "pm_card_visa": 14,
    "pm_card_chargeDeclined": 2,
    "pm_card_slow": 1,
    "pm_card_slow_fail": 1,
    TRANSFER: 3,
}
# By the state of a milestone: what may be done, and how often of a hundred.
TURNS: dict[str, dict[str, int]] = {
    "unfunded": {"fund": 94, "say": 6},
    "funded": {"deliver": 72, "give_back": 8, "dispute": 2, "split": 6, "say": 8},
    "delivered": {"accept": 62, "revise": 20, "split": 6, "dispute": 2, "say": 8},
    "revising": {"deliver": 76, "give_back": 10, "split": 6, "say": 8},
    "held": {"decide": 90, "say": 10},
    "accepted": {"look": 60, "dispute": 2, "decide": 20, "repay": 14},
    "settled": {"look": 60, "dispute": 2, "decide": 20, "repay": 14},
    "refunded": {"look": 60, "decide": 20, "repay": 20},
}
ANY = ("fund", "deliver", "revise", "accept", "give_back", "split", "repay", "decide")


class Deals:
    """One client process: what it does next, and doing it."""

    def __init__(self, log: Log, pages: Pages, seed: str) -> None:
        self.log, self.pages, self.seed = log, pages, seed
        self.last: Callable[[], str] | None = None
        self.sent: tuple[int, str, dict[str, str], str] | None = None

    def step(self) -> str:
        """The next act, by chance and by what stands in the market now; what it was answered."""
        chance = Random(f"{self.seed}:{self.log.client}:{self.log.done}")
        if self.sent and chance.random() < REPEATED:
            return self._again()
        if self.last and chance.random() < REPEATED:
            again, self.last = self.last, None
            return again()
        if self.log.client == 0 and chance.random() < CLOCK:
            return self._advance(chance)
        part = self._some_milestone(chance)
        if part is None:
            return self._hire(chance)
        acts = TURNS.get(part.status, {"look": 1})
        name = chance.choices(list(acts), list(acts.values()))[0]
        if chance.random() < OUT_OF_TURN:
            name = chance.choice(ANY)

        again = chance.random()

        def act() -> str:
            answer: str = getattr(self, f"_{name}")(part, Random(again))
            return answer

        self.last = act
        return act()

    def _some_milestone(self, chance: Random) -> Milestone | None:
        """Of a deal of the newest; None: more people should hire."""
        newest = Contract.objects.aggregate(newest=Max("pk"))["newest"] or 0
        near = Milestone.objects.filter(contract__gt=newest - WINDOW).exclude(status="cancelled")
        live = near.filter(contract__status__in=("agreed", "active"))
        going = set(live.values_list("contract_id", flat=True))
        if len(going) < LIVE:
            return None
        rows = near.select_related("contract").order_by("pk")
        rows = rows.filter(contract=chance.choice(sorted(going))) if chance.random() < 0.9 else rows
        found = list(rows)
        turn = [row for row in found if row.status not in ("accepted", "settled", "refunded")]
        first = turn[:1] if turn and chance.random() < 0.85 else found
        return chance.choice(first) if first else None

    # What the two sides do.

    def _post(self, op: Op, person: int, path: str, **form: str) -> str:
        whole = self.pages.form(**form)
        answer, to = self.pages.post(person, path, whole)
        self.sent = (person, path, whole, to) if answer == ACK else None
        return self.log.end(op, answer)

    def _again(self) -> str:
        """The same form of the same page once more: it leads to the same page."""
        assert self.sent
        (person, path, form, to), self.sent = self.sent, None
        op = self.log.begin("again", path=path)
        answer, found = self.pages.post(person, path, form)
        return self.log.end(op, answer if answer == UNKNOWN or found == to else OTHER_PAGE)

    def _fund(self, part: Milestone, chance: Random) -> str:
        op = self.log.begin("fund", milestone=part.pk)
        person = part.contract.client_id
        answer, page = self.pages.post(person, f"/milestones/{part.pk}/funding/", self.pages.form())
        self.log.end(op, answer)
        if answer == REFUSED:
            return self._unblocked(chance) or answer
        return self._pay(page, chance) if answer == ACK and chance.random() < GOES_ON else answer

    def _pay(self, page: str, chance: Random) -> str:
        method = chance.choices(list(CARDS), list(CARDS.values()))[0]
        op = self.log.begin("pay", method=method)
        answer, found = self.pages.pay(page, method)
        self.log.end(op, answer)
        if answer == ACK and method == TRANSFER:
            return self._transfer(found, chance)
        return answer

    def _transfer(self, page: dict[str, Any], chance: Random) -> str:
        """The bank transfer arrives: whole, too much, or a part and perhaps the rest."""
        whole, answer = page["amount_total"], ACK
        first = int(whole * chance.choice((0.4, 1, 1, 1.2)))
        for amount in (first, whole - first if chance.random() < 0.7 else 0):
            if amount > 0:
                op = self.log.begin("transfer", intent=page["payment_intent"], amount=amount)
                lever = f"payment_intents/{page['payment_intent']}/transfer"
                answer = self.log.end(op, self.pages.lever(lever, amount=str(amount))[0])
        return answer

    def _deliver(self, part: Milestone, chance: Random) -> str:
        op = self.log.begin("deliver", milestone=part.pk)
        path = f"/milestones/{part.pk}/delivery/"
        return self._post(op, part.contract.worker_id, path, body=op.words)

    def _revise(self, part: Milestone, chance: Random) -> str:
        op = self.log.begin("revise", milestone=part.pk)
        path = f"/milestones/{part.pk}/revision/"
        soon = str(day_of(days_after(clock.now(), chance.randrange(1, 7))))
        return self._post(op, part.contract.client_id, path, reason=op.words, due_on=soon)

    def _accept(self, part: Milestone, chance: Random) -> str:
        op = self.log.begin("accept", milestone=part.pk)
        return self._post(op, part.contract.client_id, f"/milestones/{part.pk}/acceptance/")

    def _give_back(self, part: Milestone, chance: Random) -> str:
        op = self.log.begin("give_back", milestone=part.pk)
        path = f"/milestones/{part.pk}/refund/"
        return self._post(op, part.contract.worker_id, path, reason=op.words)

    def _say(self, part: Milestone, chance: Random) -> str:
        op = self.log.begin("say", thread=part.contract.thread_id)
        person = chance.choice((part.contract.client_id, part.contract.worker_id))
        path = f"/messages/{part.contract.thread_id}/entries/"
        answer, _ = self.pages.post(person, path, self.pages.form(body=op.words))
        return self.log.end(op, answer)

    def _look(self, part: Milestone, chance: Random) -> str:
        deal = part.contract
        person = chance.choice((deal.client_id, deal.worker_id))
        path = chance.choice((f"/contracts/{deal.pk}/", "/contracts/", "/statements/"))
        op = self.log.begin("look", path=path)
        return self.log.end(op, self.pages.get(person, path))

    # What the bank does, and what the payer then owes.

    def _dispute(self, part: Milestone, chance: Random) -> str:
        paid = Payment.objects.filter(
            purpose_kind="milestone", purpose_id=part.pk, status="succeeded"
        )
        charge = paid.values_list("charge", flat=True).first()
        if charge is None or Chargeback.objects.filter(payment__charge=charge).exists():
            return self._look(part, chance)
        op = self.log.begin("dispute", charge=charge)
        answer, _ = self.pages.lever(f"payment_intents/{charge}/dispute")
        return self.log.end(op, answer)

    def _decide(self, part: Milestone, chance: Random) -> str:
        return self._decided(chance) or self._look(part, chance)

    def _decided(self, chance: Random) -> str:
        """A complaint that the bank has to decide, by all we know; empty: there is none."""
        open_ones = Chargeback.objects.filter(status__in=("open", "answered")).order_by("pk")
        names = list(open_ones.values_list("provider_id", flat=True))
        if not names:
            return ""
        name = chance.choice(names)
        outcome = chance.choice(("won", "lost"))
        op = self.log.begin("decide", dispute=name, outcome=outcome)
        answer, _ = self.pages.lever(f"disputes/{name}/decide", outcome=outcome)
        return self.log.end(op, answer)

    def _repay(self, part: Milestone, chance: Random) -> str:
        lost = Chargeback.objects.filter(status="lost").select_related("payment").order_by("pk")
        owed = lost.filter(payment__payer=part.contract.client_id).first() or lost.first()
        if owed is None:
            return self._look(part, chance)
        if chance.random() < 0.3:
            return self._by_two("write_off", owed.pk)
        op = self.log.begin("repay", chargeback=owed.pk)
        path = f"/chargebacks/{owed.pk}/repayment/"
        answer, page = self.pages.post(owed.payment.payer_id, path, self.pages.form())
        self.log.end(op, answer)
        return self._pay(page, chance) if answer == ACK else answer

    # What people of the market do, by the commands.

    def _split(self, part: Milestone, chance: Random) -> str:
        return self._by_two("split", part.pk, part=chance.randrange(part.amount + 1))

    def _by_two(self, kind: str, subject: int, **facts: Any) -> str:
        op = self.log.begin(kind, subject=subject, **facts)
        nao, kei = (Account.objects.get(name=name) for name in ("Nao", "Kei"))

        def both() -> None:
            at = clock.now()
            act = office.propose(kind, subject, by=nao, at=at, reason=op.words, facts=facts)
            office.approve(act.pk, by=kei, at=clock.now())

        return self.log.end(op, _outcome(both))

    def _hire(self, chance: Random) -> str:
        op = self.log.begin("hire")
        answer = self.log.end(op, _outcome(lambda: people.hire(chance)))
        return (answer == REFUSED and self._unblocked(chance)) or answer

    def _unblocked(self, chance: Random) -> str:
        """Whoever owes something may neither hire nor fund: the bank decides, or it is given up."""
        lost = Chargeback.objects.filter(status="lost").order_by("pk").first()
        return self._decided(chance) or (self._by_two("write_off", lost.pk) if lost else "")

    def _advance(self, chance: Random) -> str:
        op = self.log.begin("advance")
        return self.log.end(op, _outcome(lambda: clock.advance(people.a_while(chance))))


def _outcome(act: Callable[[], object]) -> str:
    """Of a command. Whatever the database did not answer is unknown."""
    try:
        act()
    except (Refused, ObjectDoesNotExist):
        return REFUSED
    except (DatabaseError, InterfaceError):
        return UNKNOWN
    return ACK
