"""When what waits falls due and is looked at next, by the day its wait began or ends: asked of the
market's own clocks, once for each day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings

from enishi.contracts import clocks as contracts
from enishi.kit.days import day_of, days_after, end_of_day, start_of_day
from enishi.proposals import clocks as proposals
from enishi.proposals.policy import answer_due

from .ground import Ground

SPAN = 32  # days before and after; nothing waits longer


def make(ground: Ground) -> None:
    """The table `clock`: kind, day, due_at, next_at."""
    ground.run("drop table if exists pg_temp.clock")
    ground.run(
        "create temp table clock (kind text, day date, due_at timestamptz,"
        " next_at timestamptz, primary key (kind, day))"
    )
    ground.cursor.executemany("insert into clock values (%s, %s, %s, %s)", list(_rows(ground.at)))


def _rows(at: datetime) -> Iterator[tuple[str, date, datetime, datetime]]:
    rules = settings.RULES
    begun = {
        "offered": (contracts.offered(rules), rules.offer_days),
        "agreed": (contracts.agreed(rules), rules.funding_days),
        "delivered": (contracts.inspecting(rules), rules.inspection_days),
        "completed": (contracts.reviewing(rules), rules.review_days),
        "ended": (contracts.rating(rules), rules.review_days),
    }
    for number in range(-SPAN, SPAN + 1):
        day = day_of(at) + timedelta(days=number)
        noon = start_of_day(day) + timedelta(hours=12)
        for kind, (clock, lasts) in begun.items():
            due = days_after(noon, lasts)
            yield kind, day, due, clock.next_after(at, noon, due)
        due = end_of_day(day)
        yield "funded", day, due, contracts.working(rules).next_after(at, noon, due)
        yield "open", day, due, due
        due = answer_due(day, None, rules)
        yield "sent", day, due, proposals.SENT.next_after(at, min(at, noon), due)
