"""What a piece of a portfolio may say (VE2). Pure."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from enishi.profiles.limits import IMAGES_MOST, LINK_MOST, YEARS

HOST = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What one says of a piece. Years count as the calendar does; `year_to` empty: one year."""

    title: str
    text: str = ""
    category: str = ""
    skills: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    link: str = ""


def faults(shown: Shown, *, images: int) -> dict[str, str]:
    """What is wrong, by field: the code of its sentence."""
    found = {}
    if not shown.title:
        found["title"] = "piece.title_missing"
    if not _years_fit(shown.year_from, shown.year_to):
        found["year_to"] = "piece.years_wrong"
    if shown.link and host(shown.link) is None:
        found["link"] = "piece.link_wrong"
    if not 1 <= images <= IMAGES_MOST:
        found["images"] = "piece.images_missing" if not images else "piece.images_too_many"
    return found


def _years_fit(first: int | None, last: int | None) -> bool:
    if first is None:
        return last is None
    return YEARS[0] <= first <= (first if last is None else last) <= YEARS[1]


def host(link: str) -> str | None:
    """The host that a link leads to, as the name system knows it; None if this is no such link:
    https alone, without a name or password in it, and no port. A host of other letters is shown
    in its ASCII form, so that none can pass for another."""
    if len(link) > LINK_MOST or not link.isprintable() or " " in link or "\\" in link:
        return None
    try:
        parts = urlsplit(link)
        is_bare = parts.netloc == parts.hostname
        name = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # of brackets, ports and names that cannot be
        return None
    if parts.scheme != "https" or not is_bare or not HOST.fullmatch(name):
        return None
    return name
