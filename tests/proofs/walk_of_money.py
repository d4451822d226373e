"""The way that money, events, mail and files go through a whole market, and every step of it at
which somebody may be hurt. What is done to whom there is said by the proof that walks it.

The points are read from the source, so that a new one without a visit fails.
"""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from procrastinate.contrib.django import app

from enishi.files.inspection.entry_marks import EICAR
from tests.proofs import harness
from tests.proofs.conftest import ROOT
from tests.proofs.harness import Driver, Market, until

SWEEP = 60.0  # seconds after the restart, in which everything must be settled (M6)
SHARED = 30.0  # more, for a machine that does other things too
CALL = re.compile(r"""\bfailpoint\(\s*"([a-z_.]+)\"""")
CARD = "pm_card_visa"
BANK = "pm_jp_bank_transfer"
DELIVER = "events.deliver"


def points() -> list[str]:
    """Every fail point of the source."""
    found = Counter(
        name for path in (ROOT / "enishi").rglob("*.py") for name in CALL.findall(path.read_text())
    )
    assert set(found.values()) == {1}, "a point stands twice"
    return sorted(found)


def clockwork() -> list[str]:
    """The kinds of job that run by the clock."""
    return sorted({name for name, _ in app.periodic_registry.periodic_tasks})


Act = Callable[[], Any]
Entry = tuple[str, str]  # its words, and the hash of the file with it


@dataclass
class Walk:
    """One market, and what was promised to the people in it so far."""

    market: Market
    drive: Driver
    hana: httpx.Client
    ren: httpx.Client
    # Does an act, and harm when somebody comes to a point (in a job of a kind, or in any).
    meets: Callable[["Walk", str, Act, str], None]
    promises: list[tuple[str, Callable[[], Any]]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=lambda: [DELIVER, *clockwork()])
    hires: int = 0
    talk: "Talk | None" = None

    def at(self, point: str, act: Act, of: str = "") -> None:
        self.meets(self, point, act, of)

    def hire(self, worker: str = "") -> int:
        self.hires += 1
        return int(self.drive("hire", worker=worker or f"R{self.hires}")["milestone"])

    def funded(self, worker: str = "") -> int:
        milestone = self.hire(worker)
        self.pay(self.drive("fund", milestone=milestone))
        self.waits_for(milestone, status="funded")
        return milestone

    def delivered(self, worker: str = "") -> int:
        milestone = self.funded(worker)
        self.drive("deliver", milestone=milestone)
        return milestone

    def pay(self, page: str) -> None:
        self.market.provider("POST", f"/_control/sessions/{page}/pay", payment_method=CARD)

    def thread(self) -> "Talk":
        """Where Hana and Ren talk."""
        if self.talk is None:
            self.talk = Talk(self.drive("hire", worker="Ren")["thread"])
        return self.talk

    def waits_for(self, milestone: int, **wanted: Any) -> None:
        until(lambda: self.holds(milestone, **wanted), f"{wanted}")

    def holds(self, milestone: int, **wanted: Any) -> bool:
        state = self.drive("state", milestone=milestone)
        return all(state[name] == value for name, value in wanted.items())

    def promise(self, point: str, milestone: int, *once: str, **wanted: Any) -> None:
        """What must be true in the end; each event in `once` stands exactly once."""

        def is_kept() -> bool:
            events = Counter(self.drive("state", milestone=milestone)["events"])
            return self.holds(milestone, **wanted) and all(events[name] == 1 for name in once)

        self.promises.append((point, is_kept))

    def open_ends(self) -> list[str]:
        """What is not settled, is wrong, or was promised and is not so; and lost words."""
        waiting: list[str] = self.drive("unsettled") + self.drive("faults")
        if self.talk is not None:
            waiting += self.talk.faults(self.drive("said", thread=self.talk.number))
        return waiting + [point for point, is_kept in self.promises if not is_kept()]

    def settles(self, since: float) -> float:
        """Everything is settled within one sweep; returns after how many seconds it was."""
        while (left := self.open_ends()) and time.monotonic() - since < SWEEP + SHARED:
            time.sleep(0.5)
        assert left == [], f"{left}\n{self.market.log.read_text(errors='replace')[-6000:]}"
        return time.monotonic() - since


@contextmanager
def walking(folder: Path, meets: Callable[[Walk, str, Act, str], None]) -> Iterator[Walk]:
    folder.mkdir()
    with harness.market(folder) as market:
        drive = market.driver()
        cookies = drive("sign_in")
        with market.browser(cookies["hana"]) as hana, market.browser(cookies["ren"]) as ren:
            yield Walk(market, drive, hana, ren, meets)
        drive.end()


