"""What is verified, by which documents, and what a phone number is. Pure."""

import unicodedata
from datetime import timedelta

KINDS = ("identity", "confidentiality", "phone", "business", "qualification")
BY_DOCUMENT = ("identity", "business", "qualification")  # decided by the office
SHOWN = ("identity", "confidentiality", "phone", "business")  # to others, with the day alone

# What a person may hand in, by kind.
PAPERS = {
    "identity": (
        *("driving_licence", "residence_card", "passport"),
        *("number_card_front", "number_card_back", "number_notice"),
    ),
    "business": ("register", "opening_notice", "tax_paper"),
    "qualification": ("certificate",),
}
# The back of an individual number card and the notice of the number show the My Number itself:
# the law lets only those ask for it who need it for taxes or social insurance.
NEVER_SENT = ("number_card_back", "number_notice")

COVERS = ("top", "bottom", "left", "right")  # which third of each picture is blackened
FILES_MOST = 4
PICTURES_MOST = 8
TITLE_LENGTH = 120

LOOK_LASTS = timedelta(seconds=60)  # P1, in real time
OPENED_BY = ("operator", "treasurer")

CODE_LASTS = timedelta(minutes=10)  # in real time
CODE_DIGITS = 6
TRIES_MOST = 5
BETWEEN_CODES = timedelta(seconds=60)
CODES_AN_HOUR = 5
CODES_A_DAY = 10
CODES_FOR_A_NUMBER = 5  # a day, whoever asks for them

COUNTRY = "+81"
MOBILE = ("60", "70", "80", "90")
NATIONAL_DIGITS = 10  # without the zero in front


def title_key(title: str) -> str:
    """Two titles with the same key name the same: width, case and blanks do not tell them apart."""
    return "".join(unicodedata.normalize("NFKC", title).casefold().split())


def is_paper_of(kind: str, paper: str) -> bool:
    return paper in PAPERS.get(kind, ())


def phone(typed: str) -> str:
    """A Japanese mobile number in E.164, however it is written; empty if it is none."""
    plain = unicodedata.normalize("NFKC", typed)
    digits = "".join(sign for sign in plain if sign.isascii() and sign.isdigit())
    strange = [sign for sign in plain if not (sign.isascii() and sign.isdigit()) and _says(sign)]
    if strange not in ([], ["+"]) or ("+" in strange and not plain.strip().startswith("+")):
        return ""
    if strange == ["+"]:
        if not digits.startswith("81"):
            return ""
        national = digits[2:].removeprefix("0")
    else:
        if not digits.startswith("0"):
            return ""
        national = digits[1:]
    if len(national) != NATIONAL_DIGITS or not national.startswith(MOBILE):
        return ""
    return f"{COUNTRY}{national}"


def _says(sign: str) -> bool:
    """Hyphens of any kind, spaces and brackets say nothing."""
    is_long_mark = sign in "\u30fc\u2212\u2500"  # katakana's, the minus, a line: typed as hyphens
    return not (
        sign.isspace() or sign in "()." or is_long_mark or unicodedata.category(sign) == "Pd"
    )


def masked(number: str) -> str:
    """An E.164 number as its owner recognises it and nobody else can call it."""
    national = f"0{number.removeprefix(COUNTRY)}"
    return f"{national[:3]}-****-{national[-4:]}"


def plain_code(typed: str) -> str:
    """The digits of a code, of any width, without what stands between them."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if not sign.isspace())
