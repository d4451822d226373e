"""The environment is checked before anything starts: a wrong value is one sentence, not a trace."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from enishi.kit import invoice_numbers
from enishi.payments import kana, policy

PROVIDERS = ("sandbox", "stripe")


class UsageError(Exception):
    """The command cannot run as it was called; the sentence says what to change. Exit code 2."""


def check(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse values the rest of the program could only stumble over later."""
    for name, (is_good, wanted) in VARIABLES.items():
        value = environment.get(name)
        if value is not None and not is_good(value):
            raise UsageError(f"{name} must be {wanted}, not “{value}”.")
    if environment.get("ENISHI_PAYOUTS") == "file":
        _check_sender(environment)
    if environment.get("ENISHI_SMS") == "http" and not environment.get("ENISHI_SMS_URL"):
        raise UsageError("ENISHI_SMS=http needs ENISHI_SMS_URL, the address of the service.")
    if environment.get("ENISHI_MODE") == "live":
        _check_live(environment)


def port(value: str) -> bool:
    return value.isdecimal() and 0 < int(value) < 65536


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


def _address(*schemes: str) -> Callable[[str], bool]:
    def is_good(value: str) -> bool:
        try:
            parts = urlsplit(value)
        except ValueError:
            return False
        return parts.scheme in schemes and bool(parts.netloc or parts.query)

    return is_good


def _digits(fewest: int, most: int) -> Callable[[str], bool]:
    return lambda value: value.isascii() and value.isdecimal() and fewest <= len(value) <= most


def _in_kana(most: int) -> Callable[[str], bool]:
    """Fits a field of the bank's file once it is written in half width."""
    return lambda value: (
        not value
        or (policy.is_holder(kana.as_banks_write(value)) and len(kana.half_width(value)) <= most)
    )


