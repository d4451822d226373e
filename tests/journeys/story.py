"""The whole story of a hire, told in a browser: from signing up to the reviews of both sides."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.people import PASSWORD, Person

QUESTIONS = ("取材の経験はありますか", "対応できる曜日を教えてください")
TITLE = "道の駅で働く人へのインタビュー記事"
GOOD_CARD, BAD_CARD = "4242424242424242", "4000000000000002"


@dataclass(frozen=True, slots=True)
class Cast:
    hana: Person
    ren: Person
    sora: Person

    def __iter__(self) -> Iterator[Person]:
        return iter((self.hana, self.ren, self.sora))


def signs_up(person: Person, role: str) -> None:
    """PE7: with consent, age, and a confirmed address."""
    person.goes("/account/signup/")
    person.marks("role", role)
    person.writes("name", person.name)
    person.writes("email", person.mail)
    person.writes("password1", PASSWORD)
    person.marks("statement", "age")
    person.marks("consent")
    person.shows(f"sign-up-{role}")
    person.presses("Sign up")
    person.goes(f"/demo/mail/?to={person.mail}")
    person.page.locator(".inbox__line").first.click()
    text = person.page.locator("main").inner_text()
    link = re.search(r"https?://\S+/account/confirm-email/\S+", text)
    assert link, text
    person.goes(link.group(0))
    person.presses("Confirm this address")
    if "/login" in person.page.url:
        person.writes("login", person.mail)
        person.writes("password", PASSWORD)
        person.presses("Sign in")
    person.goes("/desk/")
    person.shows(f"desk-empty-{role}")


def posts_a_job(hana: Person) -> str:
    """JO4, JO5: two questions, two milestones. Returns the address of the post."""
    hana.goes("/jobs/new/")
    hana.writes("title", TITLE)
    hana.picks("subcategory", "c01-s2")
    hana.writes("description", "全国の道の駅で働く方にお話を伺い、記事にまとめていただきます。")
    hana.writes("deliverables", "3,000字の記事をテキストファイルで2本")
    hana.writes("acceptance", "お話を伺った方が内容を確認していること")
    hana.marks("pricing", "fixed")
    for number, (title, amount, days) in enumerate(
        [("1本目の記事", 33_000, 30), ("2本目の記事", 22_000, 45)], start=1
    ):
        hana.opens(f"milestone_{number}_title", "Add a milestone")
        hana.writes(f"milestone_{number}_title", title)
        hana.writes(f"milestone_{number}_amount", amount)
        hana.writes(f"milestone_{number}_due_on", hana.site.day(days).isoformat())
    hana.writes("expected_hours", 30)
    hana.writes("headcount", 1)
    hana.writes("apply_by", hana.site.day(10).isoformat())
    hana.writes("delivery_on", hana.site.day(45).isoformat())
    for number, question in enumerate(QUESTIONS, start=1):
        hana.opens(f"question_{number}", "Add a question")
        hana.writes(f"question_{number}", question)
    hana.writes("place", "在宅")
    hana.writes("address", "東京都台東区")
    hana.writes("revision_rounds", 2)
    hana.shows("job-form")
    hana.presses("Check before opening")
    hana.shows("job-preview")
    hana.presses("Open the post")
    hana.shows("job-opened")
    hana.presses("See the post")
    return hana.page.url


def applies(worker: Person, job: str, *, forgets: bool = False) -> str:
    """AP1: a missing answer is pointed out, and everything typed is kept."""
    worker.goes(job)
    worker.shows("job")
    worker.presses("Write an application")
    worker.writes("amount", 55_000)
    worker.writes("delivery_on", worker.site.day(45).isoformat())
    worker.writes("message", "地域の情報誌で十年、人の話を聞いて書いてきました。")
    worker.writes("answer_1", "三百五十人ほどの取材をしました。")
    if forgets:
        worker.presses("Send the application")
        worker.reads("This question has no answer yet.")
        kept = worker.page.locator('[name="message"]').input_value()
        assert kept.startswith("地域の情報誌で")
        worker.shows("application-missing-answer")
    worker.writes("answer_2", "平日の午前です。")
    worker.presses("Send the application")
    worker.shows("application-sent")
    return worker.page.url


def chooses(cast: Cast, job: str) -> str:
    """AP2: shortlist one, decline another with a reason, offer a contract that differs (CO2)."""
    hana = cast.hana
    hana.goes(job + "proposals/")
    hana.shows("applicants")
    hana.page.locator("main a").filter(has_text=cast.ren.name).first.click()
    hana.presses("Put on the shortlist")
    ours = hana.page.url
    hana.goes(job + "proposals/")
    hana.page.locator("main a").filter(has_text=cast.sora.name).first.click()
    hana.presses("Decline with a reason")
    hana.marks("reason", "filled")
    hana.shows("decline")
    hana.presses("Send the answer")
    cast.sora.goes("/my/proposals/")
    cast.sora.shows("my-proposals-declined")
    cast.sora.page.locator("main a[href^='/proposals/']").first.click()
    cast.sora.reads("Someone else was chosen")
    hana.goes(ours)
    hana.goes(hana.page.url)
    hana.presses("Offer a contract")
    hana.writes("revision_rounds", 1)
    hana.shows("offer-form")
    hana.presses("Check the offer")
    hana.shows("offer-check")
    hana.presses("Offer the contract")
    hana.shows("contract-offered-client")
    return hana.page.url


def agrees(ren: Person, contract: str) -> None:
    """CO2, CO4: fee, net and the difference are seen; nothing can be delivered yet."""
    ren.goes(contract)
    ren.reads("You receive")
    for yen in ("11,000", "1,100", "42,900"):  # fee, tax on it, and what is left of 55,000
        assert yen in ren.page.locator("main").inner_text()
    ren.shows("contract-offered-worker")
    differences = ren.page.locator('[name="confirmed"]').all()
    assert "revision_rounds" in [box.get_attribute("value") for box in differences]
    for box in differences:
        box.check()
    ren.presses("Agree to the contract")
    ren.reads("Please do not start working yet")
    ren.does_not_read("Deliver")
    assert ren.page.locator("[href$='/delivery/'], [action$='/delivery/']").count() == 0
    ren.shows("contract-not-funded")


def funds(hana: Person, contract: str, *, fails_first: bool = False) -> None:
    """CO3: on the provider's page, once with a card that fails."""
    hana.goes(contract)
    hana.page.locator("form[action$='/funding/'] button").locator("visible=true").first.click()
    if fails_first:
        pays(hana, BAD_CARD)
        hana.page.locator("[role=alert]").first.wait_for()
    pays(hana, GOOD_CARD)
    hana.page.wait_for_url(re.compile(r"/contracts/\d+/"))
    hana.goes(contract)
    hana.reads("Funded")


