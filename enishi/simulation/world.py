"""What the simulated people remember: who they are, what they posted, which deals they are in.

Everything that counts stands in the market itself; what is here dies with the simulation.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from random import Random
from typing import Any, Generic, TypeVar

from enishi.accounts.models import Account

from .engine import Calendar
from .hours import days_later
from .manners import MANNERS, Deck, Manner, Pace, pace
from .market import read

Source = TypeVar("Source", read.Worker, read.Client)


@dataclass(slots=True, eq=False)
class Person(Generic[Source]):
    """Somebody of the market, and the account this person has from the day of joining. `like` is
    the id of the person in the files; a large simulation has several who are alike."""

    source: Source
    like: str
    joined: Account | None = None
    has_bank: bool = False

    @property
    def account(self) -> Account:
        assert self.joined is not None, f"{self.source.id} acts before joining"
        return self.joined

    @property
    def name(self) -> str:
        return self.source.name


Worker = Person[read.Worker]
Client = Person[read.Client]


@dataclass(slots=True, eq=False)
class Opening:
    """One post, each time it opens. `rests` names where it stands when the time is over: from
    there on its people do not act any more. Empty: they go on as they would."""

    client: Client
    post: read.Post
    opens_on: date
    applies: int  # days in which people apply
    chooses: int  # days until the client chooses
    rests: str = ""
    earlier: "Opening | None" = None
    invited: tuple[Worker, ...] = ()  # who applies besides those the post names
    favourite: Worker | None = None
    manner: Manner | None = None
    pace: Pace | None = None
    job_id: int = 0
    applied: dict[int, Worker] = field(default_factory=dict)  # by proposal
    left: int = 1  # people still to be hired


@dataclass(slots=True, eq=False)
class Deal:
    """One contract as its two sides live through it."""

    opening: Opening
    worker: Worker
    contract_id: int
    thread_id: int
    manner: Manner
    pace: Pace

    @property
    def client(self) -> Client:
        return self.opening.client

    @property
    def post(self) -> read.Post:
        return self.opening.post

    @property
    def rests(self) -> str:
        return self.opening.rests


class World:
    """The calendar, the people, and one source of chance for all of them."""

    def __init__(self, calendar: Calendar, *, seed: int) -> None:
        self.calendar = calendar
        self.random = Random(seed)
        self.workers: dict[str, Worker] = {}
        self.clients: dict[str, Client] = {}
        self.tally: Counter[str] = Counter()
        self._decks: dict[tuple[Any, ...], Deck[Any]] = {}
        self._manners = Deck(MANNERS, self.random)

    def enter(self, when: datetime, act: Callable[..., None], *what: object) -> None:
        """An act is called with the world, what it is about, and its time."""
        self.calendar.enter(when, partial(act, self, *what))

    def later(self, at: datetime, days: int, act: Callable[..., None], *what: object) -> None:
        """Enter what somebody does so many days from now; the hour is left to chance."""
        self.enter(days_later(at, days, self.random), act, *what)

    def draw(self, pieces: Sequence[Any]) -> Any:
        """One of these, none twice before all were drawn. Equal pieces share one deck."""
        key = tuple(pieces)
        if key not in self._decks:
            self._decks[key] = Deck(key, self.random)
        return self._decks[key].draw()

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def days(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def manner(self) -> Manner:
        return self._manners.draw()

    def pace(self) -> Pace:
        return pace(self.random)
