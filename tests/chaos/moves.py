"""The acts on the ledger itself, by its commands, each under a key of its own. Everyone moves money
of the same purposes and people; keys are repeated, and reused for something else."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

from django.db import DatabaseError, InterfaceError, connection

from enishi.escrow import commands as escrow
from enishi.kit import clock
from enishi.kit.errors import Refused

from .log import ACK, REFUSED, UNKNOWN, Log

PURPOSES = 400  # alive at once; the window moves on with the acts
PEOPLE = 64
FIRST_PERSON = 10**9  # nobody's number in the market: no sweep pays them
PROVIDER = "chaos"
REPEATED, REUSED = 0.12, 0.02
CLOCK_EVERY = 200
REUSED_KEY, DEADLOCK = "refused: key reused", "error: deadlock"
VERBS = {
    "fund": 34,
    "release": 18,
    "split": 4,
    "refund": 10,
    "refund_failed": 3,
    "pay_out": 14,
    "payout_failed": 3,
    "charge_back": 5,
    "chargeback_won": 3,
    "recover": 3,
    "write_off": 1,
    "correct": 2,
}


def facts_of(name: str, chance: Random, done: int) -> dict[str, Any]:
    """What an act is about: a purpose of the moving window, a person, an amount."""
    purpose = done * PURPOSES // 4_000 + chance.randrange(PURPOSES)
    person = FIRST_PERSON + chance.randrange(PEOPLE)
    amount = chance.randrange(1, 20_000)
    if name in ("release", "split"):
        fee = amount // 5
        shares = {"net": amount - fee - fee // 10, "fee": fee, "fee_tax": fee // 10}
        return {"purpose": purpose, "to": person, **shares}
    if name in ("pay_out", "payout_failed"):
        return {"person": person, "amount": amount}
    if name in ("charge_back", "chargeback_won", "recover", "write_off"):
        return {"purpose": purpose, "payer": person, "amount": amount}
    if name == "correct":
        direction = [f"own:{purpose % 16}", f"payable:{person}"]
        chance.shuffle(direction)
        return {"purpose": purpose, "amount": amount, "accounts": direction}
    return {"purpose": purpose, "amount": amount}


def perform(name: str, facts: dict[str, Any], *, at: datetime, idem: str) -> object:
    when: dict[str, Any] = {"at": at, "idem": idem}
    if name in ("pay_out", "payout_failed"):
        verb = getattr(escrow, name)
        return verb(facts["person"], facts["amount"], provider=PROVIDER, **when)
    about = ("milestone", facts["purpose"])
    if name in ("release", "split"):
        shares = {one: facts[one] for one in ("to", "net", "fee", "fee_tax")}
        return getattr(escrow, name)(*about, **shares, **when)
    if name == "correct":
        source, into = facts["accounts"]
        return escrow.correct(*about, facts["amount"], source=source, into=into, **when)
    more: dict[str, Any] = {}
    if "payer" in facts:
        more["payer"] = facts["payer"]
    if name not in ("recover", "write_off"):
        more["provider"] = PROVIDER
    return getattr(escrow, name)(*about, facts["amount"], **more, **when)


class Moves:
    """One client process of the ledger."""

    def __init__(self, log: Log, seed: str) -> None:
        self.log, self.seed = log, seed
        self.kept: list[tuple[str, dict[str, Any], str]] = []
        self.at: datetime | None = None  # the database may be away when a client begins

    def step(self) -> str:
        """The next act; what it was answered."""
        done = self.log.done
        chance = Random(f"{self.seed}:{self.log.client}:{done}")
        if self.at is None or done % CLOCK_EVERY == 0:
            self.at = clock.now()
        at = self.at
        if self.kept and chance.random() < REPEATED:
            name, facts, idem = chance.choice(self.kept)
        else:
            name = chance.choices(list(VERBS), list(VERBS.values()))[0]
            facts, idem = facts_of(name, chance, done), f"chaos:{self.log.client}:{done}"
            if self.kept and chance.random() < REUSED:
                idem = chance.choice(self.kept)[2]
            self.kept = [*self.kept[-30:], (name, facts, idem)]
        op = self.log.begin(name, idem=idem, **facts)
        return self.log.end(op, self._outcome(lambda: perform(name, facts, at=at, idem=idem)))

    def _outcome(self, act: Callable[[], object]) -> str:
        try:
            act()
        except Refused as refused:
            return REFUSED if refused.code != "escrow.key_reused" else REUSED_KEY
        except (DatabaseError, InterfaceError) as trouble:
            connection.close()
            return DEADLOCK if "deadlock" in str(trouble) else UNKNOWN
        return ACK
