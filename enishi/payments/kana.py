"""Names as Japanese banks write them, and whether two of them are one. Pure.

Kept in full width, as people read it; on a bank's file in half width (JIS X 0201), where a sound
mark is a sign of its own. Banks know no small kana, no ヲ and no lower case.
"""

import re
import unicodedata

LARGE = str.maketrans("ァィゥェォャュョッヮヵヶヰヱヲ", "アイウエオヤユヨツワカケイエオ")
SIGNS = str.maketrans({"・": ".", "−": "-", "‐": "-", "–": "-", "—": "-", "―": "-"})
HIRAGANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF71, 0xFF9E)}
HALF |= {"\u3099": "ﾞ", "\u309a": "ﾟ", "ー": "-"}  # banks take a hyphen for a long vowel

# What a company is, as written out and as banks shorten it.
FORMS = {
    "カブシキガイシヤ": "カ",
    "ユウゲンガイシヤ": "ユ",
    "ゴウドウガイシヤ": "ド",
    "ゴウシガイシヤ": "シ",
    "ゴウメイガイシヤ": "メ",
    "イツパンシヤダンホウジン": "シヤ",
    "イツパンザイダンホウジン": "ザイ",
    "イリヨウホウジン": "イ",
    "トクテイヒエイリカツドウホウジン": "トクヒ",
}
SHORT = "|".join(sorted(FORMS.values(), key=len, reverse=True))
BEFORE, BEHIND = re.compile(rf"({SHORT})\)"), re.compile(rf"\(({SHORT})\)?")
NO_LETTER = re.compile(r"[\s().,\-/ー]")


def as_banks_write(text: str) -> str:
    """In full width, with large kana, capital letters and single blanks. Signs that banks do not
    know are left as they are, for `policy.is_holder` to refuse."""
    wide = unicodedata.normalize("NFKC", text).translate(SIGNS).translate(HIRAGANA)
    return " ".join(wide.upper().translate(LARGE).split())


def half_width(text: str) -> str:
    """The same for a bank's file: one byte a sign once it is encoded."""
    apart = unicodedata.normalize("NFD", as_banks_write(text))
    return "".join(HALF.get(sign, sign) for sign in apart)


def agrees(holder: str, name: str) -> bool:
    """Is this the account of that person? Blanks, signs and small kana make no difference; a
    company may be shortened (カ); a name of a shop may stand beside the whole name of its owner."""
    held, named = as_banks_write(holder), as_banks_write(name)
    if not _letters(named):
        return False
    if _company(held) or _company(named):
        return _company(held) == _company(named)
    words, whole = held.split(), _letters(named)
    parts = [words[start:] for start in range(len(words))]
    parts += [words[:end] for end in range(1, len(words))]
    return whole in ["".join(map(_letters, part)) for part in parts]


def _letters(text: str) -> str:
    return NO_LETTER.sub("", text)


def _company(text: str) -> tuple[str, str, str] | None:
    """(where its form stands, the form, the rest) of a company's name; None: it is no company."""
    plain = text.replace(" ", "")
    if found := BEFORE.match(plain):
        return "before", found[1], _letters(plain[found.end() :])
    if (found := BEHIND.search(plain)) and found.end() == len(plain):
        return "behind", found[1], _letters(plain[: found.start()])
    for written, short in FORMS.items():
        if plain.startswith(written):
            return "before", short, _letters(plain.removeprefix(written))
        if plain.endswith(written):
            return "behind", short, _letters(plain.removesuffix(written))
    return None
