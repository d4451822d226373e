"""The frame and the components: accessible, strict, small, the same in both languages."""

import gzip
import re
import shutil
from hashlib import sha256
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import sync_playwright

from enishi.web import frame, states
from enishi.web.jinja import environment
from tests import make

STATIC = settings.BASE_DIR / "web" / "static"
COMPONENTS = settings.BASE_DIR / "web" / "templates" / "components"
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
KB = 1024
# Tables of which a column lies out of sight.
CUT = """[...document.querySelectorAll('.scroll')]
    .filter((one) => one.querySelector('table') && one.scrollWidth > one.clientWidth)
    .map((one) => one.getAttribute('aria-label'))"""
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture
def gallery(client, db):
    def rendered(language):
        response = client.get(reverse("components"), headers={"accept-language": language})
        assert response.status_code == 200
        return response

    return rendered


def macro_lengths():
    for path in sorted(COMPONENTS.glob("*.html")):
        for macro in re.findall(r"{% macro .*?{%-? endmacro %}", path.read_text(), re.DOTALL):
            yield path.name, macro.count("\n") + 1


def test_components_stay_small():
    assert {name: lines for name, lines in macro_lengths() if lines > 30} == {}


def test_every_component_compiles():
    templates = environment(loader=None, autoescape=True)

    for path in COMPONENTS.glob("*.html"):
        templates.compile(path.read_text(), name=path.name)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_gallery_has_nothing_inline(gallery, language):
    html = gallery(language).content.decode()

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html) == []
    assert f'<html lang="{language}"' in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_pages_stay_within_their_budget(gallery):
    """look.md: HTML 60 KB, CSS 40 KB, JS 40 KB compressed."""
    html = gallery("ja").content
    linked = re.findall(rb'(?:href|src)="/static/([^"#]+\.(?:css|js))"', html)
    sizes = {".css": 0, ".js": 0}
    for name in {name.decode() for name in linked}:
        path = STATIC / name
        sizes[path.suffix] += len(gzip.compress(path.read_bytes()))

    assert len(gzip.compress(html)) < 60 * KB
    assert sizes[".css"] < 40 * KB
    assert sizes[".js"] < 40 * KB


@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("desk", "dark")])
def test_the_gallery_is_accessible(gallery, size, theme):
    """axe finds nothing, with everything opened; nothing is wider than the window or its sheet."""
    html = gallery("ja").content
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), chromium_sandbox=False, args=FLAGS
        )
        width, height = SIZES[size]
        page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=theme, bypass_csp=True
        )
        page.route("**/*", lambda route: answer(route, html))
        page.goto("http://gallery.example/")
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        cut = page.evaluate(CUT)
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        browser.close()

    assert overflow == 0
    assert cut == []
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


def answer(route, html):
    """The page and its static files, without a server and without a port."""
    path = route.request.url.removeprefix("http://gallery.example/")
    if not path:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif path.startswith("static/") and (STATIC / path.removeprefix("static/")).is_file():
        route.fulfill(path=STATIC / path.removeprefix("static/"))
    else:
        route.fulfill(status=404, body="")


@pytest.mark.parametrize("face", frame.NAV)
def test_every_place_in_the_navigation_exists(face):
    assert len(frame.links(frame.NAV[face])) == len(frame.NAV[face])


def test_every_link_of_the_footer_exists():
    assert len(frame.links(frame.FOOTER)) == len(frame.FOOTER)


@pytest.mark.parametrize(
    ("account", "face"),
    [
        ({"role": "client", "is_office": False}, "client"),
        ({"role": "worker", "is_office": False}, "worker"),
        ({"role": "worker", "is_office": True}, "office"),
    ],
)
def test_the_frame_knows_whom_it_is_for(account, face):
    user = SimpleNamespace(is_authenticated=True, **account)

    assert frame.Frame(SimpleNamespace(user=user)).face == face


def test_the_chosen_theme_is_drawn_by_the_server(client, db):
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get(reverse("jobs")).content.decode()

    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get(reverse("jobs")).content.decode()


def test_the_front_page_speaks_both_languages_and_leads_by_role(client, db):
    for language in ("ja", "en"):
        html = client.get("/", headers={"accept-language": language}).content.decode()
        assert reverse("jobs") in html
        assert reverse("job_new") in html


def test_the_front_page_counts_what_is_there(client, db):
    contract = make.contract("delivered")

    html = client.get("/", headers={"accept-language": "en"}).content.decode()

    assert "¥60,000" in html
    assert contract.title in html
    assert "See 1 job" in html


def test_the_offline_page_names_nobody_and_the_worker_rules_the_whole_site(client, db):
    page = client.get(reverse("offline"))
    worker = client.get(reverse("service_worker"))

    assert page.status_code == 200
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert worker["Content-Type"] == "text/javascript"
    assert worker.request["PATH_INFO"] == "/sw.js"


def test_a_page_that_is_not_there_says_what_to_do(client, db):
    response = client.get("/nothing/here/")

    assert response.status_code == 404
    assert 'class="btn btn--main"' in response.content.decode()


def test_vendored_files_are_what_their_list_says():
    listed = (STATIC / "vendor" / "VENDORED.md").read_text()

    assert sha256((STATIC / "vendor" / "htmx.min.js").read_bytes()).hexdigest() in listed


def test_every_state_has_a_word_of_its_own_tone():
    tones = {"", "ai", "take", "yama", "hollow", "ink"}
    words = [word for cycle in states.WORDS.values() for word in cycle.values()]

    assert {word.tone for word in words} <= tones
    assert all(str(word.text) for word in words)
