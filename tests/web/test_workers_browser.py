"""Looking for workers and choosing among applicants in a real browser: nothing for axe to mend in
either language and theme, nothing wider than a phone, and all of it without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .test_profile_browser import SIZES, WIDER, window
from .test_profile_browser import address as address  # fixtures
from .test_profile_browser import chromium as chromium
from .test_profile_browser import ren as ren

ORDERS = ("newest", "closeness", "price", "fit")


@pytest.fixture
def hana(address, ren):
    """Hana, who has worked with Ren, and whose post got six applications."""
    from enishi.proposals import commands
    from enishi.ranks.models import Standing
    from tests import make
    from tests.trust.people import finished, listed

    hana = make.hana()
    finished(ren, client=hana)
    Standing.objects.create(account=ren, rank="silver", since=make.NOON, computed_at=make.NOON)
    job = make.job(client=hana, skills=("sk001", "sk004"))
    hana.sent = []
    people = [ren, *(listed(f"新しい人{n}", skills=["sk00" + str(n)]) for n in range(1, 6))]
    for number, worker in enumerate(people):
        said = f"豆腐店の三代目の方です。{number}回うかがいました。" * (number + 1)
        answers = dict.fromkeys(job.questions, said)
        more = {"answers": answers, "amount": 52_000 + 3_000 * number}
        words = "はじめまして。暮らしの記事を6年書いています。\n\n" * (number + 2)
        hana.sent.append(make.proposal(to=job, worker=worker, message=words, **more).pk)
    commands.shortlist(hana.sent[0], by=hana, at=make.NOON)
    commands.note(hana.sent[0], by=hana, text="前回、話し手の家族から礼状。")
    commands.decline(hana.sent[2], by=hana, at=make.NOON, reason="price")
    hana.job = job
    return hana


def paths(hana):
    chosen = "&".join(f"with={each}" for each in hana.sent[:4])
    here = f"/jobs/{hana.job.pk}"
    return [
        *("/workers/", "/workers/?sort=closeness&skill=sk001", "/workers/?q=nobody"),
        *(f"{here}/proposals/?sort={order}" for order in ORDERS),
        *(f"{here}/comparison/?{chosen}", f"{here}/comparison/?with=x", f"{here}/comparison/"),
    ]


@pytest.mark.parametrize(("language", "theme"), [("ja", "light"), ("en", "dark")])
def test_every_page_of_choosing_can_be_used_by_all(chromium, address, hana, ren, language, theme):
    wrong = []
    for who, seen in ((hana, paths(hana)), (ren, ["/workers/mine/", "/jobs/"])):
        who.language = language
        who.save()
        page = window(chromium, address, who, color_scheme=theme, reduced_motion="reduce")
        for path in seen:
            page.goto(path)
            for size in SIZES:
                page.set_viewport_size(size)
                if page.evaluate(WIDER):
                    wrong.append(f"{path} is wider than {size['width']} px")
            found = Axe().run(page)
            wrong += [
                f"{path}: {one['id']}: {one['nodes'][0]['html']}"
                for one in found.response["violations"]
            ]

    assert wrong == []


def test_applicants_are_chosen_and_compared_without_javascript(chromium, address, hana):
    hana.language = "en"
    hana.save()
    page = window(chromium, address, hana, java_script_enabled=False)
    page.goto(f"/jobs/{hana.job.pk}/proposals/")

    page.get_by_label("Compare (Ren)").check()
    page.get_by_label("Compare (新しい人1)").check()
    page.get_by_role("button", name="Compare", exact=True).click()

    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_text("You have worked together once")).to_be_visible()

    page.get_by_role("article").filter(has_text="新しい人1").get_by_role(
        "button", name="Put on the shortlist"
    ).click()

    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("button", name="Take off the shortlist")).to_have_count(2)


def test_on_a_desk_the_answers_to_a_question_stand_on_one_line(chromium, address, hana):
    page = window(chromium, address, hana, viewport=SIZES[1])
    page.goto(paths(hana)[-3])

    tops = page.locator(".cand > :nth-child(6)").evaluate_all(
        "all => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    )

    assert len(tops) == 4
    assert len(set(tops)) == 1
