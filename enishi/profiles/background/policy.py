"""What somebody may say of what they did and learned (VE2). Pure. Days are firsts of months."""

from dataclasses import dataclass
from datetime import date

from enishi.profiles.limits import LEVELS


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of work. No place: not named; no end: it goes on."""

    started_on: date
    role: str
    ended_on: date | None = None
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A qualification as its holder says it; nobody has looked at it."""

    name: str
    issuer: str = ""
    obtained_on: date | None = None
    number: str = ""


def stage_fault(stage: Stage, *, today: date) -> str:
    """The code of what is wrong; empty: nothing."""
    if not stage.role:
        return "experience.role_missing"
    if stage.ended_on and stage.ended_on < stage.started_on:
        return "experience.ends_before_it_began"
    if max(stage.started_on, stage.ended_on or stage.started_on) > today:
        return "experience.lies_ahead"
    return ""


def held_fault(held: Held, *, today: date) -> str:
    if not held.name:
        return "qualification.name_missing"
    if held.obtained_on and held.obtained_on > today:
        return "qualification.lies_ahead"
    return ""


def is_level(level: str) -> bool:
    return level in LEVELS