def _hex_key(value: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _programs(value: str) -> bool:
    return (Path(value) / "postgres").is_file()


_WEB, _WANTED_WEB = _address("http", "https"), "an address such as https://enishi.example"
_SQL, _WANTED_SQL = (
    _address("postgresql", "postgres"),
    "an address such as postgresql://user:password@host/name",
)

VARIABLES: dict[str, tuple[Callable[[str], bool], str]] = {
    "ENISHI_DATA": (bool, "a folder"),
    "ENISHI_HOST": (bool, "an address to listen on"),
    "ENISHI_PORT": (port, "a port from 1 to 65535"),
    "ENISHI_URL": (_WEB, _WANTED_WEB),
    "ENISHI_STREAM_URL": (_WEB, _WANTED_WEB),
    "DATABASE_URL": (_SQL, _WANTED_SQL),
    "ENISHI_OWNER_URL": (_SQL, _WANTED_SQL),
    "ENISHI_PG_BIN": (_programs, "a folder that holds the program postgres"),
    "ENISHI_MODE": (_one_of("demo", "live"), "demo or live"),
    "ENISHI_SECRET_KEY": (lambda value: len(value) >= 32, "a secret of 32 characters or more"),
    "ENISHI_SECRET_KEY_FALLBACKS": (
        lambda value: all(len(key) >= 32 for key in value.split()),
        "former secrets of 32 characters or more, with spaces between",
    ),
    "ENISHI_MAIL_URL": (
        _address("smtp", "smtp+tls", "smtps"),
        "an address such as smtp+tls://user:password@host:587",
    ),
    "ENISHI_PROVIDER": (_one_of(*PROVIDERS), " or ".join(PROVIDERS)),
    "ENISHI_PROVIDER_URL": (_WEB, _WANTED_WEB),
    "ENISHI_PAYOUTS": (_one_of("provider", "file"), "provider or file"),
    "ENISHI_PAYOUT_LEAST": (
        lambda value: value.isdecimal() and int(value) <= policy.MOST,
        "whole yen, 0 or more",
    ),
    "ENISHI_SENDER_CODE": (_digits(1, 10), "up to 10 digits, as your bank gave them"),
    "ENISHI_SENDER_NAME": (_in_kana(40), "up to 40 signs of katakana, as your bank writes you"),
    "ENISHI_SENDER_BANK": (_digits(4, 4), "the 4 digits of your bank"),
    "ENISHI_SENDER_BANK_NAME": (_in_kana(15), "up to 15 signs of katakana"),
    "ENISHI_SENDER_BRANCH": (_digits(3, 3), "the 3 digits of your branch"),
    "ENISHI_SENDER_BRANCH_NAME": (_in_kana(15), "up to 15 signs of katakana"),
    "ENISHI_SENDER_KIND": (_one_of("ordinary", "current"), "ordinary or current"),
    "ENISHI_SENDER_NUMBER": (_digits(7, 7), "the 7 digits of your account"),
    "ENISHI_INSPECTION_DAYS": (_one_of("7", "14"), "7 or 14 (days)"),
    "ENISHI_FEE_BY_PAIR": (_one_of("on", "off"), "on or off"),
    "ENISHI_PROXIES": (str.isdecimal, "the number of proxies in front"),
    "ENISHI_LOG": (_one_of("json", "text"), "json or text"),
    "ENISHI_LEAST_DISK": (str.isdecimal, "a number of megabytes"),
    "ENISHI_SCANNER": (
        lambda value: value.startswith("clamd://") and len(value) > len("clamd://"),
        "clamd://host:port or clamd:///path/of/its.socket",
    ),
    "ENISHI_OPERATOR_INVOICE_NUMBER": (
        lambda value: not value or invoice_numbers.is_sound(value),
        "the number of a qualified invoice issuer: T and 13 digits with their check digit",
    ),
    "ENISHI_DOCUMENT_KEY": (_hex_key, "64 hexadecimal digits, say from: openssl rand -hex 32"),
    "ENISHI_DOCUMENT_KEY_FALLBACKS": (
        lambda value: all(_hex_key(key) for key in value.split()),
        "former keys of 64 hexadecimal digits, with spaces between",
    ),
    "ENISHI_DOCUMENT_VIEWS": (_digits(1, 4), "a number of pictures a day"),
    "ENISHI_SMS": (_one_of("none", "console", "http"), "none, console or http"),
    "ENISHI_SMS_URL": (_WEB, _WANTED_WEB),
    "ENISHI_SMS_FROM": (lambda value: 0 < len(value) <= 20, "up to 20 signs"),
    "ENISHI_FAILPOINTS": (lambda value: Path(value).is_dir(), "a folder (only tests use it)"),
}


SENDER = ("CODE", "NAME", "BANK", "BRANCH", "NUMBER")


def _check_sender(environment: Mapping[str, str]) -> None:
    """A file for the bank begins with who pays, and from which account."""
    names = [f"ENISHI_SENDER_{name}" for name in SENDER]
    if missing := [name for name in names if not environment.get(name)]:
        raise UsageError(
            f"ENISHI_PAYOUTS=file needs {', '.join(missing)}: "
            "every file for the bank begins with who pays, and from which account."
        )


def _check_live(environment: Mapping[str, str]) -> None:
    """A live market never runs on values that were made up for the demo."""
    for name in ("ENISHI_SECRET_KEY", "ENISHI_URL", "ENISHI_MAIL_URL"):
        if not environment.get(name):
            raise UsageError(f"{name} must be set in live mode.")
    if environment.get("ENISHI_PROVIDER", "sandbox") == "sandbox":
        raise UsageError("A live market cannot pay through the sandbox: set ENISHI_PROVIDER.")
    if environment.get("ENISHI_SMS") == "console":
        raise UsageError("A live market shows no codes in its log: set ENISHI_SMS to http or none.")
    if "ENISHI_FAILPOINTS" in environment:
        raise UsageError("A live market has no fail points: unset ENISHI_FAILPOINTS.")
