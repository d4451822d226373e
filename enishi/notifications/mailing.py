"""From a letter to a mail: subject, plain text and HTML in the reader's language."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, PackageLoader, StrictUndefined

from enishi.accounts.models import Account
from enishi.events.models import Event

from . import outbox
from .letters.letter import Letter
from .models import OutgoingMail

EXCERPT = 400
SUBJECT = 200

_mails: ContextVar[bool] = ContextVar("mails", default=True)


@contextmanager
def without_mail() -> Iterator[None]:
    """Notices only: events of a simulated past must not write to anyone."""
    token = _mails.set(False)
    try:
        yield
    finally:
        _mails.reset(token)


def is_mailing() -> bool:
    return _mails.get()


def write(letter: Letter, *, to: Account, event: Event) -> OutgoingMail:
    """Put a mail about an event into the outbox, inside the caller's transaction."""
    drawn = _drawn(letter, name=to.name, language=to.language)
    return outbox.put(to=to.email, at=event.at, event=event, account=to, **drawn)


def write_outside(letter: Letter, *, to: str, language: str, event: Event) -> OutgoingMail:
    """The same to an address without an account: nobody is named in it."""
    return outbox.put(to=to, at=event.at, **_drawn(letter, name=to, language=language))


def _drawn(letter: Letter, *, name: str, language: str) -> dict[str, str]:
    facts = {
        "letter": letter,
        "name": name,
        "url": settings.URL + letter.path,
        "language": language,
        "operator": settings.OPERATOR["name"],
    }
    with translation.override(language):
        return {
            "subject": shortened(letter.title, SUBJECT),
            "text": _templates().get_template("letter.txt").render(facts),
            "html": _templates().get_template("letter.html").render(facts),
            "language": language,
        }


def excerpt(body: str) -> str:
    return shortened(body, EXCERPT)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def letter_source() -> str:
    """The template of every mail's HTML, for whoever shows one."""
    loader = _templates().loader
    assert loader is not None
    return loader.get_source(_templates(), "letter.html")[0]


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("enishi.notifications", "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    return environment
