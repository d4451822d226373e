"""C18: the hire, from sign-up to payment and reviews, in a real browser."""

import pytest

from tests.journeys import story
from tests.journeys.conftest import cast

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text("道の駅の朝は早い。", encoding="utf-8")
    return file


def test_the_whole_hire_in_japanese_on_a_phone(browser, site, text):
    people = cast(browser, site, "ja", PHONE)
    hana, ren, sora = people.hana, people.ren, people.sora
    for person, role in ((hana, "client"), (ren, "worker"), (sora, "worker")):
        story.signs_up(person, role)

    job = story.posts_a_job(hana)
    story.applies(ren, job, forgets=True)
    story.applies(sora, job)
    contract = story.chooses(people, job)
    story.agrees(ren, contract)
    story.funds(hana, contract, fails_first=True)
    story.delivers(ren, contract, "1本目をお届けします。", text)
    story.asks_revision(hana, contract)
    story.delivers(ren, contract, "結びを直しました。", text)
    story.accepts(hana, contract)
    ren.goes(contract)
    ren.shows("contract-first-paid")

    story.funds(hana, contract)
    story.delivers(ren, contract, "2本目をお届けします。", text)
    for _ in range(5):
        site.enishi("demo", "advance", "3d")
    hana.goes("/notices/")
    hana.shows("notices")
    ren.goes(contract)
    ren.reads("Accepted by the rules")
    ren.shows("contract-completed")

    story.reviews(hana, contract, "ていねいな取材で、読者に好評でした。")
    ren.goes(contract)
    ren.does_not_read("ていねいな取材で、読者に好評でした。")
    story.reviews(ren, contract, "指示が具体的で、安心して進められました。")
    for person, words in ((ren, "ていねいな取材で"), (hana, "指示が具体的で")):
        person.goes(contract)
        person.reads_words(words)
    assert site.enishi("verify-ledger")
    assert [p for person in (hana, ren, sora) for p in person.problems] == []
