"""What a person is told about an event: one sentence of fact, one of advice, one with the date.

`sentence` is used by the list of notices, by mails and by the timeline of a deal, so all three say
the same. A fact nobody recorded never breaks a sentence; its place is filled with a plain word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from . import figures, paths
from .table import WORDS, Words

SIDES = ("client", "worker")


@dataclass(frozen=True, slots=True)
class Letter:
    title: str  # what happened; speaks of both sides by name, so it also suits a timeline
    body: str  # what this side may do now
    due: str  # until when, and what happens then
    quote: str  # what a person wrote: a reason, a question
    about: str  # the post or deal it belongs to, unless the title names it
    path: str  # where to act

    @property
    def sentences(self) -> list[str]:
        return [said for said in (self.body, self.due) if said]


def knows(name: str) -> bool:
    return name in WORDS


def sentence(name: str, facts: Mapping[str, Any], side: str, language: str) -> Letter:
    """The letter about an event for one side ("client", "worker" or ""), in one language."""
    words = _words(name, facts)
    with translation.override(language):
        figured = figures.Figures(facts, language)
        due = words.due if facts.get(words.until) else ""
        return Letter(
            title=_said(words.title, figured),
            body=_said(words.for_side(side), figured),
            due=_said(due, figured),
            quote=str(facts.get(words.quote) or "") if words.quote else "",
            about="" if "%(title)s" in words.title else figured.get("title", ""),
            path=paths.path((not side and words.office) or words.link, facts),
        )


def _words(name: str, facts: Mapping[str, Any]) -> Words:
    """The most particular words first: a reminder says which clock and which step it is."""
    rule, step, reason = (str(facts.get(key, "")) for key in ("rule", "step", "reason"))
    for particular in (f"{name}:{rule}:{step}", f"{name}:{rule}", f"{name}:{reason}"):
        if particular in WORDS:
            return WORDS[particular]
    return WORDS[name]


def _said(sentence_id: str, figured: figures.Figures) -> str:
    return gettext(sentence_id) % figured if sentence_id else ""
