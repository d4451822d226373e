"""What a search in a conversation looks for, and where it stands in a text. Pure.

Texts are compared folded, in one width and one case: ＡＢＣ, abc and ABC are the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

LONGEST = 200  # characters of a search; more is not looked at
WORDS_MOST = 8
PLACES_MOST = 3  # of one text that an excerpt shows
BEFORE, AFTER, ALONE = 24, 48, 120  # characters around one of several places, and of a single one
INSIDE = re.compile(r"\w\w", re.ASCII)
ENDING = {"Po", "Pe", "Pf", "Zs"}  # full stops, commas, closing brackets, spaces
PLAIN = "\u0300"  # the first sign that may join the one before it


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, with or without the mark of what was looked for."""

    text: str
    is_found: bool = False


Span = tuple[int, int]


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", plain)


def looked_in(body: str, names: Sequence[str]) -> str:
    """What is kept of a message for searches: its text and the names of its files. No word holds
    a line break, so none is found across two of them."""
    return "\n".join(folded(text) for text in (body, *names))


def words(text: str) -> list[str]:
    """Each word once, as it stands in what is kept."""
    return list(dict.fromkeys(folded(text[:LONGEST]).split()))[:WORDS_MOST]


def marked(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """The whole text, with every word marked."""
    return tuple(_pieces(text, _merged(_places(text, wanted)), 0, len(text)))


def excerpt(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """Where each word stands first, with every word marked; the beginning where there is none."""
    flat = " ".join(text.split())
    places = _places(flat, wanted)
    found = _merged(places)
    shown: list[Piece] = []
    end = 0
    for start, stop in _windows(flat, [spans[0] for spans in places if spans]):
        shown += [Piece("…")] if start > end else []
        shown += _pieces(flat, found, start, stop)
        end = stop
    return tuple([*shown, Piece("…")] if end < len(flat) else shown)


def _windows(text: str, places: Iterable[Span]) -> list[Span]:
    """Which parts of a text are shown, none longer than need be."""
    wide: list[Span] = []
    for start, end in sorted(places):
        begin, stop = _begin(text, start), end + AFTER
        if wide and begin <= wide[-1][1]:
            wide[-1] = (wide[-1][0], max(wide[-1][1], stop))
        elif len(wide) < PLACES_MOST:
            wide.append((begin, stop))
    if len(wide) < 2:
        start, end = wide[0] if wide else (0, 0)
        wide = [(start, max(end, start + ALONE))]
    return [(start, _cut(text, end)) for start, end in wide]


def _begin(text: str, place: int) -> int:
    """A little before a place, but neither inside a word nor at what ends one."""
    at = _cut(text, place - BEFORE)
    if at and INSIDE.fullmatch(text[at - 1 : at + 1]):
        at = max(at, text.find(" ", at, place))
    while 0 < at < place and unicodedata.category(text[at]) in ENDING:
        at += 1
    return at


def _cut(text: str, at: int) -> int:
    """The nearest place from here on that does not part a sign from what joins it."""
    at = min(max(at, 0), len(text))
    while 0 < at < len(text) and _joins(text[at]):
        at += 1
    return at


def _pieces(text: str, found: Iterable[Span], start: int, stop: int) -> Iterator[Piece]:
    at = start
    for begin, end in found:
        begin, end = max(begin, at), min(end, stop)
        if begin < end:
            if begin > at:
                yield Piece(text[at:begin])
            yield Piece(text[begin:end], is_found=True)
            at = end
    if at < stop:
        yield Piece(text[at:stop])


def _places(text: str, wanted: Iterable[str]) -> list[list[Span]]:
    """Word by word, where it stands."""
    plain, origins = _mapped(text)
    return [
        [(origins[at][0], origins[at + len(word) - 1][1]) for at in _occurrences(plain, word)]
        for word in wanted
    ]


def _merged(places: Iterable[Iterable[Span]]) -> list[Span]:
    """From left to right; what overlaps is one place."""
    merged: list[Span] = []
    for start, end in sorted(chain.from_iterable(places)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _occurrences(plain: str, word: str) -> Iterator[int]:
    at = plain.find(word)
    while at >= 0:
        yield at
        at = plain.find(word, at + len(word))


def _mapped(text: str) -> tuple[str, list[Span]]:
    """The folded text, and for each of its characters the part of the text it came from."""
    plain: list[str] = []
    origins: list[Span] = []
    for start, end in _signs(text):
        sign = _folded_alone(text[start]) if end - start == 1 else folded(text[start:end])
        plain.append(sign)
        origins += [(start, end)] * len(sign)
    return "".join(plain), origins


_folded_alone = lru_cache(maxsize=4096)(folded)


def _signs(text: str) -> Iterator[Span]:
    """Parts that are folded by themselves: a character with all that join it."""
    start = 0
    for at in range(1, len(text)):
        if not _joins(text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Whether it may become one with the character before it, as a voicing mark does."""
    if character < PLAIN:
        return False
    first = unicodedata.normalize("NFKD", character)[0]
    is_jamo = "\u1161" <= first <= "\u1175" or "\u11a8" <= first <= "\u11c2"
    return is_jamo or unicodedata.category(first).startswith("M")
