"""The catalogue of sentences: message ids are English and stand in code and templates; Japanese is
complete. Run by bin/messages."""

import argparse
import fcntl
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .output import say

PACKAGE = Path(__file__).parent.parent
PATH = PACKAGE / "locale/ja/LC_MESSAGES/django.po"
METHODS = [("**/migrations/**", "ignore"), ("**.py", "python")]
METHODS += [(f"**/templates/**.{suffix}", "jinja2") for suffix in ("html", "txt")]
OPTIONS = {
    pattern: {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
    for pattern, method in METHODS
    if method == "jinja2"
}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "sentence": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
BORN = datetime(2025, 1, 1, tzinfo=UTC)  # a true date here would change the file at every run


def extracted() -> Catalog:
    """Every sentence that stands in code and templates now."""
    template = _catalog()
    found = extract_from_dir(PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS)
    for name, line, message, comments, context in found:
        template.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return template


def read(path: Path) -> Catalog:
    if not path.exists():
        return _catalog()
    with path.open("rb") as file:
        return read_po(file, locale="ja")


def update(catalog: Catalog, template: Catalog, translations: dict[str, str]) -> list[str]:
    """Take over new sentences, drop old ones, merge translations. Returns the unknown ids."""
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    messages = {_singular(message): message for message in _sentences(catalog)}
    for sentence, translation in translations.items():
        if (message := messages.get(sentence)) is not None:
            is_plural = isinstance(message.id, tuple)
            message.string = (translation,) if is_plural else translation
            message.flags.discard("fuzzy")
    return sorted(translations.keys() - messages.keys())


def faults(catalog: Catalog, template: Catalog) -> Iterator[str]:
    """What keeps the catalogue from being complete."""
    for wanted in _sentences(template):
        message = catalog.get(wanted.id, wanted.context)
        sentence = _singular(wanted)
        if message is None or not all(_strings(message)):
            yield f"not translated: {sentence!r}"
        elif message.fuzzy:
            yield f"fuzzy: {sentence!r}"
        elif strange := _placeholders(_strings(message)) - _placeholders(_ids(message)):
            yield f"unknown placeholder {', '.join(sorted(strange))}: {sentence!r}"


def write(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.creation_date = catalog.revision_date = BORN
    with path.open("wb") as file:
        write_po(file, catalog, width=100, sort_output=True, include_lineno=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)


def main(arguments: list[str] | None = None) -> int:
    """Update the catalogue, or with --check only say what is missing."""
    parser = argparse.ArgumentParser(prog="bin/messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; 1 if incomplete")
    parser.add_argument("files", nargs="*", type=Path, help='JSON: {"English id": "日本語"}')
    chosen = parser.parse_args(arguments)
    template = extracted()
    if not chosen.check:
        unknown = _renew(PATH, template, chosen.files)
        for sentence in unknown:
            say(f"in no code or template: {sentence!r}")
    missing = list(faults(read(PATH), template))
    for fault in missing:
        say(fault)
    say(f"{len(template)} sentences, {len(missing)} faults")
    return 1 if missing and chosen.check else 0


def _renew(path: Path, template: Catalog, files: Iterable[Path]) -> list[str]:
    """One at a time: two runs at once would lose each other's translations."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        translations: dict[str, str] = {}
        for file in files:
            translations |= json.loads(file.read_text())
        catalog = read(path)
        unknown = update(catalog, template, translations)
        write(catalog, path)
    return unknown


def _catalog() -> Catalog:
    return Catalog(
        locale="ja",
        project="Enishi",
        version="",
        header_comment="# Japanese sentences of Enishi.",
        fuzzy=False,
        creation_date=BORN,
        revision_date=BORN,
    )


def _sentences(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def _strings(message: Message) -> tuple[str, ...]:
    string = message.string
    return tuple(string) if isinstance(string, list | tuple) else (string or "",)


def _singular(message: Message) -> str:
    return _ids(message)[0]


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


if __name__ == "__main__":
    sys.exit(main())
