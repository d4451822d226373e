"""What a page about a person says of itself to those who link to it: its one address, a title, a
line, a picture that we draw. Nothing of it is private."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from enishi.profiles.queries import Person

from . import card

LINE_MOST = 120  # characters


@dataclass(frozen=True, slots=True)
class About:
    """`url` and `image` are absolute, with the market's own host whatever the request said."""

    url: str
    title: str
    line: str
    image: str
    image_size: tuple[int, int] = card.SIZE


def about(request: HttpRequest, person: Person, *, title: str = "", text: str = "") -> About:
    """Of a person's page, or of a part of it with a title and a text of its own."""
    said = text or (person.worker.introduction if person.worker else "")
    said = said or (person.client.about if person.client else "")
    return About(
        url=settings.URL + request.path,
        title=title or person.name,
        line=shortened(said, LINE_MOST),
        image=card_address(person),
    )


def card_address(person: Person) -> str:
    """The picture under an address that changes with what it shows."""
    path = reverse("person_card", args=[person.id])
    return f"{settings.URL}{path}?v={card.digest(card.facts(person))[:12]}"


def shortened(text: str, most: int) -> str:
    """The beginning of a text on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
