"""The picture that stands for a person where somebody links to them, and what the page says of
itself."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from enishi.profiles import commands
from enishi.web.profiles import card
from tests import make
from tests.profiles.parts import everything

pytestmark = pytest.mark.django_db


def card_of(client, account):
    return client.get(reverse("person_card", args=[account.pk]))


def drawn(answer):
    with Image.open(io.BytesIO(answer.content)) as image:
        image.load()
        return image.convert("RGB")


def test_anyone_gets_the_picture(client):
    ren = make.ren()
    commands.present_worker(by=ren, at=make.NOON, introduction="取材と執筆\nほか")

    answer = card_of(client, ren)

    assert answer.headers["Content-Type"] == "image/png"
    assert drawn(answer).size == (1200, 630)
    assert len(answer.content) < 120_000
    assert len(drawn(answer).getcolors(100_000)) > 2


def test_other_words_make_another_picture_and_the_same_ones_the_same(client):
    ren = make.ren()
    first = card_of(client, ren)
    same = card_of(client, ren)
    commands.present_worker(by=ren, at=make.NOON, introduction="Interviews")

    other = card_of(client, ren)

    assert first.content == same.content != other.content


def test_nothing_private_is_drawn():
    assert set(card.Facts.__dataclass_fields__) == {"name", "headline", "skills"}


@pytest.mark.parametrize(
    "name", ["寿限無" * 20, "W" * 60, "😀" * 30, "a", "名前 と 空白 " * 5, "\u200d\u0301"]
)
def test_whatever_a_name_is_it_is_drawn(name):
    facts = card.Facts(card.drawable(name), card.drawable("長い文" * 60), ("技術",) * 6)

    assert card.drawn(facts).startswith(b"\x89PNG")


def test_a_page_says_what_it_is(client, settings):
    settings.URL = "https://market.example"
    ren = make.ren()
    commands.present_worker(by=ren, at=make.NOON, introduction='"><script>alert(1)</script>')
    everything(ren)
    path = reverse("person", args=[ren.pk])

    page = client.get(f"{path}?as=worker").content.decode()

    assert f'<link rel="canonical" href="https://market.example{path}">' in page
    assert f'value="https://market.example{path}"' in page  # to be copied without JavaScript
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert "<script>alert" not in page
    found = re.search(r'og:image" content="https://market\.example([^"]+)"', page)
    assert client.get(found[1]).headers["Content-Type"] == "image/png"


def test_the_policy_of_the_page_is_as_strict_as_ever(client):
    policy = client.get(reverse("person", args=[make.ren().pk])).headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "data:" not in policy
