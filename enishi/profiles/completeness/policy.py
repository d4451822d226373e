"""What a worker's profile has and lacks, and what each part is good for (VE2, RA2). Pure.

Nobody but its owner sees it, and it is no score: it says what to write next.
"""

from dataclasses import dataclass

INTRODUCTION_LEAST = 300  # characters as `profiles.text.counted` counts them (RA2)
# One part of each is enough for Regular (RA2).
SHOWN, LEARNED = ("skills", "portfolio", "packages"), ("experience", "qualifications")


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in a profile. Numbers are counts; `introduction` counts characters."""

    has_name: bool
    has_image: bool
    introduction: int
    skills: int
    portfolio: int
    packages: int  # open ones
    experience: int
    qualifications: int
    languages: int
    rates: int
    has_hours: bool
    has_capacity: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part: whether it is there; `for_regular` is `needed`, `one of` or empty (RA2)."""

    name: str
    is_there: bool
    for_regular: str = ""


def completeness(facts: Facts) -> list[Part]:
    """Every part in the order of the page."""
    return [
        Part("name", facts.has_name, "needed"),
        Part("image", facts.has_image, "needed"),
        Part("introduction", facts.introduction >= INTRODUCTION_LEAST, "needed"),
        Part("skills", facts.skills > 0, "one of"),
        Part("portfolio", facts.portfolio > 0, "one of"),
        Part("packages", facts.packages > 0, "one of"),
        Part("experience", facts.experience > 0, "one of"),
        Part("qualifications", facts.qualifications > 0, "one of"),
        Part("languages", facts.languages > 0),
        Part("hours", facts.has_hours),
        Part("capacity", facts.has_capacity),
        Part("rates", facts.rates > 0),
    ]


def lacking(facts: Facts) -> list[str]:
    """What of the profile Regular still lacks (RA2): names of parts, or `shown` and `learned`,
    where one of several would do. Checks of the office are not part of it."""
    there = {part.name for part in completeness(facts) if part.is_there}
    found = [name for name in ("name", "image", "introduction") if name not in there]
    if not there.intersection(SHOWN):
        found.append("shown")
    if not there.intersection(LEARNED):
        found.append("learned")
    return found
