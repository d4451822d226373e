"""Trust cards and their page in a real browser: nothing for axe to mend in either language and
theme, nothing wider than a phone, with many samples, with few and with none."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from . import test_profile_browser as browser

address, chromium = browser.address, browser.chromium  # fixtures
COMMENT = "納期を守ってくれました。返信がとても早くて安心でした。"


@pytest.fixture
def ren(address):
    """Ren, who has finished twelve deals with Hana; a market range stands beside her post."""
    from enishi.messaging import commands as messaging
    from enishi.profiles import commands as profiles
    from enishi.reviews import commands as reviews
    from enishi.trust import commands
    from enishi.trust.models import MarketRange
    from tests import make
    from tests.make import NOON
    from tests.reviews.hires import SCORES

    for _ in range(12):
        made = make.contract("completed")
        messaging.post(made.thread_id, by=made.worker, at=NOON, body="お世話になります。")
        asked = NOON + timedelta(hours=2)
        messaging.post(made.thread_id, by=made.client, at=asked, body="よろしくお願いします。")
        for by in (made.client, made.worker):
            said = {"scores": SCORES, "overall": 5, "comment": COMMENT}
            kept = {"more_work": "kept", "more_pay": "none"} if by == made.worker else {}
            reviews.write(made.pk, by=by, at=NOON, promises=kept, **said)
    profiles.present_worker(by=made.worker, at=NOON, introduction="はじめまして。")
    make.contract("active")
    make.sora()
    for unit, prices in (("hour", (1_400, 2_100, 3_300)), ("article", (9_000, 20_000, 31_000))):
        known = dict(zip(("low", "median", "high"), prices, strict=True))
        MarketRange.objects.create(
            subcategory="c01-s2", unit=unit, sample=12, computed_at=NOON, **known
        )
    commands.keep([made.worker_id, made.client_id], at=NOON + timedelta(hours=6))
    return made.worker


def paths():
    from enishi.accounts.models import Account
    from enishi.contracts.models import Contract

    deal = Contract.objects.get(status="active")
    sora = Account.objects.get(name="Sora")
    return [
        f"/people/{deal.worker_id}/trust/?as=worker",
        f"/people/{deal.client_id}/trust/?as=client",
        f"/people/{sora.pk}/trust/",
        f"/people/{deal.worker_id}/",
        f"/jobs/{deal.job_id}/",
        "/jobs/",
        f"/proposals/{deal.proposal_id}/",
        f"/contracts/{deal.pk}/",
        f"/messages/{deal.thread_id}/",
    ]


@pytest.mark.parametrize(("language", "theme"), [("ja", "light"), ("en", "dark")])
def test_every_page_with_a_card_can_be_used_by_all(chromium, address, ren, language, theme):
    ren.language = language
    ren.save()
    page = browser.window(chromium, address, ren, color_scheme=theme, reduced_motion="reduce")
    wrong = []

    for path in paths():
        page.goto(path)
        for row in page.locator("details.signal").all()[:2]:
            row.locator("summary").click()
        for size in browser.SIZES:
            page.set_viewport_size(size)
            if page.evaluate(browser.WIDER):
                wrong.append(f"{path} is wider than {size['width']} px")
        found = Axe().run(page)
        wrong += [
            f"{path}: {one['id']}: {one['nodes'][0]['html']}"
            for one in found.response["violations"]
        ]

    assert wrong == []


def test_a_row_of_a_card_opens_by_keyboard_and_says_what_it_is_made_of(chromium, address, ren):
    page = browser.window(chromium, address, ren, locale="en-US", viewport=browser.SIZES[0])
    page.goto(f"/people/{ren.pk}/")
    row = page.locator("details.signal").first

    row.locator("summary").press("Enter")

    expect(row).to_have_attribute("open", "")
    expect(row.locator(".signal__why")).to_be_visible()
