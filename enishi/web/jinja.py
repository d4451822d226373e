"""The Jinja2 environment of all pages: what every template and component may call."""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static as static_address
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from . import boxes, drawing, formats, frame, prose, states, styles, terms, wording
from .accounts.devices import device
from .guard import NONCE
from .organisations import rights
from .ranks.words import RANKS
from .verification.words import CHECKED


def language() -> str:
    return "en" if (get_language() or "ja").startswith("en") else "ja"


@lru_cache(maxsize=4096)
def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Addresses do not change while the program runs; finding one anew takes longest on a page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


@cache
def static(path: str) -> str:
    return static_address(path)


@cache
def url_or_none(name: str, *args: Any, **kwargs: Any) -> str | None:
    """For the shell, which links to parts an instance may not have."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return None


@cache
def icon(name: str, more: str = "") -> Markup:
    """An icon of the sprite. It never stands alone: words are beside it."""
    return Markup('<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(
        f" {more}" if more else "", static("icons.svg"), name
    )


@cache
def stylesheet(name: str) -> Markup:
    return Markup('<link rel="stylesheet" href="{}">').format(static(f"css/{name}.css"))


@cache
def module(name: str) -> Markup:
    """A script of a component. A module runs once however often it is named."""
    script = Markup('<script type="module" src="{}" nonce="{}"></script>')
    return script.format(static(f"js/{name}.js"), NONCE)


def strong(text: object) -> Markup:
    """A name or a sum inside a sentence: `_("%(who)s delivered", who=strong(name))`."""
    return Markup("<b>{}</b>").format(text)


def in_language(write: Callable[..., str]) -> Callable[..., str]:
    """A filter in the reader's language. Taking the context keeps Jinja from folding it away
    when its argument is a constant, which would freeze the language of the first reader."""

    @pass_context
    def filtered(_context: Context, *args: Any) -> str:
        return write(*args, language())

    return filtered


GLOBALS: dict[str, Any] = {
    "box": boxes.box,
    "CHECKED": CHECKED,
    "RANKS": RANKS,
    "clock_face": drawing.clock_face,
    "columns": drawing.columns,
    "frame": frame.Frame,
    "icon": icon,
    "item_name": terms.item_name,
    "language": language,
    "may": rights.may,
    "module": module,
    "NONCE": NONCE,
    "option_box": boxes.option_box,
    "state_word": states.state_word,
    "static": static,
    "strong": strong,
    "styles": styles.styles,
    "stylesheet": stylesheet,
    "term_words": terms.term_words,
    "url": url,
    "url_or_none": url_or_none,
    "yen_bar": drawing.yen_bar,
}

FILTERS: dict[str, Callable[..., Any]] = {
    "bytes": formats.size,
    "device": device,
    "grouped": formats.grouped,
    "hm": formats.hm,
    "nb": prose.keep_numbers,
    "percent": formats.percent,
    "prose": prose.paragraphs,
    **{
        write.__name__: in_language(write)
        for write in (
            formats.ago,
            formats.due,
            formats.due_md,
            formats.left,
            formats.md,
            formats.md_hm,
            formats.span,
            formats.year_month,
            formats.yen,
            formats.ymd,
            formats.ymd_hm,
        )
    },
}


def environment(**options: Any) -> Environment:
    """Made once by Django's Jinja2 backend. A name nobody gave is an error, not an empty string."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    made = Environment(extensions=["jinja2.ext.i18n"], **options)
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    made.globals.update(GLOBALS, rules=settings.RULES, gettext=wording.say, _=wording.say)
    made.filters.update(FILTERS)
    return made
