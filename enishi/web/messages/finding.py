"""A search in a conversation, ready to be drawn: what was said, and the way to where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from enishi.messaging import queries, searching
from enishi.messaging.queries import Person, Said
from enishi.messaging.searching import Piece
from enishi.profiles.queries import faces
from enishi.web.jinja import language
from enishi.web.paging import keyset


@dataclass(frozen=True, slots=True)
class Hit:
    """One message of the list; of its files, those whose name holds a word."""

    href: str
    author: Person
    is_mine: bool
    is_org: bool
    at: datetime
    excerpt: tuple[Piece, ...]
    files: list[tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class Search:
    """A page of hits; without words it asks for some."""

    thread_url: str
    here: str
    others: str
    typed: str
    has_words: bool
    hits: list[Hit]
    first_url: str
    older_url: str


def search(thread_id: int, request: HttpRequest) -> Search:
    """What the reader of this request looks for; DoesNotExist for a stranger."""
    typed = request.GET.get("q", "")[: searching.LONGEST].strip()
    before = keyset(request)
    found = queries.found(thread_id, request.user, typed, before)
    kinds = faces({said.author.id for said in found.messages if said.author})
    thread_url = reverse("thread", args=[thread_id])
    hits = [
        Hit(
            href=f"{thread_url}?around={said.id}#message-{said.id}",
            author=author,
            is_mine=author.id == request.user.pk,
            is_org=kinds[author.id].kind == "org",
            at=said.at,
            excerpt=searching.excerpt(said.body, found.words),
            files=_files(said, found.words),
        )
        for said in found.messages
        if (author := said.author)
    ]
    first = f"{request.path}?{urlencode({'q': typed})}"
    return Search(
        thread_url=thread_url,
        here=request.path,
        others=names(found.others),
        typed=typed,
        has_words=bool(found.words),
        hits=hits,
        first_url=first if before is not None else "",
        older_url=f"{first}&before={found.earlier}" if found.earlier else "",
    )


def names(people: Iterable[Person]) -> str:
    return ("、" if language() == "ja" else ", ").join(one.name for one in people)


def _files(said: Said, words: list[str]) -> list[tuple[Piece, ...]]:
    marked = [searching.marked(file.name, words) for file in said.files]
    return [name for name in marked if any(piece.is_found for piece in name)]