def post(person: httpx.Client, path: str, **form: str) -> int:
    """The status, or 0 when the connection broke."""
    try:
        return person.post(path, data=form).status_code
    except httpx.HTTPError:
        return 0


def again(person: httpx.Client, path: str, **form: str) -> None:
    """A person repeats an act that got no answer, until it has one."""
    until(lambda: post(person, path, **form) == httpx.codes.FOUND, f"POST {path}")


@dataclass
class Talk:
    """A thread, and which answer each entry had: those acknowledged stand there once, of the others
    nobody knows. No words are written twice."""

    number: int
    acknowledged: set[Entry] = field(default_factory=set)
    unknown: set[Entry] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=count)

    def write(self, person: httpx.Client, content: bytes = b"") -> bool:
        """Whether it was acknowledged. A file carries its number too, in blanks: the same bytes are
        not caught twice."""
        number = next(self.numbers)
        blanks = f"{number:040b}".translate({ord("0"): " ", ord("1"): "\t"})
        file = content and content + blanks.encode()
        entry = (f"Entry {number}", sha256(file).hexdigest() if file else "")
        try:
            status = person.post(
                f"/messages/{self.number}/entries/",
                data={"body": entry[0]},
                files={"files": ("draft.txt", file)} if file else None,
            ).status_code
        except httpx.HTTPError:
            status = 0
        assert status in (0, httpx.codes.FOUND) or status >= httpx.codes.INTERNAL_SERVER_ERROR
        is_acknowledged = status == httpx.codes.FOUND
        (self.acknowledged if is_acknowledged else self.unknown).add(entry)
        return is_acknowledged

    def faults(self, said: list[tuple[str, list[str]]]) -> list[str]:
        there = Counter((body, "".join(hashes)) for body, hashes in said if "Entry" in body)
        wrong = [f"{body} is lost" for body, _ in self.acknowledged - there.keys()]
        known = self.acknowledged | self.unknown
        wrong += [f"{body} was not said like that" for body, _ in there.keys() - known]
        return wrong + [f"{one[0]} is there {n} times" for one, n in there.items() if n > 1]


def funding(walk: Walk, point: str) -> None:
    milestone = walk.hire()
    path = f"/milestones/{milestone}/funding/"
    walk.at(point, lambda: post(walk.hana, path))
    again(walk.hana, path)
    walk.pay(walk.drive("page", milestone=milestone))
    walk.promise(point, milestone, "milestone.funded", status="funded", payments=["succeeded"])


def webhook(walk: Walk, point: str) -> None:
    milestone = walk.hire()
    page = walk.drive("fund", milestone=milestone)
    walk.at(point, lambda: walk.pay(page))
    walk.promise(point, milestone, "milestone.funded", status="funded", payments=["succeeded"])


def transfers(walk: Walk, point: str) -> None:
    """A bank transfer of a part, then of more than the rest: what is too much goes back."""
    milestone = walk.hire()
    page = walk.drive("fund", milestone=milestone)
    walk.market.provider("POST", f"/_control/sessions/{page}/pay", payment_method=BANK)
    session = walk.market.provider("GET", f"/v1/checkout/sessions/{page}")
    lever = f"/_control/payment_intents/{session['payment_intent']}/transfer"
    walk.at(point, lambda: walk.market.provider("POST", lever, amount=1_000))
    walk.market.provider("POST", lever, amount=session["amount_total"])
    held = {"status": "funded", "payments": ["succeeded"], "refunds": [1_000]}
    walk.promise(point, milestone, "milestone.funded", **held)


def acceptance(walk: Walk, point: str) -> None:
    milestone = walk.delivered()
    path = f"/milestones/{milestone}/acceptance/"
    walk.at(point, lambda: post(walk.hana, path))
    again(walk.hana, path)
    once = ("milestone.accepted", "milestone.delivered", "milestone.funded")
    walk.promise(point, milestone, *once, status="accepted", contract="completed")


def refund_begun(walk: Walk, point: str) -> None:
    milestone = walk.funded("Ren")
    path = f"/milestones/{milestone}/refund/"
    walk.at(point, lambda: post(walk.ren, path, reason="I fell ill."))
    again(walk.ren, path, reason="I fell ill.")
    walk.promise(point, milestone, "milestone.refunded", status="refunded", contract="ended")


def refund(walk: Walk, point: str) -> None:
    milestone = walk.funded()
    walk.drive("give_back", milestone=milestone)
    walk.at(point, lambda: walk.drive("wake"))
    walk.promise(point, milestone, "milestone.refunded", status="refunded", contract="ended")


