"""Who may do what by grade and role, and what a display name may be. Pure."""

import unicodedata

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
