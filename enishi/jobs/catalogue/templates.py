"""Letters a person may start from (AP1, CL10): known facts are filled in, the rest is theirs.

`{client_name}` and the like are facts; 〔…〕 (English: […]) marks what only the writer knows.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FACTS = frozenset({"client_name", "worker_name", "job_title", "delivered_on", "due_on"})

_FACT = re.compile(r"\{(" + "|".join(sorted(FACTS)) + r")\}")
_FILE = Path(__file__).with_name("templates.json")


@dataclass(frozen=True, slots=True)
class Template:
    id: str
    stage: str  # proposal | contracted_unfunded | funded | delivered | any
    sender: str  # client | worker
    name: str
    body: str

    def filled(self, **facts: str) -> str:
        """The body with the known facts put in; a fact nobody gave stays as its placeholder.

        One pass and no `str.format`: names and titles may hold braces of their own.
        """
        return _FACT.sub(lambda found: facts.get(found[1], found[0]), self.body)


def templates(stage: str, language: str, *, sender: str | None = None) -> tuple[Template, ...]:
    """The letters that suit a stage, those for any stage included, of one side or of both."""
    return tuple(
        _template(record, language)
        for record in _records().values()
        if record["stage"] in {stage, "any"} and sender in {None, record["sender"]}
    )


def template(template_id: str, language: str) -> Template:
    return _template(_records()[template_id], language)


@cache
def _records() -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in json.loads(_FILE.read_text(encoding="utf-8"))}


def _template(record: dict[str, Any], language: str) -> Template:
    written = "ja" if language == "ja" else "en"
    return Template(
        id=record["id"],
        stage=record["stage"],
        sender=record["sender"],
        name=record[f"name_{written}"],
        body="\n".join(record[f"body_{written}"]),
    )
