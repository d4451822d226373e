"""T5: the due time that is shown is the due time that is enforced. What a page says, in either
language, is read back: a microsecond before that instant nothing happens, at it everything does."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as market
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.events import sweep
from enishi.jobs.models import Job
from enishi.kit import clock
from enishi.kit.days import TOKYO, day_of, days_after, end_of_day, last_day
from enishi.proposals.models import Proposal
from enishi.proposals.policy import answer_due
from enishi.web import formats
from enishi.web.fields import FIRST_DAY, MomentField
from enishi.web.jinja import environment
from enishi.wiring import CLOCKS
from tests import make

INSTANT = timedelta(microseconds=1)
SHOWN = {
    "ja": re.compile(
        r"(?:(?P<y>\d+)年)?(?P<m>\d+)月(?P<d>\d+)日\((?P<w>.)(?:・祝)?\) (?P<t>\d+:\d\d)"
    ),
    "en": re.compile(r"(?P<w>\w{3}) (?P<d>\d+) (?P<m>\w{3})(?: (?P<y>\d{4}))?, (?P<t>\d+:\d\d)"),
}
# Instants at which calendars and clocks are easily wrong, in UTC: midnight in Tokyo is 15:00.
EDGES = [
    *("2026-11-27T15:00", "2026-11-27T14:59:59.999999", "2026-11-27T00:00"),
    *("2028-02-28T15:00", "2028-02-29T12:34:56.789", "2028-02-29T15:00", "2027-02-28T15:00"),
    *("2026-12-31T14:59:59.999999", "2026-12-31T15:00", "2026-12-31T23:59:59.999999"),
    *("2027-01-01T00:00", "2026-04-28T14:59:59", "2026-05-06T15:00"),
    *("2016-12-31T23:59:59.999999", "2017-01-01T00:00"),  # around a leap second
]
EDGES = [datetime.fromisoformat(edge).replace(tzinfo=UTC) for edge in EDGES]
MOMENTS = st.datetimes(
    *map(datetime.fromisoformat, ("2010-01-01", "2090-12-31")), timezones=st.just(UTC)
) | st.builds(
    lambda edge, beside: edge + beside * INSTANT, st.sampled_from(EDGES), st.integers(-2, 2)
)
DAYS = st.integers(0, 400)


def read(text, language, year=None):
    """The instant that a person understands, who also sees whether the weekday is right."""
    found = SHOWN[language].fullmatch(text)
    assert found, text
    month = found["m"] if language == "ja" else formats.MONTHS_EN.index(found["m"]) + 1
    day = date(int(found["y"] or year), int(month), int(found["d"]))
    weekdays = formats.WEEKDAYS_JA if language == "ja" else formats.WEEKDAYS_EN
    assert found["w"] == weekdays[day.weekday()], text
    hours, minutes = map(int, found["t"].split(":"))
    start = datetime(day.year, day.month, day.day, tzinfo=TOKYO).astimezone(UTC)
    return start + timedelta(hours=hours, minutes=minutes)


def assert_shown(instant):
    """Everything that writes this due time says this very instant."""
    for language in SHOWN:
        year = last_day(instant).year
        assert read(formats.due(instant, language), language) == instant
        assert read(formats.due_md(instant, language), language, year) == instant
        over = {formats.left(at, at, language) for at in EDGES}
        assert {formats.left(instant, instant, language)} == over
        assert {formats.left(instant, instant - INSTANT, language)} != over


def due_of(one, at, days):
    """When a wait of this clock ends that begins at `at`, by the policies of the market."""
    rules, later = market.RULES, day_of(at) + timedelta(days=days)
    spans = {
        "offered": rules.offer_days,
        "agreed": rules.funding_days,
        "unfunded": rules.funding_days,
        "delivered": rules.inspection_days,
        "completed": rules.review_days,
        "requested": rules.change_request_days,
    }
    if one.state in spans:
        return days_after(at, spans[one.state])
    if one.state == "revising" and days > 200:
        return days_after(at, rules.revision_days)
    if one.subject == "proposals.Proposal":
        return answer_due(later, later - timedelta(days=days // 3) if days % 2 else None, rules)
    return max(end_of_day(later), days_after(at, 0))


@settings(deadline=None)
@given(MOMENTS, DAYS)
@example(datetime(2026, 11, 20, 3, 0, 17, 123_456, tzinfo=UTC), 5)
@example(datetime(2028, 2, 29, 14, 59, 59, 999_999, tzinfo=UTC), 0)
def test_every_step_of_every_clock_comes_when_it_is_shown_to_come(at, days):
    """T5"""
    for one in CLOCKS:
        due = due_of(one, at, days)
        plan = one.plan(at, due)
        assert plan[-1][1] == one.steps[-1].name
        for when, name in plan:
            when = when.astimezone(UTC)
            assert_shown(when)
            if when <= at:  # it lies before the wait begins, so it never comes
                continue
            assert waiting(one, at, due).step_due(one, when - INSTANT) != name
            assert waiting(one, at, due).step_due(one, when) == name


def waiting(one, since, due):
    row = ChangeRequest()
    row.wait(one, since=since, due=due)
    return row


@settings(deadline=None)
@given(MOMENTS)
def test_the_end_of_a_day_in_tokyo_is_the_24_00_that_is_written(at):
    """T5"""
    end = end_of_day(day_of(at))

    assert_shown(end)
    assert formats.due(end, "ja") == f"{formats.ymd(day_of(at), 'ja')} 24:00"
    assert at < end <= at + timedelta(days=1)
    assert day_of(end - INSTANT) == last_day(end) == day_of(at) == day_of(end) - timedelta(days=1)


@pytest.mark.parametrize("edge", EDGES)
def test_the_clock_chip_says_it_to_people_and_machines(edge):
    """T5"""
    due = days_after(edge, 3)
    source = '{% from "components/clock_chip.html" import clock_chip %}{{ clock_chip(due, now) }}'
    pages = environment(autoescape=True, loader=_loader())

    chip = pages.from_string(source).render(due=due, now=edge)

    assert datetime.fromisoformat(re.search(r'datetime="([^"]+)"', chip)[1]) == due
    assert exact_times(chip) == {due}


def _loader():
    from django.template import engines

    return engines["jinja2"].env.loader


@pytest.mark.parametrize(
    "typed", ["2026-12-31T23:59:60", "2026-12-31 23:59:60", "2016-12-31T23:59:60", "２３:59:60"]
)
def test_a_second_that_no_clock_here_knows_is_no_moment(typed):
    """T5"""
    with pytest.raises(ValidationError):
        MomentField().clean(typed)


@given(st.datetimes(*map(datetime.fromisoformat, ("2000-01-02", "2099-12-30"))))
def test_a_moment_that_is_typed_is_the_moment_that_is_kept(wall):
    """T5"""
    typed = wall.replace(second=0, microsecond=0)
    assert typed.date() >= FIRST_DAY

    kept = MomentField().clean(typed.isoformat())

    assert kept == typed.replace(tzinfo=TOKYO)
    assert MomentField().prepare_value(kept) == typed.isoformat(timespec="minutes")


# On the pages themselves, with the sweep of the real market


def applied(at):
    sent = make.proposal(at=at)
    return sent, reverse("proposal", args=[sent.pk]), sent.worker


def posted(at):
    job = make.job(at=at)
    return job, reverse("job", args=[job.pk]), make.sora()


def deal(state):
    def made(at):
        contract = make.contract(state, at=at)
        page = reverse("contract", args=[contract.pk])
        row = contract if state in ("offered", "agreed") else make.milestone(contract)
        return row, page, contract.client

    return made


STATES = {
    "an application": (applied, Proposal, "status", "lapsed"),
    "a post": (posted, Job, "status", "closed"),
    "an offer": (deal("offered"), Contract, "status", "lapsed"),
    "an agreement": (deal("agreed"), Contract, "status", "expired"),
    "work": (deal("active"), Milestone, "is_late", True),
    "a delivery": (deal("delivered"), Milestone, "status", "accepted"),
}


def exact_times(page):
    """Every exact time of a clock chip, read in the language it is written in."""
    texts = re.findall(r'class="clock__exact">([^<]+)<', html.unescape(page))
    return {read(text, "ja" if "年" in text else "en") for text in texts}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("edge", [EDGES[1], EDGES[4], EDGES[7], EDGES[8]])
@pytest.mark.parametrize("state", STATES)
def test_nothing_ends_before_the_time_on_the_page_and_at_it_it_has_ended(
    db, client, monkeypatch, state, edge, language
):
    """T5: the database speaks UTC, the page Tokyo."""
    build, model, field, expected = STATES[state]
    row, page, reader = build(edge)
    with connection.cursor() as cursor:
        cursor.execute("show timezone")
        assert cursor.fetchone() == ("UTC",)
    monkeypatch.setattr(clock, "read", lambda: (edge, False))
    monkeypatch.setattr(clock, "now", lambda: edge)
    type(reader).objects.filter(pk=reader.pk).update(language=language)
    client.force_login(reader)

    shown = exact_times(client.get(page).content.decode())
    due = model.objects.get(pk=row.pk).due_at

    assert due in shown
    assert ending(model, row, field, sweep_at=due - INSTANT) != expected
    assert ending(model, row, field, sweep_at=due) == expected


def ending(model, row, field, *, sweep_at):
    sweep.sweep(at=sweep_at)
    found = model.objects.get(pk=row.pk)
    return found.late_at is not None if field == "is_late" else getattr(found, field)
