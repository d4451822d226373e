"""`_("…")` in templates. A page says a hundred sentences, most of them the same every time."""

from functools import lru_cache

from django.utils.translation import get_language, gettext
from markupsafe import Markup


def say(message: str, **values: object) -> Markup:
    """The sentence in the reader's language; values are escaped as they are put in."""
    sentence = _sentence(message, get_language())
    return sentence % values if values else _finished(sentence)


@lru_cache(maxsize=8192)
def _sentence(message: str, _language: str | None) -> Markup:
    return Markup(gettext(message))  # written by us, as the template itself


@lru_cache(maxsize=8192)
def _finished(sentence: Markup) -> Markup:
    """Without values too it is a pattern: `%%` stands for `%`."""
    return sentence % {}