def pays(hana: Person, card: str) -> None:
    hana.page.locator('[name="number"]').fill(card)
    hana.page.locator('[name="number"]').locator("xpath=ancestor::form").locator("button").click()
    hana.page.wait_for_load_state("load")


def delivers(ren: Person, contract: str, body: str, file: Path) -> None:
    ren.goes(contract)
    ren.presses("Deliver")
    ren.writes("body", body)
    ren.page.locator('[name="files"]').set_input_files(file)
    ren.shows("delivery-form")
    ren.presses("Deliver")
    ren.reads("Delivered, waiting for inspection")


def asks_revision(hana: Person, contract: str) -> None:
    hana.goes(contract)
    hana.shows("contract-delivered-client")
    hana.presses("Ask for a revision")
    hana.writes("reason", "結びの段落を、もう少しやわらかい言い方にしてください。")
    hana.shows("revision-form")
    hana.presses("Ask for a revision")
    hana.reads("Being revised")


def accepts(hana: Person, contract: str) -> None:
    hana.goes(contract)
    hana.presses("Accept")
    hana.shows("acceptance")
    hana.presses("Accept and pay")
    hana.reads("Accepted")


def reviews(person: Person, contract: str, words: str) -> None:
    """RE1, RE2: five items, overall, a comment."""
    person.goes(contract + "review/")
    for item in ("overall", "skill", "quality", "schedule", "communication", "partnership"):
        person.marks(item, "5")
    person.writes("comment", words)
    person.shows("review-form")
    person.presses("Send the review")


