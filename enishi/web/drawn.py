"""A piece of a page that comes out the same for the same facts is drawn once and kept.

The key holds every fact the piece shows, so what is kept can never be out of date, only unused.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

from django.template import engines
from django.utils.translation import get_language
from markupsafe import Markup


class Drawn:
    """The newest `most` drawings of one component, in either language."""

    def __init__(self, template: str, component: str, *, most: int) -> None:
        self._template, self._component, self._most = template, component, most
        self._kept: OrderedDict[Hashable, Markup] = OrderedDict()

    def __call__(self, key: Hashable, facts: Callable[[], tuple[Any, ...]]) -> Markup:
        """`facts` gives what the component takes; it is asked only when it must be drawn."""
        known = (get_language(), key)
        found = self._kept.get(known)
        if found is None:
            draw = getattr(_module(self._template), self._component)
            found = self._kept[known] = draw(*facts())
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found


@cache
def _module(template: str) -> Any:
    return engines["jinja2"].env.get_template(template).module  # type: ignore[attr-defined]  # Jinja2's own
