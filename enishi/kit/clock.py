"""The only place where the market's time is read: the database's clock plus the market's offset."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from . import prepared
from .errors import Refused
from .models import Market

NOW = "select now() + coalesce((select ahead from kit_market where id = 1), interval '0')"


READ = """
    select now() + coalesce(ahead, interval '0'), quarantined_at is not null
      from (select 1) as one left join kit_market on id = 1"""


def read() -> tuple[datetime, bool]:
    """The market's time, and whether this is a restored copy: what a page has to know, at once."""
    ((instant, is_held),) = prepared.rows(READ, [])
    return instant, is_held


def now() -> datetime:
    """The market's time in UTC. Read once per request, task or act, then passed down as `at`."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        (instant,) = cursor.fetchone()
    return instant  # type: ignore[no-any-return]  # the driver gives an aware datetime


def real() -> datetime:
    """The real time in UTC, wherever the market's clock stands: for what guards a door, say how
    long a code or a link lives. Read where `now` is read, and passed down as `real`."""
    return datetime.now(UTC)  # noqa: TID251  # the one place for this


@transaction.atomic
def open_market(mode: str) -> Market:
    """Make sure the one row stands. The mode of a market that has one is never changed."""
    market, _ = Market.objects.get_or_create(pk=1, defaults={"mode": mode})
    return market


@transaction.atomic
def advance(by: timedelta) -> timedelta:
    """Move a demo market's clock forward. Raises Refused in a live market, or when it would
    run backwards."""
    market = Market.objects.select_for_update().get(pk=1)
    if market.mode != "demo":
        raise Refused.because("market.advance_live")
    if by <= timedelta(0):
        raise Refused.because("market.advance_backwards")
    ahead: timedelta = market.ahead + by
    market.ahead = ahead
    market.save(update_fields=["ahead"])
    return ahead
