"""The demo market's people and posts, read once. Only what people wrote: no rating, no rank.

Figures about people arise from contracts that were walked, never from these files.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Worker:
    id: str
    name: str
    category_id: str
    payee_kind: str  # individual | company (CO10)
    hours_per_week: int
    hours: str
    skill_ids: tuple[str, ...]
    experience: tuple[str, ...]
    introduction: str
    email: str


@dataclass(frozen=True, slots=True)
class Client:
    id: str
    name: str
    name_en: str
    kind: str  # person | sole_trader | organisation
    payer_kind: str  # company | sole_trader_payroll | individual (CO10)
    recruiter_name: str
    contact_person: str  # of an organisation
    prefecture: str  # JIS X 0401
    city: str
    address: str
    introduction: str
    email: str

    @property
    def address_shown(self) -> str:
        """Organisations show it in full, others keep the street for those they release it to."""
        return "full" if self.kind == "organisation" else "city"


@dataclass(frozen=True, slots=True)
class OfficePerson:
    name: str
    name_en: str
    grade: str  # reader | operator | treasurer
    email: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The five people whose logins `enishi run` prints."""

    hana: Client
    ren: Worker
    mio: OfficePerson
    nao: OfficePerson
    kei: OfficePerson


@dataclass(frozen=True, slots=True)
class Milestone:
    title: str
    share: int  # parts of the whole: per mille of a fixed price, units of a price per unit
    by: int  # per mille of the delivery days, cumulative


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the kinds a post may choose from, and what this category says about it."""

    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the posts of one category leave unsaid, written by hand for that category."""

    category_id: str
    application_days: int
    place: str
    acceptance: str
    inspection: str
    rights: Choice  # transfer | licence
    confidentiality: Choice  # work | strict
    ai_use: Choice  # ask | forbidden
    revision_rounds: int
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Post:
    id: str
    client_id: str
    subcategory_id: str
    title: str
    pricing: str  # fixed | per_unit
    price_low: int  # yen for one unit
    price_high: int
    unit_id: str
    quantity: int  # of one contract
    hours: int  # of one contract
    headcount: int
    delivery_days: int
    is_continuing: bool
    skill_ids: tuple[str, ...]
    description: str
    deliverables: tuple[str, ...]
    questions: tuple[str, ...]
    milestones: tuple[Milestone, ...]
    place: str
    applicant_ids: tuple[str, ...]  # who would plausibly apply; answers stand in this order

    @property
    def category_id(self) -> str:
        return self.subcategory_id.partition("-")[0]

    @property
    def total_low(self) -> int:
        return self.price_low * self.quantity

    @property
    def total_high(self) -> int:
        return self.price_high * self.quantity

    @property
    def due_days(self) -> tuple[int, ...]:
        """Days from the agreement to each milestone's delivery, rounded up."""
        return tuple(-(-self.delivery_days * each.by // 1000) for each in self.milestones)


def amounts(total: int, milestones: tuple[Milestone, ...]) -> tuple[int, ...]:
    """A whole sum of yen over milestones by their shares; what rounding leaves goes to the last."""
    parts = sum(each.share for each in milestones)
    split = [total * each.share // parts for each in milestones]
    split[-1] = total - sum(split[:-1])
    return tuple(split)


@cache
def workers() -> tuple[Worker, ...]:
    return tuple(_worker(record) for record in _read("people")["workers"])


@cache
def clients() -> tuple[Client, ...]:
    return tuple(_client(record) for record in _read("people")["clients"])


@cache
def office() -> tuple[OfficePerson, ...]:
    """Names for the office's desks beside the cast."""
    return tuple(_office_person(record) for record in _read("people")["office"])


@cache
def cast() -> Cast:
    demo: dict[str, dict[str, Any]] = {each["id"]: each for each in _read("people")["demo"]}
    return Cast(
        hana=_client(demo["hana"]),
        ren=_worker(demo["ren"]),
        mio=_office_person(demo["mio"]),
        nao=_office_person(demo["nao"]),
        kei=_office_person(demo["kei"]),
    )


@cache
def posts() -> tuple[Post, ...]:
    return tuple(_post(record) for record in _read("posts"))


@cache
def cast_posts() -> tuple[Post, ...]:
    """What Hana asks for; Ren is among those who would apply."""
    return tuple(_post(record) for record in _read("demo_posts"))


@cache
def defaults(category_id: str) -> Defaults:
    record = _read("category_defaults")[category_id]
    return Defaults(
        category_id=category_id,
        application_days=record["application_days"],
        place=record["place"],
        acceptance=record["acceptance"],
        inspection=record["inspection"],
        rights=Choice(**record["rights"]),
        confidentiality=Choice(**record["confidentiality"]),
        ai_use=Choice(**record["ai_use"]),
        revision_rounds=record["revision_rounds"],
        milestones=_milestones(record),
    )


def worker(worker_id: str) -> Worker:
    return {each.id: each for each in (*workers(), cast().ren)}[worker_id]


def client(client_id: str) -> Client:
    return {each.id: each for each in (*clients(), cast().hana)}[client_id]


def post(post_id: str) -> Post:
    return {each.id: each for each in (*posts(), *cast_posts())}[post_id]


@cache
def _read(name: str) -> Any:
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def _worker(record: dict[str, Any]) -> Worker:
    return Worker(
        id=record["id"],
        name=record["name"],
        category_id=record["category"],
        payee_kind=record["payee_kind"],
        hours_per_week=record["hours_per_week"],
        hours=record["hours"],
        skill_ids=tuple(record["skills"]),
        experience=tuple(record["experience"]),
        introduction=record["introduction"],
        email=_email(record["id"]),
    )


def _client(record: dict[str, Any]) -> Client:
    return Client(
        id=record["id"],
        name=record["name"],
        name_en=record["name_en"],
        kind=record["kind"],
        payer_kind=record["payer_kind"],
        recruiter_name=record["recruiter_name"],
        contact_person=record["contact_person"],
        prefecture=record["prefecture"],
        city=record["city"],
        address=record["address"],
        introduction=record["introduction"],
        email=_email(record["id"]),
    )


def _office_person(record: dict[str, Any]) -> OfficePerson:
    return OfficePerson(
        name=record["name"],
        name_en=record["name_en"],
        grade=record["grade"],
        email=_email(record["id"]),
    )


def _email(person_id: str) -> str:
    return f"{person_id}@enishi.example"


def _post(record: dict[str, Any]) -> Post:
    category_id = record["subcategory"].partition("-")[0]
    return Post(
        id=record["id"],
        client_id=record["client"],
        subcategory_id=record["subcategory"],
        title=record["title"],
        pricing=record["pricing"],
        price_low=record["price_low"],
        price_high=record["price_high"],
        unit_id=record["unit"],
        quantity=record["quantity"],
        hours=record["hours"],
        headcount=record["headcount"],
        delivery_days=record["delivery_days"],
        is_continuing=record["is_continuing"],
        skill_ids=tuple(record["skills"]),
        description=record["description"],
        deliverables=tuple(record["deliverables"]),
        questions=tuple(record["questions"]),
        milestones=_milestones(record),
        place=record.get("place") or defaults(category_id).place,
        applicant_ids=tuple(record["applicants"]),
    )


def _milestones(record: dict[str, Any]) -> tuple[Milestone, ...]:
    return tuple(Milestone(**each) for each in record["milestones"])
