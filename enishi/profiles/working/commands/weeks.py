"""The calendar of capacity: written whole for the weeks that are shown."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.profiles.limits import HOURS_OF_A_WEEK
from enishi.profiles.models import WeekCapacity
from enishi.profiles.working import policy


@transaction.atomic
def tell(said: Mapping[date, int], *, by: Account, at: datetime) -> None:
    """These hours in these weeks, by their Mondays; in the other weeks shown, the usual ones. What
    was said of weeks that are over is forgotten."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = {week.on for week in policy.weeks(day_of(at), usual=None, said={})}
    least, most = HOURS_OF_A_WEEK
    if not said.keys() <= known or not all(least <= hours <= most for hours in said.values()):
        raise Refused.because("capacity.wrong", most=most)
    WeekCapacity.objects.filter(account=by).delete()
    WeekCapacity.objects.bulk_create(
        WeekCapacity(account=by, week_on=day, hours=hours) for day, hours in said.items()
    )
    record("profile.weeks_told", by, by=by, at=at)
