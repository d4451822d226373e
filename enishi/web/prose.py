"""Text for people made safe and well set: paragraphs, and numbers that keep their counters."""

import re
from functools import lru_cache

from markupsafe import Markup, escape

# Never from the middle of a number: a long one would be read again from each of its digits.
NUMBER = r"(?<![0-9０-９,.])[−¥]?[0-9０-９][0-9０-９,.]*(?:[〜–][0-9０-９][0-9０-９,.]*)?"
COUNTERS_JA = "% ％ 営業日 か月 時間 分間 文字 か所 週間 日間 年間".split()
COUNTER_JA = rf"(?:{'|'.join(COUNTERS_JA)}|[円件人日分秒年月回本点社枚字名通歳位個倍度週つ])"
WEEKDAY_JA = r"(?:\([月火水木金土日](?:・祝)?\))?"
UNITS_EN = "days? hours? minutes? weeks? months? years? people jobs? times KB MB GB".split()
UNIT_EN = rf" (?:business )?(?:{'|'.join(UNITS_EN)})\b"
YEN_EN = r"¥[0-9][0-9,]*(?:–¥?[0-9][0-9,]*)?"
KEPT = re.compile(rf"(?:{NUMBER}{COUNTER_JA})+{WEEKDAY_JA}|{YEN_EN}|{NUMBER}{UNIT_EN}")
TAGS = re.compile(r"(<[^<>]*>)")


def keep_numbers(text: object) -> Markup:
    """Wrap each number with its counter so that a line never breaks between them."""
    return _kept(str(escape(text)))


@lru_cache(maxsize=4096)
def _kept(text: str) -> Markup:
    parts = TAGS.split(text)
    # odd parts are tags: a number inside an attribute is left alone
    parts[::2] = [KEPT.sub(r'<span class="nb">\g<0></span>', words) for words in parts[::2]]
    return Markup("".join(parts))


def paragraphs(text: object) -> Markup:
    """What a person wrote, as paragraphs and line breaks; nothing in it is markup."""
    blocks = re.split(r"\n[ \t]*\n", str(text or "").replace("\r\n", "\n").strip())
    lines = (Markup("<br>").join(block.split("\n")) for block in blocks if block.strip())
    return Markup("").join(Markup("<p>{}</p>").format(block) for block in lines)
