"""PE3 in a real browser: an owner invites, a member joins and answers, the owner goes on leave and
the stand-in accepts. Nothing for axe to mend, nothing wider than a phone, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from .test_profile_browser import SIZES, WIDER, window
from .test_profile_browser import address as address  # fixtures
from .test_profile_browser import chromium as chromium
from .test_profile_browser import ren as ren

LOOKS = [("ja", "light"), ("en", "dark")]


@pytest.fixture
def acme(address, ren):
    """An organisation that waits to inspect a delivery of Ren's."""
    from enishi.profiles import commands as profiles
    from tests import make
    from tests.organisations import team

    acme = team.acme("森川商店")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make, "hana", lambda: acme)
        acme.deal = make.contract("delivered")
    profiles.present_worker(by=ren, at=make.NOON, introduction="はじめまして。")
    return acme


@pytest.fixture
def tanaka(address):
    from tests import make
    from tests.organisations import team

    return team.trusted(make.account("Tanaka"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_team_from_the_invitation_to_the_accepted_delivery(
    chromium, address, acme, ren, tanaka, language
):
    for one in (acme, ren, tanaka):
        one.language = language
        one.save()

    def says(sentence, **facts):
        with translation.override(language):
            return gettext(sentence) % facts

    def presses(page, sentence):
        page.locator("main, .acting").get_by_role("button", name=says(sentence), exact=True).click()

    owner = window(chromium, address, acme, viewport=SIZES[1])
    member = window(chromium, address, tanaka, viewport=SIZES[0])
    worker = window(chromium, address, ren, viewport=SIZES[0])

    owner.goto("/organisation/")
    owner.locator('[name="email"]').fill(tanaka.email)
    presses(owner, "Send the invitation")
    expect(owner.get_by_text(tanaka.email).first).to_be_visible()

    member.goto("/acting/")
    member.get_by_role("link", name="森川商店").click()
    presses(member, "Accept the invitation")
    presses(member, "Act for them")
    organisation = {"organisation": "森川商店"}
    acts = says("You act for %(organisation)s", **organisation)
    expect(member.locator(".acting")).to_contain_text(acts)

    member.goto(f"/messages/{acme.deal.thread_id}/")
    member.locator('[name="body"]').fill("拝見しました。")
    member.locator("#write button[type=submit]").click()
    expect(member.get_by_text("拝見しました。").last).to_be_visible()
    worker.goto(f"/messages/{acme.deal.thread_id}/")
    both = says("%(member)s of %(organisation)s", member=tanaka.name, **organisation)
    expect(worker.get_by_text(both)).to_be_visible()

    part = acme.deal.milestones.get()
    member.goto(f"/milestones/{part.pk}/acceptance/")
    expect(member).to_have_url(f"{address}/acting/")

    owner.goto("/organisation/")
    owner.get_by_label(tanaka.name).check()
    presses(owner, "Save")
    owner.goto("/settings/leaves/")
    for name in ("starts_on", "ends_on"):
        owner.locator(f'[name="{name}"]').fill("2026-04-01")
    presses(owner, "Enter the leave")
    worker.goto(f"/messages/{acme.deal.thread_id}/")
    away = says("The owner is away. %(name)s answers for them.", name=tanaka.name)
    expect(worker.get_by_text(away)).to_be_visible()

    member.goto(f"/contracts/{acme.deal.pk}/")
    member.locator("#turn").get_by_role("link", name=says("Accept"), exact=True).click()
    member.locator('[name="again"][value="yes"]').check(force=True)
    member.locator("main form button[type=submit]").first.click()
    member.wait_for_url(f"{address}/contracts/{acme.deal.pk}/")

    worker.goto(f"/contracts/{acme.deal.pk}/")
    done = says("Done by %(name)s for the organisation", name=tanaka.name)
    expect(worker.get_by_text(done)).to_be_visible()


@pytest.mark.parametrize(("language", "theme"), LOOKS)
def test_every_page_of_a_team_can_be_used_by_all(chromium, address, acme, ren, language, theme):
    from tests.organisations import team

    member, asked = team.stand_in(acme, "Suzuki"), team.invited(acme, "new@people.example")
    team.member(acme, "Tanaka")
    team.away(acme)
    waiting = team.trusted(team.make.account("New"))
    for one in (acme, ren, member.account, waiting):
        one.language = language
        one.save()
    thread, deal = f"/messages/{acme.deal.thread_id}/", f"/contracts/{acme.deal.pk}/"
    seen = {
        acme: ["/organisation/", "/acting/", "/settings/"],
        member.account: ["/acting/", "/organisation/", "/desk/", thread, deal, "/my/jobs/"],
        waiting: ["/acting/", f"/invitations/{asked.pk}/"],
        ren: [thread, f"/people/{acme.pk}/"],
    }
    wrong = []

    for who, paths in seen.items():
        page = window(chromium, address, who, color_scheme=theme, reduced_motion="reduce")
        if who == member.account:
            page.goto("/acting/")
            page.locator(f'form:has([name="membership"][value="{member.pk}"]) button').click()
        for path in paths:
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
