"""The story of pay that goes out by file, told in a browser: a worker's shop as the holder of the
account, a treasurer's look, a file by two, the bank's answer, and the account that it refused."""

from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.journeys.conftest import person
from tests.journeys.money import (
    DEMO_PASSWORD,
    DESK,
    PASSWORD,
    PHONE,
    shows_the_code,
    signs_in,
)
from tests.journeys.people import Person
from tests.journeys.site import Site
from tests.payments.answers import answered

ENVIRONMENT = {
    "ENISHI_PAYOUTS": "file",
    "ENISHI_PAYOUT_LEAST": "1000",
    "ENISHI_SENDER_CODE": "1234567890",
    "ENISHI_SENDER_NAME": "カ)エニシ",
    "ENISHI_SENDER_BANK": "0001",
    "ENISHI_SENDER_BRANCH": "101",
    "ENISHI_SENDER_NUMBER": "7654321",
}
# Work that was accepted just now, and two treasurers.
STAGE = """
from enishi.accounts import commands, demo
from enishi.kit import clock
from tests import make
at = clock.now()
made = make.contract("completed", price=22_000, at=at)
commands.trust_email(made.worker.pk)
commands.speak(by=made.worker, language="LANGUAGE")
for key in ("nao", "kei"):
    commands.speak(by=demo.join(demo.person(key), at=at, version="2026-11-22"), language="LANGUAGE")
"""
REASONS = {"ja": "自分の花屋の名前です。", "en": "It is the name of my flower shop."}


@dataclass(frozen=True, slots=True)
class Cast:
    ren: Person
    nao: Person
    kei: Person

    def __iter__(self):
        return iter((self.ren, self.nao, self.kei))


def staged(site: Site, language: str) -> None:
    site.enishi("manage", "shell", "-c", STAGE.replace("LANGUAGE", language))


def people(browser: Browser, site: Site, language: str) -> Cast:
    return Cast(
        person(browser, site, "Ren", "ren@people.example", language, PHONE),
        person(browser, site, "直", "nao@enishi.example", language, DESK),
        person(browser, site, "圭", "kei@enishi.example", language, DESK),
    )


def names_a_shop(ren: Person) -> None:
    """The page says that the holder differs, keeps what was typed, and asks why."""
    ren.goes("/settings/bank-account/")
    ren.reads("To be paid to you, and by when")
    ren.presses("Go on")
    ren.writes("password", PASSWORD)
    ren.page.locator('[name="password"]').press("Enter")
    ren.page.locator('[name="bank"]').wait_for()
    ren.shows("file-bank-empty")
    boxes = {"bank": "0005", "branch": "001", "number": "0001234", "name": "みずの れん"}
    for name, value in (boxes | {"holder": "ハナヤ"}).items():
        ren.writes(name, value)
    ren.presses("Use this account")
    ren.page.locator('[name="reason"]').wait_for()
    assert ren.page.locator('[name="number"]').input_value() == "0001234"
    ren.shows("file-bank-differs")
    ren.writes("reason", REASONS[ren.language])
    ren.presses("Use this account")
    ren.reads("The office looks at the holder of your account")
    ren.shows("file-bank-looked-at")


def is_looked_at(nao: Person) -> None:
    nao.goes("/office/money/")
    nao.shows("file-money-desk")
    nao.page.locator("main a[href*='/office/holders/']").first.click()
    nao.reads("Does this account belong to this person?")
    nao.shows("file-holder")
    nao.presses("Confirm the holder")
    nao.reads("Holder confirmed")
    nao.shows("file-holder-confirmed")


def made_by_two(nao: Person, kei: Person) -> None:
    nao.goes("/office/batches/")
    nao.shows("file-files")
    nao.presses("Make a file")
    nao.shows("file-new")
    nao.writes("transfer_on", "2026-01-01")
    nao.presses("Make the file")
    nao.page.locator(".field__error").first.wait_for()
    nao.shows("file-new-wrong-day")
    nao.goes("/office/batches/new/")
    nao.presses("Make the file")
    nao.reads("It waits for another treasurer")
    nao.shows("file-act-mine")
    act = nao.page.url
    nao.page.locator("main a[href*='/office/batches/']").locator("visible=true").last.click()
    nao.shows("file-made")
    kei.goes(act)
    kei.shows("file-act-theirs")
    kei.presses("Approve and carry out")
    kei.reads("Approved and carried out")


def goes_to_the_bank(nao: Person) -> bytes:
    nao.goes("/office/batches/")
    nao.page.locator("main table a").first.click()
    nao.shows("file-sent")
    with nao.page.expect_download() as coming:
        nao.page.get_by_text(nao.says("Download the file")).click()
    return coming.value.path().read_bytes()


def hands_in(nao: Person, answer: bytes, shot: str) -> None:
    file = {"name": "answer.txt", "mimeType": "text/plain", "buffer": answer}
    nao.page.locator('[name="answer"]').set_input_files(file)
    nao.presses("Read and book it")
    nao.shows(shot)


def tells_all(cast: Cast) -> None:
    ren, nao, kei = cast
    signs_in(ren, PASSWORD)
    for one in (nao, kei):
        signs_in(one, DEMO_PASSWORD)
        shows_the_code(one)
    names_a_shop(ren)
    is_looked_at(nao)
    made_by_two(nao, kei)
    file = goes_to_the_bank(nao)
    hands_in(nao, file[:-50], "file-answer-cut")
    nao.reads(
        "The end of this file is missing. Please fetch it from the bank again. Nothing was booked."
    )
    payout = int(file.split(b"\r\n")[1][91:111])
    hands_in(nao, answered(file, {payout: "2"}), "file-settled")
    ren.goes("/settings/bank-account/")
    ren.reads("Check your bank account: the bank did not take a payout")
    ren.shows("file-bank-refused")
    ren.goes("/notices/")
    ren.reads(
        "Your bank did not take the payment of %(amount)s",
        amount="17,160円" if ren.language == "ja" else "¥17,160",
    )
