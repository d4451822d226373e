"""P5: whatever people do, and whatever breaks meanwhile, no log names what they wrote: neither the
lines of web, worker, stream and sandbox nor those of the database. O5: each line has its trace."""

import json
import os
import re
import signal
import time

import httpx
import pytest

from enishi.kit import postgres_process, trace
from tests.journeys import quiet, site

BUDGET = 10
PASSWORD = "canary-password-4711"
CANARIES = {
    "password": PASSWORD,
    "wrong password": "canary-wrong-4711",
    "mail": "canary.mail4711@people.example",
    "name": "Canary Nightingale",
    "query": "canary-query-4711",
    "cookie": "canary-cookie-4711",
    "header": "canary-header-4711",
    "host": "canary-host-4711.example",
    "path": "canary-path-4711",
    "bank number": "4711471",
    "holder": "カナリアホルダー",
    "body": "canary-body-4711",
    "address": "canary-street-4711",
}


@pytest.fixture(scope="module")
def market():
    """The form is that of a live market: one object a line."""
    with site.running(ENISHI_LOG="json") as running:
        yield running


class Visitor:
    """A browser without a screen: forms with their tokens, cookies, no scripts."""

    def __init__(self, url):
        headers = {"user-agent": CANARIES["header"], "referer": f"{url}/"}
        self.http = httpx.Client(
            base_url=url,
            headers=headers,
            follow_redirects=True,
            trust_env=False,
            verify=False,
            timeout=30,
        )
        self.http.cookies.set("theme", CANARIES["cookie"])
        self.statuses = []

    def sees(self, path):
        answer = self.http.get(path)
        self.statuses.append(answer.status_code)
        return answer

    def sends(self, path, **form):
        page = self.sees(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        given = {"csrfmiddlewaretoken": token[1] if token else "", **form}
        answer = self.http.post(path, data=given)
        self.statuses.append(answer.status_code)
        return answer


def signs_up(visitor, market):
    given = {
        "role": "worker",
        "name": CANARIES["name"],
        "email": CANARIES["mail"],
        "password1": PASSWORD,
        "statement": "age",
        "consent": "on",
    }
    visitor.sends("/account/signup/", **given)
    box = visitor.sees(f"/demo/mail/?to={CANARIES['mail']}").text
    mail = visitor.sees(re.search(r'href="(/demo/mail/\d+/)"', box)[1]).text
    link = re.search(r"/account/confirm-email/[^\s<\"]+", mail)[0]
    visitor.sends(link)
    assert "/account/" not in str(visitor.sees("/desk/").url)
    return link


def behaves_badly(visitor, market):
    """Each leaves what it wrote in an address, a header, a body or an exception."""
    visitor.sees(f"/jobs/?q={CANARIES['query']}")
    visitor.sees(f"/jobs/?q=%ff{CANARIES['query']}&before={CANARIES['query']}")
    visitor.sees(f"/account/password/reset/key/{CANARIES['path']}-{CANARIES['path']}/")
    visitor.sees(f"/{CANARIES['path']}/")
    visitor.http.get("/", headers={"host": CANARIES["host"]})
    visitor.http.get("/", headers={"x-request-id": CANARIES["header"], "x-forwarded-for": "canary"})
    visitor.http.post("/webhooks/provider/", content=CANARIES["body"])
    visitor.http.post("/account/login/", data={"login": CANARIES["mail"]})
    other = Visitor(market.url)
    other.sends("/account/login/", login=CANARIES["mail"], password=CANARIES["wrong password"])
    other.http.close()
    bank = {"bank": "1100", "branch": "000", "holder": CANARIES["holder"]}
    bank |= {"name": CANARIES["holder"]}
    visitor.sends("/settings/bank-account/", **bank, number=CANARIES["bank number"])
    visitor.sends("/jobs/new/", title=CANARIES["body"], address=CANARIES["address"])
    visitor.sends("/profile/edit/", summary=CANARIES["body"])


def works_without_a_database(visitor, market):
    """The database dies under the hands of all four processes."""
    killed = postgres_process.postmaster(market.folder / "postgres")
    os.kill(killed, signal.SIGKILL)
    for number in range(6):
        try:
            visitor.sends(f"/jobs/?q={CANARIES['query']}{number}", body=CANARIES["body"])
        except httpx.HTTPError:
            continue
    deadline = time.monotonic() + 90
    while visitor.http.get("/readyz").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_no_process_tells_what_people_wrote(market, proof):
    visitor = Visitor(market.url)
    link = signs_up(visitor, market)
    behaves_badly(visitor, market)
    works_without_a_database(visitor, market)
    answer = visitor.sees("/desk/")
    visitor.http.close()

    lines = (market.folder / "run.log").read_text(errors="replace")
    known = {**CANARIES, "link": link.rsplit("/", 2)[1], **dict(visitor.http.cookies)}
    found = {name for name, canary in known.items() if len(canary) > 5 and canary in lines}
    assert found == set()
    assert quiet.told(market.folder, "run.log", "postgres/server.log") == {}
    ours = [json.loads(line) for line in lines.splitlines() if line.startswith("{")]
    requests = [line for line in ours if line.get("from") == "enishi.request"]
    assert [one for one in requests if not re.fullmatch(trace.SHAPE, one["trace"])] == []
    assert answer.headers["x-request-id"] in {one["trace"] for one in requests}
    seen = {one["status"] for one in requests if "status" in one}
    assert seen >= {200, 302, 400, 404}
    assert seen & {500, 503}  # while the database was gone
    proof.say(f"{len(ours):,} lines, {len(requests):,} of requests, 0 of {len(known)} canaries")
