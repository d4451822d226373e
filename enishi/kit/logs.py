"""Logs that may be kept: one line for each record, and never what a person wrote.

Lines are built from facts that carry no secrets (a route's name, ids, a status, a trace). Of an
exception only kind and places are told: its message may quote a row, a form or a header (P5).
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from . import trace

FRAMES = 12  # of a traceback, the innermost
LONGEST = 2_000
# These quote an address, a header or an exception in their message: links that reset a password are
# addresses too.
QUOTING = ("django.request", "django.security", "django.server", "asyncio")
Raised = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class Facts(logging.Formatter):
    """A record as facts; the two forms below only write them down."""

    def facts(self, record: logging.LogRecord) -> dict[str, Any]:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        found: dict[str, Any] = {"at": at, "level": record.levelname.lower()}
        found |= {"from": record.name, "says": _says(record)}
        found["trace"] = trace.current()
        found |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            found["error"] = error(record.exc_info)
        return {name: value for name, value in found.items() if value not in ("", None)}


class Json(Facts):
    """For machines: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(self.facts(record), ensure_ascii=False, default=str)


class Text(Facts):
    """For a terminal: the sentence, then the facts. Nothing in it can move the cursor."""

    def format(self, record: logging.LogRecord) -> str:
        found = self.facts(record)
        failed = found.pop("error", None)
        head = [found.pop("level"), found.pop("says", "")]
        del found["at"], found["from"]
        line = " ".join([*head, *(f"{name}={value}" for name, value in found.items())])
        if failed:
            line += f" error={failed['kind']}: {failed.get('says', '')}"
            line = " < ".join([line.rstrip(": "), *reversed(failed["places"])])
        return plain(line)


def plain(line: str) -> str:
    """Control characters are shown as codes: they would clear a terminal or forge a line."""
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in line
    )


def relayed(part: str, line: str, *, as_json: bool) -> str:
    """A line of one part of the market, as `enishi run` passes it on."""
    if not as_json:
        return f"{part:<8} | {plain(line)}"
    if line.startswith('{"at":'):
        return f'{{"part": "{part}", {line[1:]}'
    return json.dumps({"part": part, "says": line[:LONGEST]}, ensure_ascii=False)


def error(raised: Raised) -> dict[str, Any]:
    """What went wrong, without what it went wrong with."""
    kind, value, places = raised
    assert kind is not None
    assert value is not None
    frames = traceback.extract_tb(places)[-FRAMES:]
    found: dict[str, Any] = {"kind": f"{kind.__module__}.{kind.__qualname__}"}
    if said := _may_be_told(value):
        found["says"] = said
    found["places"] = [f"{_short(one.filename)}:{one.lineno} {one.name}" for one in frames]
    if (cause := value.__cause__ or value.__context__) is not None:
        found["because"] = " ".join(filter(None, [type(cause).__qualname__, _may_be_told(cause)]))
    return found


def _may_be_told(value: BaseException) -> str:
    """The rule that PostgreSQL named, the system's own words, or ours: these quote nobody."""
    answer = getattr(value, "diag", None) or getattr(value.__cause__, "diag", None)
    if answer is not None:
        named = [answer.sqlstate, answer.table_name, answer.constraint_name]
        return " ".join(filter(None, named))
    if isinstance(value, OSError):
        return value.strerror or ""
    if type(value).__module__.startswith("enishi."):
        return str(value)[:LONGEST]
    return ""


def _says(record: logging.LogRecord) -> str:
    if record.name.startswith(QUOTING):
        status = getattr(record, "status_code", "")
        return f"{record.name.rpartition('.')[2]} {status}".strip()
    return record.getMessage()[:LONGEST]


def _short(path: str) -> str:
    """From the package on: where a machine keeps it is nobody's business."""
    for mark in ("/site-packages/", "/enishi/", "/sandbox/"):
        _, found, after = path.rpartition(mark)
        if found:
            return after if mark == "/site-packages/" else f"{mark[1:]}{after}"
    return path.rpartition("/")[2]


def settings(form: str) -> dict[str, Any]:
    """Django's LOGGING. Servers with handlers of their own lose them: they quote addresses."""
    servers = ("_granian", "uvicorn", "uvicorn.error", "procrastinate", "django")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "enishi.kit.logs.Json"},
            "text": {"()": "enishi.kit.logs.Text"},
        },
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            **{name: {"handlers": [], "level": "WARNING", "propagate": True} for name in servers},
            # Each request and each job has a line of ours, with its fault.
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "enishi": {"level": "INFO", "propagate": True},
        },
    }
