"""Time spans of product.md: days end at 24:00 Tokyo, business days skip Japanese holidays."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

from enishi.kit import days

FRIDAY = datetime(2026, 10, 30, 6, 0, tzinfo=UTC)  # 15:00 in Tokyo
OFFICIAL = Path(__file__).parents[1] / "data" / "syukujitsu.csv"


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, 0, tzinfo=UTC)


def test_three_business_days_after_a_friday_skip_the_weekend_and_culture_day():
    assert days.business_days_after(FRIDAY, 3) == midnight_after(date(2026, 11, 5))


def test_fourteen_days_end_at_midnight_of_the_fourteenth_day():
    assert days.days_after(FRIDAY, 14) == midnight_after(date(2026, 11, 13))


def test_an_instant_just_before_midnight_in_tokyo_belongs_to_that_day():
    assert days.day_of(datetime(2026, 10, 30, 14, 59, 59, tzinfo=UTC)) == date(2026, 10, 30)
    assert days.day_of(datetime(2026, 10, 30, 15, 0, tzinfo=UTC)) == date(2026, 10, 31)


def test_a_leap_day_is_a_day_like_any_other():
    assert days.end_of_day(date(2028, 2, 29)) == days.start_of_day(date(2028, 3, 1))


def test_the_last_day_of_a_span_is_the_one_that_can_be_used_in_full():
    assert days.last_day(days.end_of_day(date(2026, 11, 13))) == date(2026, 11, 13)


def test_the_next_business_day_of_a_saturday_before_a_holiday_is_the_day_after_it():
    assert days.next_business_day(date(2026, 11, 21)) == date(2026, 11, 24)
    assert days.next_business_day(date(2026, 11, 24)) == date(2026, 11, 24)


def test_holidays_agree_with_the_official_table():
    with OFFICIAL.open(encoding="utf-8") as table:
        official = {date.fromisoformat(row["date"]) for row in csv.DictReader(table)}
    for year in (2025, 2026, 2027):
        assert days._holidays_of(year) == {day for day in official if day.year == year}
