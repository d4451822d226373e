"""What every template may call: words for numbers, days and spans, in both languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from jinja2 import UndefinedError

from enishi.web import formats, prose
from enishi.web.drawing import Market, clock_face, nice_top, yen_bar
from enishi.web.fields import MomentField, YenField
from enishi.web.jinja import environment, icon

NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # a Sunday, noon in Tokyo


@pytest.fixture(scope="module")
def pages():
    return environment(autoescape=True)


@pytest.mark.parametrize(
    ("amount", "ja", "en"),
    [(12300, "12,300円", "¥12,300"), (0, "0円", "¥0"), (-8800, "−8,800円", "−¥8,800")],
)
def test_money_is_written_with_its_unit(amount, ja, en):
    assert (formats.yen(amount, "ja"), formats.yen(amount, "en")) == (ja, en)


@pytest.mark.parametrize(
    ("gap", "ja", "en"),
    [
        (timedelta(days=5, hours=9), "あと5日", "5 days left"),
        (timedelta(days=2), "あと2日", "2 days left"),
        (timedelta(days=1, hours=3, minutes=40), "あと1日3時間", "1 day 3 hours left"),
        (timedelta(days=1), "あと1日", "1 day left"),
        (timedelta(hours=3, minutes=59), "あと3時間", "3 hours left"),
        (timedelta(hours=1, minutes=10), "あと1時間10分", "1 hour 10 minutes left"),
        (timedelta(minutes=1), "あと1分", "1 minute left"),
        (timedelta(seconds=59), "あと1分以内", "less than a minute left"),
        (timedelta(0), "期日を過ぎました", "past due"),
        (timedelta(days=-1), "期日を過ぎました", "past due"),
    ],
)
def test_time_left_is_said_as_finely_as_it_is_near(gap, ja, en):
    assert formats.left(NOON + gap, NOON, "ja") == ja
    assert formats.left(NOON + gap, NOON, "en") == en


def test_time_gone_is_said_in_one_part_and_a_week_later_as_the_day():
    assert formats.ago(NOON - timedelta(hours=3, minutes=9), NOON, "ja") == "3時間前"
    assert formats.ago(NOON - timedelta(days=1, hours=5), NOON, "en") == "1 day ago"
    assert formats.ago(NOON - timedelta(seconds=5), NOON, "ja") == "たった今"
    assert formats.ago(NOON - timedelta(days=9), NOON, "en") == "Fri 13 Nov"
    assert formats.ago(NOON - timedelta(days=365), NOON, "ja") == "2025年11月22日(土)"


def test_days_carry_their_weekday_and_holidays_say_so():
    assert formats.ymd(date(2026, 11, 22), "ja") == "2026年11月22日(日)"
    assert formats.md(date(2026, 11, 23), "ja") == "11月23日(月・祝)"
    assert formats.ymd(date(2026, 11, 22), "en") == "Sun 22 Nov 2026"
    assert formats.ymd_hm(NOON, "ja") == "2026年11月22日(日) 12:00"
    assert formats.md_hm(NOON, "en") == "Sun 22 Nov, 12:00"


def test_a_deadline_at_midnight_belongs_to_the_day_that_ends():
    midnight = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)  # 00:00 of the 28th in Tokyo

    assert formats.due(midnight, "ja") == "2026年11月27日(金) 24:00"
    assert formats.due_md(midnight, "en") == "Fri 27 Nov, 24:00"
    assert formats.due_md(midnight - timedelta(minutes=1), "ja") == "11月27日(金) 23:59"


def test_shares_are_never_rounded_up():
    assert formats.percent(0.899) == "89%"
    assert formats.percent(0.94) == "94%"
    assert formats.percent(0.2636, 1) == "26.3%"
    assert formats.percent(1.0) == "100%"


def test_measured_spans_and_sizes():
    assert formats.span(timedelta(hours=6), "ja") == "6時間"
    assert formats.span(155_520, "en") == "1.8 days"
    assert formats.span(20, "ja") == "1分"
    assert [formats.size(count) for count in (512, 38_912, 3_400_000)] == [
        "512 B",
        "38 KB",
        "3.2 MB",
    ]


def test_a_number_keeps_its_counter():
    kept = prose.keep_numbers("検収から15日以内、44,000円を11月27日(金)に")

    assert kept == (
        '検収から<span class="nb">15日</span>以内、<span class="nb">44,000円</span>を'
        '<span class="nb">11月27日(金)</span>に'
    )
    assert '<span class="nb">2 business days</span>' in prose.keep_numbers("in 2 business days")


def test_numbers_inside_attributes_are_left_alone_and_text_is_escaped():
    assert prose.keep_numbers("<b>3回</b>") == '&lt;b&gt;<span class="nb">3回</span>&lt;/b&gt;'
    marked = prose.Markup('<a href="/7日">x</a>')
    assert prose.keep_numbers(marked) == marked


def test_what_people_write_becomes_paragraphs_and_nothing_in_it_is_markup():
    written = "一行目\r\n二行目\n\n<script>alert(1)</script>"

    assert prose.paragraphs(written) == (
        "<p>一行目<br>二行目</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


def test_constants_in_a_template_follow_the_reader_not_the_first_one(pages):
    template = pages.from_string("{{ 1200|yen }}")

    with translation.override("ja"):
        japanese = template.render()
    with translation.override("en"):
        english = template.render()

    assert (japanese, english) == ("1,200円", "¥1,200")


def test_a_name_nobody_gave_is_an_error(pages):
    with pytest.raises(UndefinedError):
        pages.from_string("{{ forgotten }}").render()


def test_icons_are_hidden_from_readers_that_hear():
    assert 'aria-hidden="true"' in icon("lock")
    assert "icons.svg#i-lock" in icon("lock")


def test_a_clock_looks_urgent_only_when_it_is():
    levels = [clock_face(NOON + timedelta(hours=hours), NOON).level for hours in (100, 60, 30, -1)]

    assert levels == ["", "soon", "near", "near"]
    assert clock_face(NOON + timedelta(days=30), NOON).dial == "18.8"


def test_the_yen_bar_stays_inside_its_frame():
    bar = yen_bar(1777, 2222, Market(1180, 1780, 2940, 214), 1122)
    places = [bar.start, bar.start + bar.width, bar.market_start, bar.median, bar.floor]

    assert all(0 <= place <= 100 for place in places)
    assert bar.market_start < bar.median < bar.market_start + bar.market_width
    assert nice_top(120_500) == 200_000


@pytest.mark.parametrize("typed", ["12300", "12,300", "¥12,300", " １２，３００円 "])
def test_yen_is_read_as_people_type_it(typed):
    assert YenField().clean(typed) == 12300


def test_a_moment_is_a_wall_clock_in_tokyo():
    moment = MomentField()

    assert moment.clean("2026-11-22T12:00") == NOON
    assert moment.prepare_value(NOON) == "2026-11-22T12:00"
