"""Draws papers as PDF by typst: same record, same bytes; no network, no fonts of the machine."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from enishi.kit.days import TOKYO

from . import canonical
from .glyphs import drawable
from .models import Document
from .papers import KINDS

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE / "typst"
FONTS = HERE / "fonts"
# PDF/A-3 with tags: made for keeping, readable by screen readers, may carry its own record.
STANDARD = "a-3a"


def pdf(document: Document, language: str) -> bytes:
    """The paper in Japanese or English. People's own texts stay as they were written."""
    envelope = {
        "language": "en" if language == "en" else "ja",
        "kind": document.kind,
        "number": document.number,
        "sha256": document.sha256,
        "at": _tokyo(document.at.isoformat()),
        "body": _shown(document.facts),
    }
    drawn = typst.compile(
        str(TEMPLATES / KINDS[document.kind].template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={
            "envelope": json.dumps(envelope, ensure_ascii=False),
            "record": document.body,
        },
        pdf_standards=[STANDARD],
        timestamp=int(document.at.timestamp()),
    )
    return bytes(drawn)


def verified(document: Document) -> bool:
    """Whether the stored record still has the fingerprint it was issued with."""
    return canonical.digest(document.body) == document.sha256


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _tokyo(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(TOKYO).isoformat(timespec="minutes")


def _shown(value: Any, key: str = "") -> Any:
    """The record as the sheet shows it: times in Tokyo, nothing hidden in the words."""
    if isinstance(value, dict):
        return {name: _shown(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shown(inner) for inner in value]
    if not isinstance(value, str):
        return value
    return _tokyo(value) if key.endswith("_at") else drawable(value)