def talk_live(hana: Person, ren: Person, contract: str) -> None:
    """B10: a message arrives on the open page without a reload."""
    hana.goes(contract)
    ren.goes(contract)
    ren.writes("body", "明日の朝、取材に伺います。")
    ren.page.locator("#talk form button[type=submit]").last.click()
    hana.page.locator("#talk").get_by_text("明日の朝、取材に伺います。").wait_for(timeout=15_000)


def hires(cast: Cast, file: Path) -> str:
    """The whole way, with every detour the rules know. Returns the address of the contract."""
    hana, ren, sora = cast
    for person, role in ((hana, "client"), (ren, "worker"), (sora, "worker")):
        signs_up(person, role)
    job = posts_a_job(hana)
    applies(ren, job, forgets=True)
    applies(sora, job)
    contract = chooses(cast, job)
    agrees(ren, contract)
    funds(hana, contract, fails_first=True)
    talk_live(hana, ren, contract)
    delivers(ren, contract, "1本目をお届けします。", file)
    asks_revision(hana, contract)
    delivers(ren, contract, "結びを直しました。", file)
    accepts(hana, contract)
    ren.goes(contract)
    ren.reads_words("25,740")  # 33,000 less 6,600 fee and 660 tax on it
    ren.shows("contract-first-paid")
    falls_silent(cast, contract, file)
    reviews_blind(hana, ren, contract)
    return contract


def falls_silent(cast: Cast, contract: str, file: Path) -> None:
    """CL4: reminders come, and on day 14 the delivery is accepted by the rules and paid."""
    hana, ren, _ = cast
    funds(hana, contract)
    delivers(ren, contract, "2本目をお届けします。", file)
    for _ in range(4):
        hana.site.advance(3)
    ren.goes(contract)
    ren.reads("Delivered, waiting for inspection")
    hana.goes("/notices/")
    letter = "A letter from the office: “%(piece)s” still waits for your inspection"
    hana.reads(letter, piece="2本目の記事")
    hana.shows("notices")
    hana.site.advance(3)
    ren.goes(contract)
    ren.reads("Accepted by the rules")
    ren.reads_words("17,160")  # 22,000 less 4,400 fee and 440 tax on it
    ren.shows("contract-completed")


def reviews_blind(hana: Person, ren: Person, contract: str) -> None:
    """RE2: neither is read before both are written."""
    reviews(hana, contract, "ていねいな取材で、読者に好評でした。")
    ren.goes(contract)
    ren.does_not_read("ていねいな取材で、読者に好評でした。")
    reviews(ren, contract, "指示が具体的で、安心して進められました。")
    for person, words in ((ren, "ていねいな取材で"), (hana, "指示が具体的で")):
        person.goes(contract)
        person.reads_words(words)
    ren.shows("contract-reviewed")
    hana.page.locator("a[href^='/people/']").filter(has_text=ren.name).first.click()
    hana.page.wait_for_url(re.compile(r"/people/\d+/"))
    hana.reads_words("ていねいな取材で")
    hana.shows("person-reviewed")


def hires_shortly(cast: Cast, file: Path) -> str:
    """The same hire without detours: one application each, no revision, both pay and accept."""
    hana, ren, sora = cast
    for person, role in ((hana, "client"), (ren, "worker"), (sora, "worker")):
        signs_up(person, role)
    job = posts_a_job(hana)
    applies(ren, job)
    applies(sora, job)
    contract = chooses(cast, job)
    agrees(ren, contract)
    funds(hana, contract)
    delivers(ren, contract, "The first article.", file)
    accepts(hana, contract)
    ren.goes(contract)
    ren.shows("contract-first-paid")
    return contract


def keeps_eight_tabs_live(hana: Person, ren: Person, contract: str) -> None:
    """C20: one browser, eight tabs, one stream; each shows what the other side writes."""
    tabs = [hana.page.context.new_page() for _ in range(8)]
    for tab in tabs:
        tab.goto(contract)
    ren.goes(contract)
    ren.writes("body", "八つの窓に届きますように。")
    ren.page.locator("#talk form button[type=submit]").last.click()
    for tab in tabs:
        tab.locator("#talk").get_by_text("八つの窓に届きますように。").wait_for(timeout=30_000)
        tab.close()
