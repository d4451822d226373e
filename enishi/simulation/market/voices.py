"""What the demo market's people say, by subcategory, stage or occasion. Whoever tells picks one.

A piece may hold blanks such as {client} or {title}; `say` fills them in.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

STAGES = (
    "proposal",
    "contracted_unfunded",
    "funded",
    "delivered",
    "revising",
    "redelivered",
    "accepted",
)
TONES = ("good", "fair", "poor")

_FOLDER = Path(__file__).parent / "texts"
_BLANK = re.compile(r"\{(client|worker|title|experience|hours|milestone|version)\}")
_CONTENT_TYPES = {
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".srt": "text/plain",
    ".txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class LaterDate:
    reason: str
    days: int


@dataclass(frozen=True, slots=True)
class Decline:
    reason: str  # filled | price | schedule | skills | other
    text: str


@dataclass(frozen=True, slots=True)
class DeliveryFile:
    name: str
    content_type: str
    content: bytes


def say(piece: str, **blanks: str) -> str:
    """The piece with its blanks filled in, in one pass: a title may hold braces of its own."""
    return _BLANK.sub(lambda found: blanks.get(found[1], found[0]), piece)


@cache
def proposals(subcategory_id: str) -> tuple[str, ...]:
    """Whole messages of application: {client} {worker} {title} {experience} {hours}."""
    return _pieces("proposals", subcategory_id)


@cache
def answers(post_id: str) -> tuple[tuple[str, ...], ...]:
    """For each question of the post, answers in the order of the post's applicants."""
    return tuple(tuple(each) for each in _read("answers")[post_id])


@cache
def delivery_notes(subcategory_id: str) -> tuple[str, ...]:
    """What a worker writes with a delivery: {milestone}."""
    return _pieces("delivery_notes", subcategory_id)


@cache
def revision_reasons(subcategory_id: str) -> tuple[str, ...]:
    return _pieces("revision_reasons", subcategory_id)


@cache
def public_questions(subcategory_id: str) -> tuple[PublicQuestion, ...]:
    return tuple(
        PublicQuestion(question=each["question"], answer=each["answer"])
        for each in _fitting(_read("questions")[_category(subcategory_id)], subcategory_id)
    )


@cache
def messages(stage: str, sender: str) -> tuple[str, ...]:
    """Talk in a thread at one of STAGES, by the client or the worker."""
    return tuple(_read("threads")[stage][sender])


@cache
def review_comments(direction: str, tone: str) -> tuple[str, ...]:
    """Comments `client_to_worker` or `worker_to_client` in one of TONES."""
    return tuple(_read("reviews")[direction][tone])


@cache
def after_review(occasion: str) -> tuple[str, ...]:
    """`replies` (RE2), `notes_to_office` (RE1), `wishes` (RE4), `early_ends` (RE3), `reports` or
    `report_decisions` (SA6)."""
    return tuple(_read("reviews")[occasion])


@cache
def decisions(occasion: str) -> tuple[str, ...]:
    """`own_questions`, `withdraw`, `decline_offer`, `withdraw_offer`, `later_date_agreed`,
    `later_date_declined` or `shortlist_notes`."""
    return tuple(_read("decisions")[occasion])


@cache
def declines() -> tuple[Decline, ...]:
    """Why a client declines an applicant (AP2)."""
    return tuple(Decline(**each) for each in _read("decisions")["decline"])


@cache
def later_dates(subcategory_id: str) -> tuple[LaterDate, ...]:
    """Why a worker asks for a later date (CO7) and by how many days."""
    return tuple(
        LaterDate(reason=each["reason"], days=each["days"])
        for each in _fitting(_read("decisions")["later_date"], subcategory_id)
    )


def delivery_files(
    subcategory_id: str, *, title: str, milestone: str, worker: str, version: int
) -> tuple[DeliveryFile, ...]:
    """Small texts to deliver; each version has other bytes and its number in the name."""
    return tuple(
        _delivery_file(each, title=title, milestone=milestone, worker=worker, version=version)
        for each in _fitting(_read("files")[_category(subcategory_id)], subcategory_id)
    )


def _delivery_file(
    record: dict[str, Any], *, title: str, milestone: str, worker: str, version: int
) -> DeliveryFile:
    name = Path(record["name"])
    is_table = name.suffix == ".csv"
    lines = [*record["body"], *(["版,{version},{milestone}"] if is_table else []), ""]
    body = say(
        "\n".join(lines), title=title, milestone=milestone, worker=worker, version=str(version)
    )
    return DeliveryFile(
        name=f"{name.stem}_{version}{name.suffix}",
        content_type=_CONTENT_TYPES[name.suffix],
        # Spreadsheets read a table as UTF-8 only when it opens with a byte order mark.
        content=body.encode("utf-8-sig" if is_table else "utf-8"),
    )


def _pieces(name: str, subcategory_id: str) -> tuple[str, ...]:
    return tuple(
        each if isinstance(each, str) else each["text"]
        for each in _fitting(_read(name)[_category(subcategory_id)], subcategory_id)
    )


def _fitting(pieces: list[Any], subcategory_id: str) -> list[Any]:
    """Those for every subcategory and those written for this one."""
    return [
        each
        for each in pieces
        if isinstance(each, str) or subcategory_id in each.get("only", [subcategory_id])
    ]


def _category(subcategory_id: str) -> str:
    return subcategory_id.partition("-")[0]


@cache
def _read(name: str) -> Any:
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
