"""C18: the hire, from sign-up to payment and reviews, in a real browser."""

import json

import pytest

from tests.journeys import quiet, story
from tests.journeys.conftest import cast

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text("道の駅の朝は早い。", encoding="utf-8")
    return file


def no_problems(people):
    return [problem for person in people for problem in person.problems] == []


def ledger(site):
    return json.loads(site.enishi("verify-ledger", "--json"))


def test_the_whole_hire_in_japanese_on_a_phone(browser, site, text):
    people = cast(browser, site, "ja", PHONE)

    story.hires(people, text)

    assert ledger(site)["faults"] == []
    assert no_problems(people)
    assert quiet.told(site.folder, "run.log", "postgres/server.log") == {}  # P5


def test_a_short_hire_in_english_at_a_desk(browser, site, text):
    people = cast(browser, site, "en", DESK)

    contract = story.hires_shortly(people, text)
    story.keeps_eight_tabs_live(people.hana, people.ren, contract)

    assert ledger(site)["faults"] == []
    assert no_problems(people)
