"""What the demo's people have checked about themselves. Whoever does what hangs on the person, not
on chance: so the rest of the market is the same with and without it."""

from datetime import datetime, timedelta
from zlib import crc32

from enishi.accounts import demo
from enishi.accounts.models import Account
from enishi.profiles.background.commands import qualifications
from enishi.profiles.background.policy import Held
from enishi.simulation.world import Client, Worker, World
from enishi.verification import demo as papers
from enishi.verification.commands import asking, deciding
from enishi.web.legal.texts import PLEDGED, TEXTS

SOON, LATER = timedelta(hours=2), timedelta(days=2)
STORY = ("hana", "ren")
# Out of ten people, how many do so.
PLEDGES, CONFIRMS, SHOWS = 8, 7, 6
HOLDS = {"ren": ("司書", "司書資格証明書")}  # a qualification, and its certificate
WAITING = (  # in the office's queue today: who, which kind, which paper, called what
    ("w05", "qualification", "certificate", "全国通訳案内士", "合格証書"),
    ("w07", "identity", "residence_card", "", "在留カード"),
    ("cl05", "business", "register", "", "登記事項証明書"),
)


def expect(world: World, person: Worker | Client, joins: datetime) -> None:
    world.enter(joins + SOON, begin, person)


def begin(world: World, person: Worker | Client, at: datetime) -> None:
    """A pledge, a phone, a document: each of those who would."""
    account, place = person.account, crc32(person.like.encode()) % 10
    is_story = person.like in STORY
    if is_story or place < PLEDGES:
        asking.pledge(by=account, at=at, version=TEXTS[PLEDGED].version.isoformat())
    if is_story or place < CONFIRMS:
        papers.confirm_phone(account, at=at)
    if is_story or place < SHOWS:
        card = papers.paper(account.name, "運転免許証")
        asked = asking.submit("identity", by=account, at=at, paper="driving_licence", files=[card])
        world.enter(at + LATER, decide, asked.pk)
    if person.like in HOLDS:
        title, name = HOLDS[person.like]
        qualifications.add(by=account, at=at, held=Held(name=title))
        card = papers.paper(account.name, name)
        facts = {"paper": "certificate", "title": title, "files": [card]}
        asked = asking.submit("qualification", by=account, at=at, **facts)
        world.enter(at + LATER, decide, asked.pk)


def decide(world: World, verification_id: int, at: datetime) -> None:
    """Mio of the office has looked."""
    mio = Account.objects.get(email=demo.person("mio").email)
    deciding.approve(verification_id, by=mio, at=at)


def wait(world: World, end: datetime) -> None:
    """Three people whose documents stand in the office's queue when the visitor comes."""
    for hours, (like, *what) in enumerate(WAITING, start=8):
        person = world.workers.get(like) or world.clients[like]
        world.enter(end - timedelta(hours=hours), hand_in, person, *what)


def hand_in(
    world: World,
    person: Worker | Client,
    kind: str,
    paper: str,
    title: str,
    name: str,
    at: datetime,
) -> None:
    called = title or (person.name if kind == "business" else "")
    card = papers.paper(person.name, name)
    facts = {"paper": paper, "title": called, "files": [card]}
    asking.submit(kind, by=person.account, at=at, **facts)
