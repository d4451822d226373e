"""Who may do what by grade and role, and what a display name may be. Pure."""

import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

ROLES = ("client", "worker")
LANGUAGES = ("ja", "en")
GRADES = ("reader", "operator", "treasurer")  # PE2


def has_grade(grade: str, needed: str) -> bool:
    """A reader sees; an operator decides cases; a treasurer moves money. Money and cases are
    separate duties, so neither grade contains the other (PE2)."""
    if needed == "reader":
        return grade in GRADES
    return grade == needed


NAME_LENGTH = 60
# Letters that draw nothing: a name made of them alone would be a blank (I7).
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean_name(text: str) -> str:
    """A display name as everyone will read it: one spelling, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_readable_name(name: str) -> bool:
    """Whether a cleaned name shows what it is: nothing invisible, nothing that turns the line."""
    categories = {unicodedata.category(letter) for letter in name}
    if categories & {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}:
        return False
    return any(letter not in BLANKS and not letter.isspace() for letter in name)


A_YEAR = 365  # days


def leave_days(spans: Sequence[tuple[date, date]], *, until: date) -> int:
    """How many of the 365 days that end on `until` lie in these spans, both ends in. The spans do
    not overlap."""
    since = until - timedelta(days=A_YEAR - 1)
    shared = ((min(last, until) - max(first, since)).days + 1 for first, last in spans)
    return sum(days for days in shared if days > 0)


def most_leave_in_a_year(spans: Sequence[tuple[date, date]]) -> int:
    """The days of leave in the year that holds most of them (RA8): such a year ends with a span."""
    return max((leave_days(spans, until=last) for _, last in spans), default=0)
