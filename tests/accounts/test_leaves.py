"""RA8: leave is declared beforehand, at most 90 days a year, and needs no reason."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.accounts import commands, policy, queries
from enishi.accounts.models import Leave
from enishi.kit.errors import Refused
from tests import make
from tests.make import NOON

TODAY = date(2026, 4, 1)
DAY = timedelta(days=1)


def span(first, days):
    return first, first + (days - 1) * DAY


@pytest.mark.parametrize(
    ("spans", "most"),
    [
        ([], 0),
        ([span(TODAY, 1)], 1),
        ([span(TODAY, 90)], 90),
        ([span(TODAY, 40), span(TODAY + 100 * DAY, 50)], 90),
        ([span(TODAY, 90), span(TODAY + 364 * DAY, 1)], 91),  # the 365th day from the first
        ([span(TODAY, 90), span(TODAY + 365 * DAY, 1)], 90),
        ([span(TODAY, 90), span(TODAY + 365 * DAY, 90)], 90),
        ([span(date(2027, 12, 31), 60), span(date(2028, 2, 29), 30)], 90),
    ],
)
def test_the_fullest_year_counts(spans, most):
    assert policy.most_leave_in_a_year(spans) == most


@pytest.mark.django_db
def test_a_leave_begins_today_at_the_earliest_and_ends_after_it_began():
    ren = make.ren()

    with pytest.raises(Refused, match="leave.in_the_past"):
        commands.declare_leave(by=ren, at=NOON, starts_on=TODAY - DAY, ends_on=TODAY)
    with pytest.raises(Refused, match="leave.ends_before_it_starts"):
        commands.declare_leave(by=ren, at=NOON, starts_on=TODAY, ends_on=TODAY - DAY)
    leave = commands.declare_leave(by=ren, at=NOON, starts_on=TODAY, ends_on=TODAY)

    assert queries.leaves(ren.pk, at=NOON) == [queries.LeaveLine(leave.pk, TODAY, TODAY, "now")]
    assert queries.away_until(ren.pk, at=NOON) == TODAY
    assert queries.away_until(ren.pk, at=NOON + DAY) is None


@pytest.mark.django_db
def test_no_more_than_ninety_days_within_a_year():
    ren = make.ren()
    commands.declare_leave(by=ren, at=NOON, starts_on=TODAY, ends_on=TODAY + 88 * DAY)
    later = TODAY + 300 * DAY

    with pytest.raises(Refused, match="leave.too_many_days"):
        commands.declare_leave(by=ren, at=NOON, starts_on=later, ends_on=later + DAY)
    commands.declare_leave(by=ren, at=NOON, starts_on=later, ends_on=later)

    assert queries.leave_days(ren.pk, at=NOON + 88 * DAY) == 89


@pytest.mark.django_db
def test_two_leaves_share_no_day_and_the_database_holds_to_it():
    ren, sora = make.ren(), make.sora()
    commands.declare_leave(by=ren, at=NOON, starts_on=TODAY, ends_on=TODAY + DAY)

    with pytest.raises(Refused, match="leave.overlaps"):
        commands.declare_leave(by=ren, at=NOON, starts_on=TODAY + DAY, ends_on=TODAY + 2 * DAY)
    row = {"starts_on": TODAY + DAY, "ends_on": TODAY + DAY, "declared_at": NOON}
    with pytest.raises(IntegrityError, match="leave_one_at_a_time"), transaction.atomic():
        Leave.objects.create(account=ren, **row)
    Leave.objects.create(account=sora, **row)
    Leave.objects.create(account=ren, withdrawn_at=NOON, **row)


@pytest.mark.django_db
def test_who_comes_back_earlier_ends_the_leave_the_day_before():
    ren = make.ren()
    leave = commands.declare_leave(by=ren, at=NOON, starts_on=TODAY, ends_on=TODAY + 9 * DAY)

    commands.end_leave(leave.pk, by=ren, at=NOON + 3 * DAY)

    leave.refresh_from_db()
    assert (leave.starts_on, leave.ends_on) == (TODAY, TODAY + 2 * DAY)
    with pytest.raises(Refused, match="leave.over_already"):
        commands.end_leave(leave.pk, by=ren, at=NOON + 3 * DAY)


@pytest.mark.django_db
def test_a_leave_that_has_not_begun_is_not_taken_and_leaves_its_days():
    ren = make.ren()
    leave = commands.declare_leave(by=ren, at=NOON, starts_on=TODAY + DAY, ends_on=TODAY + DAY)

    with pytest.raises(Leave.DoesNotExist):
        commands.end_leave(leave.pk, by=make.sora(), at=NOON)
    commands.end_leave(leave.pk, by=ren, at=NOON)
    commands.declare_leave(by=ren, at=NOON, starts_on=TODAY + DAY, ends_on=TODAY + DAY)

    assert len(queries.leaves(ren.pk, at=NOON)) == 1
