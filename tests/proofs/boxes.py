"""What the proof of bad input shares: which boxes each address reads, found out by watching it
read, and what a page that came back says about them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.forms import fields as django_fields
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import override

from .pair_parts import SCORES

# Sound values for the boxes of every form: one hostile value among them reaches the command.
SOUND: dict[str, Any] = {
    **dict.fromkeys(("text", "body", "message", "reason", "comment", "name"), "Sound words"),
    **dict.fromkeys(("title", "description", "deliverables", "deliverable", "place"), "Sound"),
    **dict.fromkeys(("acceptance", "content", "address", "city", "about"), "Sound words"),
    **dict.fromkeys(("due_on", "until", "delivery_on"), "2026-04-20"),
    **dict.fromkeys(("rights", "rights_note", "confidentiality_note", "ai_use_note"), ""),
    "apply_by": "2026-04-10",
    "hold_until": "",
    "amount": "60000",
    "subcategory": "c01-s2",
    "pricing": "fixed",
    "budget_max": "60000",
    "expected_hours": "20",
    "headcount": "1",
    "rights": "transfer",
    "confidentiality": "work",
    "ai_use": "ask",
    "revision_rounds": "2",
    "inspection_days": "14",
    "milestone_1_title": "Part",
    "milestone_1_amount": "60000",
    "milestone_1_due_on": "2026-04-20",
    "question_1": "When?",
    "answer_1": "Yes.",
    "answer_2": "Yes.",
    "reason_kind": "other",
    "role": "client",
    "language": "en",
    "up_to": "1",
    "overall": "4",
    "kind": "sole_trader",
    "payer_kind": "individual",
    "payee_kind": "individual",
    "address_shown": "full",
    "prefecture": "13",
    "direction": "to_person",
    "how": "explained",
    "part": "1000",
    "paper": "passport",
    "agrees": "on",
    "bank": "0001",
    "branch": "001",
    "number": "1234567",
    "holder": "レン",
    "box:body": "words",
    "delivered": "Sound words",
    "price": "60000",
    "days": "14",
    "option_1": "Sound",
    "price_1": "5000",
    "started_on": "2019-04",
    "code_1": "en",
    "level_1": "basic",
    "unit_1": "hour",
    "price_from_1": "2000",
    "seen": "0",
    **SCORES,
}
# A decline takes one of its own reasons; a form with several acts is sent by its last one.
OF_ITS_OWN = {
    "proposal_decline": {"reason": "other"},
    "job_new": {"act": "open"},
    "job_edit": {"act": "open"},
    "proposal_new": {"act": "send"},
    "offer_new": {"act": "offer"},
    "drafts": {"place": "note-1"},
    "account_email": {"action_add": "", "email": "another@people.example"},
    "profile": {"about": "Sound words"},
    "bank_account": {"name": "レン"},
    "office_batch_new": {"transfer_on": "2026-04-02"},
}
MONEY = re.compile(r"amount$|^part$|^budget_|^unit_price$|^price")
ROW = re.compile(r"_(\d+)(?=_|$)")
ROWS_LOOKED_AT = 2


@contextmanager
def asked_for() -> Iterator[set[str]]:
    """The names that are read from forms and queries in the meantime."""
    names: set[str] = set()
    kept = {name: getattr(QueryDict, name) for name in ("__getitem__", "getlist", "get")}

    def watched(read: Any) -> Any:
        def inner(self: QueryDict, name: Any, *more: Any) -> Any:
            if isinstance(name, str):
                names.add(name)
            return read(self, name, *more)

        return inner

    for name, read in kept.items():
        setattr(QueryDict, name, watched(read))
    try:
        yield names
    finally:
        for name, read in kept.items():
            setattr(QueryDict, name, read)


def worth_trying(names: set[str]) -> list[str]:
    """Each box once: of rows the first ones, of secrets none."""
    rows = {name: [int(number) for number in ROW.findall(name)] for name in names}
    kept = {name for name, numbers in rows.items() if max(numbers, default=0) <= ROWS_LOOKED_AT}
    return sorted(kept - {"csrfmiddlewaretoken"})


@dataclass
class Box:
    kind: str
    value: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """The boxes of a page by name, its ids, the links of its summary, what stands as an error."""

    def __init__(self, words: str) -> None:
        super().__init__(convert_charrefs=True)
        self.boxes: dict[str, list[Box]] = {}
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.errors: list[str] = []
        self.described: set[str] = set()
        self._text: Box | None = None
        self._error = self._summary = 0
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        if "aria-invalid" in given or "field__error" in given.get("class", ""):
            self.described |= set(given.get("aria-describedby", "").split())
        if tag == "a" and given.get("href", "").startswith("#"):
            self.links.add(given["href"][1:])
        self._begin_error(tag, given.get("class", ""))
        if tag in ("input", "textarea", "select") and given.get("name"):
            kind = given.get("type", "text") if tag == "input" else tag
            box = Box(kind, given.get("value", ""), given)
            self.boxes.setdefault(given["name"], []).append(box)
            self._text = box if tag == "textarea" else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        if tag in ("p", "li"):
            self._error = 0
        if tag in ("ul", "div"):
            self._summary = 0
        if tag == "a" and self._error and self._summary:
            self.errors[-1] = ""  # the label of a box; what is wrong with it follows

    def _begin_error(self, tag: str, kind: str) -> None:
        """Under a box, or a line of the summary over the form."""
        if "notice--error" in kind:
            self._summary = 1
        if (tag == "p" and "field__error" in kind) or (tag == "li" and self._summary):
            self._error = 1
            self.errors.append("")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            # HTML takes the first line break of a text box for its own.
            self._text.value += data.removeprefix("\n") if not self._text.value else data
        if self._error:
            self.errors[-1] += data.removeprefix(": ")

    def keeps(self, name: str, typed: str) -> bool:
        """Whether a box of this name holds what was typed. Choices and secrets need not."""
        texts = [one for one in self.boxes.get(name, []) if one.kind in TEXTS]
        return not texts or any(_plain(one.value) == _plain(typed) for one in texts)


TEXTS = {"text", "textarea", "date", "datetime-local", "search", "email"}
# Pages show what turns the line around as nothing (I7), so that it cannot be told from nothing.
TURNS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _plain(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return TURNS.sub("", text).strip()


def of_the_framework() -> set[str]:
    """What Django's own fields say, in both languages: none of it is a sentence of ours."""
    found = set()
    for kind in vars(django_fields).values():
        if isinstance(kind, type) and issubclass(kind, django_fields.Field):
            for language in ("ja", "en"):
                with override(language):
                    for says in kind.default_error_messages.values():
                        if isinstance(says, Promise | str) and "%" not in str(says):
                            found.add(str(says))
    return found
