"""The story of the money of one deal, told in a browser: a card that fails, a split by two
treasurers, a payout, a bank that takes the payment back, and the books that agree at the end."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from playwright.sync_api import Browser

from tests.journeys import story
from tests.journeys.conftest import person
from tests.journeys.people import Person
from tests.journeys.site import Site

# A deal that both have agreed to, and two treasurers: what the journey of the hire has told.
STAGE = """
from enishi.accounts import commands, demo
from enishi.kit import clock
from tests import make
at = clock.now()
made = make.contract("agreed", price=22_000, at=at)
for person in (made.client, made.worker):
    commands.trust_email(person.pk)
    commands.speak(by=person, language="LANGUAGE")
for key in ("nao", "kei"):
    demo.join(demo.person(key), at=at, version="2026-11-22")
print(made.pk)
"""
PASSWORD, DEMO_PASSWORD = "correct horse battery", "enishi-demo-2026"
REASON = "半分までは、約束どおりにできていました。"


DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True, slots=True)
class Cast:
    hana: Person
    ren: Person
    nao: Person
    kei: Person

    def __iter__(self) -> Iterator[Person]:
        return iter((self.hana, self.ren, self.nao, self.kei))


def people(browser: Browser, site: Site) -> Cast:
    """The two of the deal on their phones, two treasurers at their desks."""
    return Cast(
        person(browser, site, "Hana", "hana@people.example", "ja", PHONE),
        person(browser, site, "Ren", "ren@people.example", "ja", PHONE),
        person(browser, site, "直", "nao@enishi.example", "ja", DESK),
        person(browser, site, "圭", "kei@enishi.example", "ja", DESK),
    )


def staged(site: Site, language: str = "ja") -> str:
    """The address of a deal that waits for its escrow."""
    stage = STAGE.replace("LANGUAGE", language)
    return f"/contracts/{site.enishi('manage', 'shell', '-c', stage).split()[-1]}/"


def signs_in(person: Person, password: str) -> None:
    person.goes("/account/login/")
    person.writes("login", person.mail)
    person.writes("password", password)
    person.presses("Sign in")


def shows_the_code(person: Person) -> None:
    """A demo's page says which code the app would show now."""
    code = re.search(r"\d{6}", person.page.locator("main").inner_text())
    assert code, person.page.url
    person.writes("code", code.group(0))
    person.page.locator('[name="code"]').locator("xpath=ancestor::form").locator(
        "button[type=submit]"
    ).first.click()
    person.page.wait_for_load_state("load")


def provider(site: Site, path: str, **form: str) -> dict[str, str]:
    """What happens at the bank: nobody presses anything of ours."""
    home = site.folder / "sandbox"
    address = f"http://127.0.0.1:{(home / 'port').read_text()}{path}"
    headers = {"authorization": f"Bearer {(home / 'key').read_text()}"}
    with httpx.Client(trust_env=False, timeout=10, headers=headers, verify=False) as client:
        answer = (
            client.post(address, data=form) if form or "_control" in path else client.get(address)
        )
        return answer.raise_for_status().json()  # type: ignore[no-any-return]  # an object


def pays_at_the_second_try(cast: Cast, contract: str) -> None:
    story.funds(cast.hana, contract, fails_first=True)


def names_a_bank(ren: Person) -> None:
    """A8: it is asked once more who one is, however short ago one signed in."""
    ren.goes("/settings/bank-account/")
    ren.shows("bank-shut")
    ren.presses("Go on")
    ren.writes("password", PASSWORD)
    ren.page.locator('[name="password"]').press("Enter")
    ren.page.locator('[name="bank"]').wait_for()
    for name, value in (("bank", "0001"), ("branch", "001"), ("number", "0001234")):
        ren.writes(name, value)
    ren.writes("name", "みずの れん")
    ren.writes("holder", "ミズノ レン")
    ren.presses("Use this account")


