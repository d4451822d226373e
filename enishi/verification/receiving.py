"""What somebody hands in, as pictures of ours: nothing else of it is ever kept."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from enishi.files import child, sniff
from enishi.files.commands import MEGABYTE
from enishi.files.names import cleaned
from enishi.kit.errors import Refused

from .policy import PICTURES_MOST

PDF = "application/pdf"
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")
FAULTS = {"too_large": "document.too_many_pixels", "locked": "document.locked"}


def pictures(files: Iterable[Any], *, covers: Iterable[str]) -> list[bytes]:
    """Every page as a WebP, covered as asked. Raises Refused `document.…`: none, too_large,
    not_a_picture, locked, too_many_pixels, unreadable, too_many_pages."""
    covered, found = ",".join(covers), []
    for file in files:
        found += _pages(file, covered, left=PICTURES_MOST - len(found))
    if not found:
        raise Refused.because("document.none")
    return found


def _pages(file: Any, covers: str, *, left: int) -> list[bytes]:
    name = cleaned(file.name or "")
    megabytes = settings.RULES.document_megabytes
    if file.size > megabytes * MEGABYTE or not getattr(file, "is_kept", True):
        raise Refused.because("document.too_large", name=name, megabytes=megabytes)
    file.seek(0)
    kind = sniff.content_type(file.read(sniff.HEAD))
    if kind == PDF:
        count = int(_asked(file, name, "pages"))
        if not count:
            raise Refused.because("document.unreadable", name=name)
        if count > left:
            raise Refused.because("document.too_many_pages", name=name, most=PICTURES_MOST)
        return [_asked(file, name, "page", str(number), covers) for number in range(count)]
    if kind not in PICTURES:
        raise Refused.because("document.not_a_picture", name=name)
    if left < 1:
        raise Refused.because("document.too_many_pages", name=name, most=PICTURES_MOST)
    return [_asked(file, name, "sheet", covers)]


def _asked(file: Any, name: str, task: str, *arguments: str) -> bytes:
    answer = child.run(file, task, *arguments)
    if answer.fault or not answer.said:
        raise Refused.because(FAULTS.get(answer.fault, "document.unreadable"), name=name)
    return answer.said
