"""What every step of a filling stands on: how much, until when, and how chance falls."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

HIRES = 3  # contracts of one post
DAYS = 540  # how far back the first contract lies
BUSY = 0.7  # of the workers were ever hired
SKEW = 1.6  # how much more the popular have: 1 is no difference


@dataclass(frozen=True, slots=True)
class Size:
    workers: int
    clients: int
    contracts: int
    seed: int = 1

    @property
    def posts(self) -> int:
        return -(-self.contracts // HIRES)


@dataclass
class Ground:
    """One filling under way. `took`: seconds by the name of a step."""

    cursor: Any
    size: Size
    at: datetime
    is_loud: bool = False
    took: dict[str, float] = field(default_factory=dict)

    @property
    def now(self) -> str:
        """The market's time as SQL."""
        return f"timestamptz '{self.at.isoformat()}'"

    def chance(self, number: str, salt: int) -> str:
        """From 0 up to 1, always the same for the same number."""
        mixed = f"hashint8extended(({number})::bigint, {self.size.seed * 1000 + salt})"
        return f"(({mixed} & 1073741823)::float8 / 1073741824)"

    def run(self, statement: str) -> None:
        self.cursor.execute(statement)

    def one(self, statement: str) -> Any:
        self.cursor.execute(statement)
        return self.cursor.fetchone()[0]

    def last(self, table: str) -> int:
        """The highest id that is taken."""
        return int(self.one(f"select coalesce(max(id), 0) from {table}"))

    def follow(self, *tables: str) -> None:
        """Ids that were given by hand are known to the sequences, which the app may only ask."""
        for table in tables:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            highest, next_id = self.last(table), int(self.one(f"select nextval({sequence})"))
            if next_id < highest:
                more = f"generate_series(1, {highest - next_id})"
                self.run(f"select count(nextval({sequence})) from {more}")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        took = time.perf_counter() - began
        self.took[name] = self.took.get(name, 0.0) + took

    def tell(self, words: str) -> None:
        if self.is_loud:
            print(words, file=sys.stderr, flush=True)


def days(number: str) -> str:
    """So many days, with fractions, as SQL."""
    return f"(({number}) * interval '1 day')"


def day_of(moment: str) -> str:
    """The day in Tokyo."""
    return f"(({moment}) at time zone 'Asia/Tokyo')::date"


def end_of_day(day: str, more: int = 0) -> str:
    """24:00 in Tokyo of the day that comes so many days later."""
    return f"((({day}) + {more + 1})::timestamp at time zone 'Asia/Tokyo')"


def days_after(moment: str, number: int) -> str:
    return end_of_day(day_of(moment), number)
