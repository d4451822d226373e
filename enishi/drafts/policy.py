"""Which forms have drafts, and what of a form is kept. Pure."""

import re
from collections.abc import Iterable, Mapping

Boxes = dict[str, list[str]]

# Forms of words. Passwords, codes and bank numbers are typed into none of these.
KINDS = (
    *("job", "ask", "relay", "answer", "proposal", "decline", "note", "offer"),
    *("refusal", "withdrawal", "delivery", "revision", "change", "refund", "thread"),
    *("review", "reply", "profile", "acceptance", "report", "decision", "ruling"),
)
PLACE = re.compile(rf"({'|'.join(KINDS)})-(\d{{1,18}}|new|worker|client)", re.ASCII)
NEVER = re.compile(r"password|token|secret|code|bank|branch|card|number|holder")
LONGEST_NAME = 60
BOXES_MOST = 200
LETTERS_MOST = 100_000
DRAFTS_MOST = 50  # of one account; the oldest gives way
KEPT_DAYS = 30


def is_place(place: str) -> bool:
    """Whether such a form has drafts: `proposal-7` is the application to post 7."""
    return PLACE.fullmatch(place) is not None


def kept(boxes: Mapping[str, Iterable[str]]) -> Boxes:
    """The boxes as they are kept: named, without what is secret and what PostgreSQL cannot hold."""
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in boxes.items()
        if 0 < len(name) <= LONGEST_NAME and "\0" not in name and not NEVER.search(name)
    }


def fault(place: str, boxes: Boxes) -> str | None:
    if not is_place(place):
        return "draft.place_unknown"
    letters = sum(len(value) for values in boxes.values() for value in values)
    count = sum(len(values) for values in boxes.values())
    if count > BOXES_MOST or letters > LETTERS_MOST:
        return "draft.too_large"
    return None
