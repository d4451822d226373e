"""P5: what a market knows of its people, to be looked for in what its processes have said."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from enishi.kit import postgres

SHORTEST = 10  # shorter words stand in any log by chance
WORD_OF_CODE = re.compile(r"[a-z_.]+|[\d\s:.+-]+|http://localhost:\d+")  # or our own address
OF_THE_PROGRAM = ("procrastinate_", "django_migrations", "django_content_type", "kit_", "auth_")
MEANT = {("events_event", "trace"), ("events_delivery", "subscriber")}
TEXTS = """
    select table_name, column_name from information_schema.columns where table_schema = 'public'
       and data_type in ('text', 'character varying', 'jsonb', 'ARRAY')"""


def told(folder: Path, *names: str) -> dict[str, list[str]]:
    """Which of these log files name what stands in the database, and what that is."""
    secrets = set(_secrets(folder))
    assert len(secrets) > 10  # or nothing was looked for
    logs = {name: (folder / name).read_text(errors="replace") for name in names}
    found = {name: sorted(one for one in secrets if one in text) for name, text in logs.items()}
    return {name: ones for name, ones in found.items() if ones}


def _secrets(folder: Path) -> Iterator[str]:
    with psycopg.connect(postgres.url(folder / "postgres", "enishi_owner")) as there:
        for table, column in there.execute(TEXTS).fetchall():
            if table.startswith(OF_THE_PROGRAM) or (table, column) in MEANT:
                continue
            asked = sql.SQL("select distinct to_jsonb({}) from {}").format(
                sql.Identifier(column), sql.Identifier(table)
            )
            for (value,) in there.execute(asked).fetchall():
                yield from _words(value)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one)
    elif isinstance(value, str):
        for line in value.splitlines():
            word = line.strip()
            if len(word) >= SHORTEST and not WORD_OF_CODE.fullmatch(word):
                yield word
                # As a log line in JSON would write it.
                yield json.dumps(word)[1:-1]
