"""OF5: what the market promises in words is what its rules say, in both languages."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as site
from django.urls import reverse
from django.utils.translation import override

from enishi import wiring
from enishi.accounts import commands
from enishi.contracts import pay
from enishi.kit.rates import Period, Rates
from enishi.kit.rules import Rules
from enishi.web.legal import clocks, figures
from enishi.web.legal.texts import LEGAL_VERSION, TEXTS

NAMES = sorted(TEXTS)
LANGUAGES = ("ja", "en")
TEMPLATES = site.BASE_DIR / "web" / "templates" / "legal"
AT = datetime(2026, 11, 25, 12, tzinfo=ZoneInfo("Asia/Tokyo"))

pytestmark = pytest.mark.django_db


def read(client, name, language="ja"):
    answer = client.get(reverse(name), headers={"accept-language": language})
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_anyone_may_read_every_text(client, name, language):
    answer = client.get(reverse(name), headers={"accept-language": language})

    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()
    with override(language):
        assert str(TEXTS[name].title) in answer.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_nobody_can_write_to_a_text(client, name):
    assert client.post(reverse(name)).status_code == 405


CHANGED = replace(
    Rules(),
    funding_days=31,
    inspection_days=32,
    payout_days=33,
    legal_payment_days=34,
    overdue_days=35,
    settlement_days=36,
    proposal_answer_days=37,
    offer_days=38,
    change_request_days=39,
    review_days=41,
    review_reply_days=42,
    revision_days=43,
)
STATED = {
    "terms": (31, 32, 33, 34, 35, 36, 37, 38, 39, 41, 42),
    "safe": (31, 32, 33, 34, 35, 36, 37),
    "clocks": (31, 32, 34, 35, 36, 37, 38, 39, 41, 43),
    "help": (31, 32, 33, 34, 35, 36, 41),
    "legal_notice": (31,),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(STATED))
def test_every_number_of_days_comes_from_the_rules(client, settings, name, language):
    settings.RULES = CHANGED

    text = read(client, name, language)

    unit = "日" if language == "ja" else " (?:more )?days?"
    found = {int(n) for n in re.findall(rf"(\d+){unit}", text)}
    assert set(STATED[name]) <= found


@pytest.mark.parametrize("language", LANGUAGES)
def test_fees_follow_the_rules(client, settings, language):
    rates = Rates(fee_tiers=((70_000, 1750),), fee_above_tiers=425, withholding_rate=2042)
    later = Period(date(9999, 1, 1), Rates())
    settings.RULES = replace(Rules(), periods=(Period(date(2020, 1, 1), rates), later))

    text = read(client, "fees", language)

    for stated in ("17.5%", "4.25%", "70,000", "20.42%"):
        assert stated in text
    assert "10.21%" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worked_examples_are_those_of_the_contract(client, language):
    """CO9, CO10: the check values of the rules, reckoned by the policy itself."""
    text = read(client, "fees", language)

    for stated in ("2,200", "220", "8,580", "35,000", "3,500", "261,500", "12,000", "13,000"):
        assert stated in text
    for stated in ("1,021", "102,100", "204,200", "9,979", "7,559"):
        assert stated in text


def test_a_payment_split_in_three_costs_the_same_fee():
    shown = figures.examples(site.RULES)

    assert shown.parts_total.fee == shown.large.fee
    assert shown.plain == pay.pay(11_000, paid_before=0, withheld=False, rules=site.RULES)


@pytest.mark.parametrize(
    ("rate", "words"), [(2000, "20%"), (1021, "10.21%"), (1750, "17.5%"), (505, "5.05%")]
)
def test_rates_are_written_as_percent(rate, words):
    assert figures.percent(rate) == words


def test_every_clock_that_runs_stands_in_the_table():
    """Section 6: no waiting state that the page of deadlines does not tell of."""
    running = {(clock.subject, clock.state) for clock in wiring.CLOCKS}

    told = [state for wait in clocks.waits(site.RULES) for state in wait.states]

    assert sorted(told) == sorted(running)


def test_each_line_of_the_table_names_the_rule_that_runs():
    rules = {(clock.subject, clock.state): clock.rule for clock in wiring.CLOCKS}
    lines = clocks.waits(site.RULES)

    named = {state: wait.rule for wait in lines for state in wait.states}

    assert {s: r for s, r in named.items() if rules[s] != r} == {("jobs.Job", "paused"): "JO4"}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "fees"])
def test_both_languages_state_the_same_numbers(name):
    used = [
        Counter(re.findall(r"rules\.(\w+)", (TEMPLATES / language / f"{name}.html").read_text()))
        for language in LANGUAGES
    ]

    assert used[0] == used[1]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_parts(name):
    kinds = [
        re.findall(
            r"<section|call section|call question|<li>|call card|table\(",
            (TEMPLATES / language / f"{name}.html").read_text(),
        )
        for language in LANGUAGES
    ]

    assert kinds[0] == kinds[1]


def test_a_text_shows_its_version(client):
    assert "2026年11月22日(日)から" in read(client, "fees").replace(" ", "")
    assert "Sun 22 Nov 2026" in read(client, "fees", "en")


def test_earlier_versions_are_named(client, monkeypatch):
    earlier = replace(TEXTS["terms"], versions=(date(2027, 4, 1), date(2026, 11, 22)))
    monkeypatch.setitem(TEXTS, "terms", earlier)

    text = read(client, "terms", "en")

    assert "Thu 1 Apr 2027" in text
    assert "Sun 22 Nov 2026" in text


def test_a_person_sees_when_they_agreed(client):
    hana = commands.sign_up(
        "hana@example.jp",
        "a long enough phrase",
        name="hana",
        role="client",
        language="en",
        version=LEGAL_VERSION,
        at=AT,
    )
    client.force_login(hana)

    assert "You agreed to this version on Wed 25 Nov 2026" in read(client, "privacy", "en")
    assert "You agreed" not in read(client, "fees", "en")


def test_a_draft_says_that_it_is_one_until_it_was_checked(client, settings):
    assert "This text is a draft" in read(client, "terms", "en")

    settings.OPERATOR = settings.OPERATOR | {"texts_checked": "2027-01-15"}

    assert "This text is a draft" not in read(client, "terms", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legal_notice_names_the_operator(client, settings, language):
    settings.OPERATOR = {
        "name": "北町しごと会",
        "representative": "水野 とも",
        "address": "札幌市北区 1-2",
        "mail": "desk@example.org",
        "phone": "011-000-0000",
    }

    text = read(client, "legal_notice", language)

    assert [value for value in settings.OPERATOR.values() if value not in text] == []


def test_a_phone_number_may_be_told_on_request(client, settings):
    settings.OPERATOR = settings.OPERATOR | {"phone": ""}

    assert "Told without delay on request" in read(client, "legal_notice", "en")