def split_by_two(cast: Cast, contract: str) -> None:
    """PE2: one proposes, sees that it takes another; the other reads what moves, and approves."""
    nao, kei = cast.nao, cast.kei
    nao.goes(f"/office/deals/{contract.strip('/').split('/')[-1]}/")
    nao.presses("Propose to divide the escrow of milestone %(number)s", number=1)
    nao.writes("part", "11,000")
    nao.writes("reason", REASON)
    nao.shows("act-form")
    nao.presses("Propose it")
    nao.reads("It waits for another treasurer")
    nao.shows("act-mine")
    kei.goes("/office/money/")
    kei.shows("money-desk")
    kei.page.locator("main td a, main th a").filter(
        has_text=kei.says("Divide an escrow")
    ).first.click()
    kei.reads("You are the second treasurer")
    kei.reads_words("8,580")
    kei.shows("act-theirs")
    kei.presses("Approve and carry out")
    kei.reads("Approved and carried out")


def papers_say_so(ren: Person, contract: str) -> None:
    """The payment statement and the invoice of the part paid, read from their PDFs."""
    ren.goes(contract)
    ren.reads_words(REASON)
    ren.shows("contract-settled")
    links = ren.page.locator("main a[href*='/documents/']").evaluate_all(
        "all => [...new Set(all.map(one => one.pathname))]"
    )
    papers = [path for path in links if re.fullmatch(r"/documents/[0-9a-f-]{36}/", path)]
    said = "\n".join(_words(ren, f"{path[:-1]}.pdf") for path in papers)
    for words in ("11,000", "8,580", "22,000", REASON):
        assert words in said.replace("\n", ""), said
    for prefix in ("OS-", "DN-", "PS-", "IV-"):
        assert prefix in said, said


def _words(person: Person, path: str) -> str:
    answer = person.page.context.request.get(person.site.url + path)
    assert answer.ok
    read = subprocess.run(
        ["pdftotext", "-", "-"], input=answer.body(), capture_output=True, check=True
    )
    return read.stdout.decode()


def is_paid_out(ren: Person) -> None:
    """The sweep sends it, and the statement says so."""
    for _ in range(12):
        ren.goes("/statements/")
        if ren.page.get_by_text(ren.says("Sent to the bank")).count() > 1:
            break
        ren.page.wait_for_timeout(5_000)
    ren.reads_words("8,580")
    ren.shows("statement-worker")


def finds(person: Person, sentence: str, **facts: object) -> None:
    """What comes by a job stands on the page within a moment."""
    words = person.says(sentence, **facts)
    for _ in range(30):
        if person.page.get_by_text(words).count():
            return
        person.page.wait_for_timeout(1_000)
        person.page.reload()
    person.reads_words(words)


def the_bank_takes_it_back(cast: Cast) -> None:
    """M11: the worker keeps the pay; the client owes, and pays."""
    hana, site = cast.hana, cast.hana.site
    intent = provider(site, "/v1/payment_intents?limit=1")["data"][0]["id"]  # type: ignore[index]
    taken = provider(site, f"/_control/payment_intents/{intent}/dispute")["id"]
    hana.goes("/notices/")
    finds(hana, "A bank took back a payment of %(amount)s", amount="22,000円")
    hana.page.locator("main a[href^='/chargebacks/']").first.click()
    hana.reads("Your bank has not decided yet")
    hana.shows("chargeback-open")
    provider(site, f"/_control/disputes/{taken}/decide", outcome="lost")
    finds(hana, "Pay the %(amount)s that you owe", amount="22,000円")
    hana.shows("chargeback-owed")
    hana.presses("To the payment page")
    story.pays(hana, story.GOOD_CARD)
    hana.page.wait_for_url(re.compile(r"/chargebacks/\d+/"))
    finds(hana, "Nothing is owed for it")


def the_books_agree(nao: Person) -> None:
    nao.goes("/office/differences/")
    nao.presses("Compare now")
    nao.reads("No difference is open")
    nao.shows("books-agree")


def tells_all(cast: Cast, contract: str) -> None:
    for one in (cast.hana, cast.ren):
        signs_in(one, PASSWORD)
    for one in (cast.nao, cast.kei):
        signs_in(one, DEMO_PASSWORD)
        shows_the_code(one)
    pays_at_the_second_try(cast, contract)
    names_a_bank(cast.ren)
    cast.ren.goes(contract)
    cast.ren.presses("Deliver")
    cast.ren.writes("body", "半分までお届けします。")
    cast.ren.presses("Deliver")
    split_by_two(cast, contract)
    papers_say_so(cast.ren, contract)
    is_paid_out(cast.ren)
    the_bank_takes_it_back(cast)
    the_books_agree(cast.nao)