def payout(walk: Walk, point: str, *, refuses: bool = False) -> None:
    milestone = walk.delivered()
    worker = f"R{walk.hires}"
    walk.drive("bank", worker=worker, refuses=refuses)
    due = walk.drive("state", milestone=milestone)["due"]
    walk.drive("accept", milestone=milestone)
    walk.at(point, lambda: walk.drive("wake"))
    end = {"payouts": ["failed"], "refused": True} if refuses else {"payouts": ["paid"]}
    walk.promise(point, milestone, "milestone.accepted", **end, paid=0 if refuses else due)


refused_payout = partial(payout, refuses=True)


def chargeback(walk: Walk, point: str) -> None:
    """The client's bank takes an escrow back, and then decides that it stands."""
    milestone = walk.funded()
    charge = walk.drive("state", milestone=milestone)["charges"][0]
    lever = f"/_control/payment_intents/{charge}/dispute"
    taken: list[Any] = []
    walk.at(point, lambda: taken.append(walk.market.provider("POST", lever)))
    walk.waits_for(milestone, status="held")
    walk.market.provider("POST", f"/_control/disputes/{taken[0]['id']}/decide", outcome="won")
    walk.waits_for(milestone, status="funded")
    walk.promise(point, milestone, "milestone.held", "milestone.resumed", chargebacks=["won"])


def news(walk: Walk, point: str) -> None:
    walk.at(point, walk.hire)


def clocks(walk: Walk, point: str) -> None:
    walk.drive("overdue_offers", many=3)
    walk.at(point, lambda: walk.drive("wake"))


def jobs(walk: Walk, point: str) -> None:
    """T4: every kind of job, before its first line and after its last."""
    for kind in walk.kinds:
        turns: list[int] = []
        if kind == DELIVER:
            walk.at(point, walk.hire, of=kind)  # its events bring jobs enough
        else:
            walk.at(point, partial(_turn, walk, kind, turns), of=kind)
        walk.promises.append((f"{point} in {kind}", partial(are_over, walk, turns)))


def _turn(walk: Walk, kind: str, turns: list[int]) -> None:
    turns.append(walk.drive("turn", kind=kind))


def are_over(walk: Walk, turns: list[int]) -> bool:
    return all(walk.drive("job", number=one) == "done" for one in turns)


def upload(walk: Walk, point: str, *, content: bytes = b"A draft.") -> None:
    talk = walk.thread()
    walk.at(point, lambda: talk.write(walk.ren, content))
    until(lambda: talk.write(walk.ren, content), "a file is handed in")


caught = partial(upload, content=EICAR)


def leftovers(walk: Walk, point: str) -> None:
    """Halves of files that came to nothing the day before yesterday."""
    folder = walk.market.folder / "media" / "tmp"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    halves = [folder / f"{number:032x}" for number in range(3)]
    for half in halves:
        half.write_bytes(b"half")
        os.utime(half, (0, time.time() - 2 * 24 * 60 * 60))
    turns: list[int] = []
    walk.at(point, partial(_turn, walk, "files.sweep", turns))
    walk.promises.append((point, lambda: not any(half.exists() for half in halves)))


VISITS: dict[str, Callable[[Walk, str], None]] = {
    **dict.fromkeys(("payments.intended", "payments.asked"), funding),
    **dict.fromkeys(("payments.booking", "payments.booked"), transfers),
    **dict.fromkeys(("webhooks.received", "webhooks.settled", "webhooks.counted"), webhook),
    **dict.fromkeys(("contracts.releasing", "contracts.accepting", "web.answering"), acceptance),
    "refunds.intending": refund_begun,
    **dict.fromkeys(
        ("refunds.asking", "refunds.asked", "refunds.booking", "refunds.booked"), refund
    ),
    **dict.fromkeys(("payouts.intending", "payouts.intended", "payouts.asked"), payout),
    **dict.fromkeys(("payouts.booking", "payouts.booked"), payout),
    "payouts.taken_back": refused_payout,
    "payments.sweeping": refund,
    **dict.fromkeys(
        ("chargebacks.asked", "chargebacks.opening", "chargebacks.booking"), chargeback
    ),
    **dict.fromkeys(("events.delivering", "events.effected", "events.delivered"), news),
    "events.sweeping": clocks,
    **dict.fromkeys(("events.job_started", "events.job_ended"), jobs),
}
# What the proof of files kills by a process of its own, walked here through the pages.
UPLOADS: dict[str, Callable[[Walk, str], None]] = {
    **dict.fromkeys(("files.incoming", "files.received", "files.opened", "files.written"), upload),
    **dict.fromkeys(("files.spooled", "files.renamed", "files.placed", "files.inserted"), upload),
    "files.caught": caught,
    "files.swept": leftovers,
}
MAILS = {"mails.sending": 1, "mails.sent": 2, "mails.noted": 1}  # and how often one is received
