"""What comments speak of, and how: counted by the words in the lexicon, so that everyone can check
it against the very comments (SA5). Pure.

Left alone, since words alone do not tell: quotations, questions, wishes ("a little faster would
help"), and sentences marked as a joke. Irony without a mark is read as it is written.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from .lexicon import ENGLISH, JAPANESE, THEMES, TONES, Words

LEAST = 3  # below so many comments about a theme, nothing is claimed

_QUOTED = re.compile(r"「[^」]*」|『[^』]*』|“[^”]*”|\"[^\"]*\"|‘[^’]*’")
_SENTENCES = re.compile(r"(?<=[。!?\n])|(?<=\.)\s")
_JOKES = re.compile(r"[((]笑[))]|笑$|ww+|\(lol\)|/s\b")
_WISHES = re.compile(
    r"もう少し|もっと|ほし[いか]|欲し[いか]|(?:ると|だと|れば|たら)(?:さらに|なお|もっと|満点|助か|安心|うれし"
    r"|嬉し|あり?がた|楽|早く|良|よ[いか])|(?:すると|いと|ですと)さらに|できれば"
    r"|\bcould (?:be|have)\b|\bwould be (?:nice|better|good)\b|\bwould have been\b|\bi wish\b"
    r"|\bif only\b|\bnext time\b|\bmore\b"
)
_CLAUSES = re.compile(r"[、,;;]|\bbut\b|\bhowever\b|\balthough\b|\bthough\b")
# What follows a Japanese word in kana turns it round: 遅く|ない, 丁寧|では|ありません, 守ら|れず.
_TURNED_AFTER = re.compile(
    r"[ぁ-んー]{0,12}?(?:な(?:い|か|く(?!な))|無い|ません|(?<!ま)ず(?:に|$)|とは(?:言|い)え(?:な|ま))"
)
# These end in "not" and turn nothing round.
_NOT_TURNED = re.compile(
    r"かもしれ(?:ない|ません)|に違いない|しかない|ほかない|の?では?ないか|じゃないか"
)
# What stands before an English word does: "not slow", "never been late".
_NOT = r"(?:\bnot\b(?! only)|n't\b|\bnever\b|\bhardly\b|\bwithout\b)"
_TURNED_BEFORE = re.compile(_NOT + r"(?:\W+\w+){0,3}\W*$")
_TURNED_INSIDE = re.compile(_NOT)
_IN_KANA = {
    "と言う": "という",
    "、という": "という",
    "という事": "ということ",
    "という訳": "というわけ",
    "無い": "ない",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A comment speaks of a theme, in these words of its own (folded)."""

    theme: str
    tone: str  # good | bad
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comments speak of a theme, and the ids of those that praise and that blame it. One
    comment may do both."""

    theme: str
    good: tuple[int, ...]
    bad: tuple[int, ...]

    @property
    def count(self) -> int:
        return len({*self.good, *self.bad})


def plain(text: str) -> str:
    """Folded, as the lexicon wants it: one width, small letters, without what is quoted."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    for written, kana in _IN_KANA.items():
        folded = folded.replace(written, kana)
    return _QUOTED.sub(" ", folded)


@lru_cache(maxsize=20_000)
def mentions(comment: str) -> frozenset[Mention]:
    """Every theme that a comment speaks of. A comment never changes, so what it says is kept."""
    found: set[Mention] = set()
    for sentence in _SENTENCES.split(plain(comment)):
        said = sentence.strip()
        if not said or said.endswith("?") or _JOKES.search(said.rstrip("。.!")):
            continue
        for clause in _CLAUSES.split(said):
            if not _WISHES.search(clause):
                found |= set(_in_clause(_NOT_TURNED.sub("", clause)))
    return frozenset(found)


def tones(comment: str) -> list[str]:
    """What a comment speaks of, as `theme:tone`, each once."""
    return sorted({f"{one.theme}:{one.tone}" for one in mentions(comment)})


def tallies(comments: Iterable[tuple[int, str]]) -> list[Tally]:
    """The themes of which at least `LEAST` of these (id, comment) speak, by frequency."""
    return tallied((number, tones(comment)) for number, comment in comments)


def tallied(heard: Iterable[tuple[int, Iterable[str]]]) -> list[Tally]:
    """The same of (id, tones), where somebody has heard the comments already."""
    praised: dict[str, dict[str, list[int]]] = {
        theme: {tone: [] for tone in TONES} for theme in THEMES
    }
    for number, spoken in heard:
        for one in spoken:
            theme, _, tone = one.partition(":")
            praised[theme][tone].append(number)
    found = [
        Tally(theme, good=tuple(by_tone["good"]), bad=tuple(by_tone["bad"]))
        for theme, by_tone in praised.items()
    ]
    return sorted((one for one in found if one.count >= LEAST), key=_most_first)


def _most_first(tally: Tally) -> tuple[int, int]:
    return -tally.count, THEMES.index(tally.theme)


def _in_clause(clause: str) -> Iterable[Mention]:
    for is_japanese, theme, tone, pattern in _PATTERNS:
        for match in pattern.finditer(clause):
            turned = _is_turned_after if is_japanese else _is_turned_before
            heard = TONES[1 - TONES.index(tone)] if turned(clause, match) else tone
            yield Mention(theme, heard, match[0])


def _is_turned_after(clause: str, match: re.Match[str]) -> bool:
    """In Japanese the "not" follows, unless the phrase holds its own."""
    after = clause[match.end() :].rstrip("。.! ")
    return not match[0].endswith(_WHOLE) and _TURNED_AFTER.match(after) is not None


def _is_turned_before(clause: str, match: re.Match[str]) -> bool:
    before = clause[: match.start()]
    return bool(_TURNED_BEFORE.search(before) or _TURNED_INSIDE.search(match[0]))


_WHOLE = ("ない", "なく", "ありません", "ず")


def _written(
    lexicon: dict[str, Words], *, is_japanese: bool
) -> Iterable[tuple[bool, str, str, re.Pattern[str]]]:
    gap = "[^。、]{0,10}?" if is_japanese else r"\b(?:\W+\w+){0,3}?\W+"
    for theme, words in lexicon.items():
        for tone, phrases in zip(TONES, (words.good, words.bad), strict=True):
            for phrase in phrases:
                yield is_japanese, theme, tone, re.compile(phrase.replace("…", gap))


_PATTERNS = (*_written(JAPANESE, is_japanese=True), *_written(ENGLISH, is_japanese=False))
_RULES = (_QUOTED, _SENTENCES, _JOKES, _WISHES, _CLAUSES, _TURNED_AFTER, _NOT_TURNED)
_HEARD_BY = (
    *(rule.pattern for rule in (*_RULES, _TURNED_BEFORE, _TURNED_INSIDE)),
    *(f"{theme}:{tone}:{pattern.pattern}" for _, theme, tone, pattern in _PATTERNS),
    *(f"{written}:{kana}" for written, kana in _IN_KANA.items()),
)
# Another lexicon, or another way to read by it, has another digest.
LEXICON = sha256("\n".join(_HEARD_BY).encode()).hexdigest()[:12]
