"""The pages of findings in a real browser: nothing is cut, and axe finds nothing."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import sync_playwright

from enishi.accounts.models import Account
from enishi.office import findings
from tests.office import circles
from tests.office.circles import LOOKED
from tests.web.test_components import CUT, FLAGS, SIZES, answer
from tests.web.test_office_people import enter

pytestmark = pytest.mark.django_db
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_findings_are_read_by_everybody_on_any_window(client, language):
    circles.usual()
    circles.circle(size=8)
    (case,) = findings.look(at=LOOKED)
    operator = enter(client, "mio")
    Account.objects.filter(pk=operator.pk).update(language=language)
    listed = client.get(reverse("office_findings")).content
    waiting = client.get(reverse("office_finding", args=[case.pk])).content
    findings.confirm(case.pk, by=operator, at=LOOKED, reason="Nothing was delivered.")
    decided = client.get(reverse("office_finding", args=[case.pk])).content

    pages = {"listed": listed, "waiting": waiting, "decided": decided}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), chromium_sandbox=False, args=FLAGS
        )
        faults = {
            (name, size, theme): fault
            for name, shown in pages.items()
            for size, theme in (("phone", "light"), ("desk", "dark"))
            if (fault := _faults(browser, shown, size, theme, f"{name}-{language}"))
        }
        browser.close()

    assert faults == {}


def _faults(browser, shown, size, theme, name):
    width, height = SIZES[size]
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=theme, bypass_csp=True
    )
    page.route("**/*", lambda route: answer(route, shown))
    page.goto("http://gallery.example/")
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{size}.png", full_page=True)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    wide = page.evaluate(OVER)
    cut = page.evaluate(CUT)
    page.close()
    violations = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    return [*([wide] if wide else []), *cut, *violations]
