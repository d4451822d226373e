"""The picture that stands for a person where somebody links to their page: name, the first line of
what they say, and skills; drawn by us with the font of the papers. A picture is drawn once for the
same words."""

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from enishi.documents.glyphs import FONT, drawable
from enishi.profiles import queries
from enishi.profiles.queries import Person
from enishi.web.access import open_to_all

from . import words

SIZE = (1200, 630)  # pixels, as those who show links ask for
KEPT = 128  # pictures in memory, some 30 KB each
LAYOUT = 1  # another one makes other pictures of the same words
MARGIN = 84
WIDTH = SIZE[0] - 2 * MARGIN
PAPER, INK, PALE = (252, 251, 248), (35, 39, 51), (95, 99, 112)
INDIGO, WASH, SEAL = (47, 74, 140), (232, 236, 246), (196, 60, 32)
BOLD = FONT.with_name("NotoSansCJKjp-Bold.otf")
NAME_SIZES = (84, 72, 60, 48, 40)
SKILLS_MOST = 6
NEVER_FIRST = (
    "、。，．,.!?！？）」』】〉》）”’・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々"  # on a line
)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the picture shows."""

    name: str
    headline: str
    skills: tuple[str, ...]


@open_to_all
@require_safe
def person_card(request: HttpRequest, account_id: int) -> HttpResponse:
    """Who left or is suspended has none, as they have no page; so nobody on the way keeps it."""
    shown = facts(queries.person(account_id, viewer=None))
    return HttpResponse(drawn(shown), content_type="image/png")


def facts(person: Person) -> Facts:
    """The headline is the first line of the introduction, or of what a client says."""
    worker, client = person.worker, person.client
    said = (worker.introduction if worker else "") or (client.about if client else "")
    first = next((one.strip() for one in said.splitlines() if one.strip()), "")
    skills = words.skill_names(worker.skills[:SKILLS_MOST]) if worker else []
    return Facts(drawable(person.name), drawable(first[:200]), tuple(map(drawable, skills)))


def digest(shown: Facts) -> str:
    return hashlib.sha256(repr((LAYOUT, shown)).encode()).hexdigest()


@lru_cache(maxsize=KEPT)
def drawn(shown: Facts) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 14), fill=INDIGO)
    name = _bold(_name_size(shown.name))
    y = 96
    for line in _lines(shown.name, name, most=2):
        draw.text((MARGIN, y), line, font=name, fill=INK)
        y += int(name.size * 1.3)
    y = max(y + 24, 236)
    text = _plain(34)
    for line in _lines(shown.headline, text, most=3):
        draw.text((MARGIN, y), line, font=text, fill=PALE)
        y += 54
    _skills(draw, shown.skills, top=y + 22)
    _seal(draw)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _name_size(name: str) -> int:
    """The largest in which the name stands on one line, else the smallest."""
    fit = (size for size in NAME_SIZES if _bold(size).getlength(name) <= WIDTH)
    return next(fit, NAME_SIZES[-1])


def _skills(draw: Any, skills: tuple[str, ...], *, top: int) -> None:
    """As labels on one line; those that do not fit are left out."""
    font, x = _plain(26), MARGIN
    for skill in skills:
        width = int(font.getlength(skill)) + 40
        if x + width > MARGIN + WIDTH:
            break
        draw.rounded_rectangle((x, top, x + width, top + 52), radius=8, fill=WASH)
        draw.text((x + 20, top + 26), skill, font=font, fill=INDIGO, anchor="lm")
        x += width + 14


def _seal(draw: Any) -> None:
    left, top, side = MARGIN, SIZE[1] - 108, 56
    draw.rounded_rectangle((left, top, left + side, top + side), radius=8, fill=SEAL)
    middle = (left + side // 2, top + side // 2)
    draw.text(middle, "縁", font=_bold(36), fill=PAPER, anchor="mm")
    draw.text((left + side + 18, middle[1]), "Enishi", font=_bold(32), fill=INK, anchor="lm")


def _lines(text: str, font: ImageFont.FreeTypeFont, *, most: int) -> list[str]:
    """Broken where the width ends, as Japanese is; at the last blank where there is one near."""
    found: list[str] = []
    rest = text
    while rest and len(found) < most:
        end = _end(rest, font)
        if end < len(rest) and (blank := rest.rfind(" ", end // 2, end + 1)) > 0:
            end = blank
        found.append(rest[:end].strip())
        rest = rest[end:].strip()
    if rest and found:
        found[-1] = found[-1][:-1] + "…"
    return found


def _end(text: str, font: ImageFont.FreeTypeFont) -> int:
    """How many characters fit on a line; at least one."""
    end = 1
    while end < len(text) and font.getlength(text[: end + 1]) <= WIDTH:
        end += 1
    while end > 1 and text[end : end + 1] and text[end] in NEVER_FIRST:
        end -= 1
    return end


def _bold(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BOLD, size, layout_engine=ImageFont.Layout.BASIC)


def _plain(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)
