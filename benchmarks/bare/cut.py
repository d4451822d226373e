"""Templates of the bare program are cut from the market's own pages: what the rows say becomes a
place for them, everything else is plain text. So they follow the pages by themselves, and nothing
is faster to fill."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from jinja2 import Environment, StrictUndefined

from enishi.web import formats

from .pages import Page, Rows

EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
NONCE = re.compile(r'(nonce=")[^"]+')
SHORTEST = 3  # signs; a shorter piece would be found in places that mean something else


def environment(**options: Any) -> Environment:
    from .pages import RULES, pay

    def hourly(job: Any) -> int:
        net = pay.pay(job.budget_max, paid_before=0, withheld=False, rules=RULES).net
        return int(net / job.expected_hours)

    made = Environment(autoescape=True, auto_reload=False, **options)
    made.filters |= {
        "hue": lambda number: "abcdef"[number % 6],
        "hourly": hourly,
        "iso": lambda at: at.isoformat(),
        "mark": lambda at: (at - EPOCH) // MICROSECOND,
        "grouped": formats.grouped,
        "hm": formats.hm,
        **{name: _in_japanese(name) for name in ("yen", "ymd", "md", "md_hm", "due", "due_md")},
    }
    return made


def _in_japanese(name: str) -> Any:
    write = getattr(formats, name)
    return lambda value: write(value, "ja")


def cut(html: str, page: Page, rows: Rows) -> str:
    """The template of a page, from one answer of the market and the rows it was made of."""
    if "{{" in html or "{%" in html:
        raise ValueError("the page has signs that Jinja2 would read")
    filling = environment(undefined=StrictUndefined)
    found: dict[str, str] = {}
    for piece in page.places(rows):
        try:
            literal = filling.from_string(piece).render(rows)
        except Exception:  # say, a part that has no delivery yet
            continue
        if len(literal) >= SHORTEST and literal in html:
            found.setdefault(literal, piece)
    longest_first = sorted(found, key=len, reverse=True)
    places = re.compile("|".join(re.escape(literal) for literal in longest_first))
    text = places.sub(lambda hit: found[hit.group()], html)
    return NONCE.sub(r"\g<1>{{ nonce }}", TOKEN.sub(r"\g<1>{{ csrf }}", text))


def without_tokens(html: str) -> str:
    """Two answers are the same when they differ in nothing but what each answer has of its own."""
    return NONCE.sub(r"\g<1>…", TOKEN.sub(r"\g<1>…", html))
