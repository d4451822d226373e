"""ME1: searching in a conversation, on its page."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enishi.messaging import commands
from tests import make
from tests.make import NOON

from .pages import text

pytestmark = pytest.mark.django_db
HIT = re.compile(r'<a class="inbox__line" href="([^"]+)">(.*?)</a>', re.DOTALL)


@pytest.fixture
def proposal():
    return make.proposal()


@pytest.fixture
def thread(proposal):
    return proposal.thread


@pytest.fixture
def ren(proposal):
    return proposal.worker


@pytest.fixture
def hana(proposal, client):
    client.force_login(proposal.client)
    return proposal.client


@pytest.fixture
def search(client, thread, hana):
    """Asks for words as Hana does."""

    def asked(typed, **more):
        return client.get(reverse("thread_search", args=[thread.pk]), {"q": typed} | more)

    return asked


def say(thread, by, body, *names, at=NOON):
    files = [SimpleUploadedFile(name, b"words") for name in names]
    return commands.post(thread.pk, by=by, at=at, body=body, files=files)


def hits(response):
    return HIT.findall(response.content.decode())


def test_the_page_of_a_conversation_has_the_box(client, hana, ren, thread):
    page = reverse("thread", args=[thread.pk])
    assert 'role="search"' not in client.get(page).content.decode()

    say(thread, ren, "Hello")

    shown = client.get(page).content.decode()
    assert f'role="search" action="{page}search/"' in shown
    assert 'type="search" name="q"' in shown


def test_the_page_of_a_deal_leads_to_the_search(client, hana, ren, proposal, thread):
    say(thread, ren, "Hello")

    shown = client.get(reverse("proposal", args=[proposal.pk])).content.decode()

    assert f'href="{reverse("thread_search", args=[thread.pk])}"' in shown


def test_a_hit_says_who_when_and_where_the_words_stand(search, ren, thread):
    message = say(thread, ren, "The ＣＯＶＥＲ is <b>red</b> & blue")

    ((href, shown),) = hits(search("cover <b>red"))

    assert href == f"{reverse('thread', args=[thread.pk])}?around={message.pk}#message-{message.pk}"
    assert "The <mark>ＣＯＶＥＲ</mark> is <mark>&lt;b&gt;red</mark>&lt;/b&gt; &amp; blue" in shown
    assert "Ren" in shown
    assert (
        '<time class="inbox__when" datetime="2026-04-01T03:00:00+00:00">Wed 1 Apr 2026, 12:00'
        in (shown)
    )


def test_the_reader_is_called_you(search, hana, thread):
    say(thread, hana, "My words")

    ((_, shown),) = hits(search("words"))

    assert '<span class="inbox__who">You</span>' in shown


def test_a_file_is_found_by_its_name_and_its_message_shown(search, ren, thread):
    say(thread, ren, "As promised", "<estimate>.pdf", "cover.png")

    ((_, shown),) = hits(search("ＥＳＴＩＭＡＴＥ"))

    assert "As promised" in shown
    assert "<mark>estimate</mark>" in shown
    assert "cover.png" not in shown


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"', "<", "&"])
def test_signs_are_looked_for_as_they_are(search, ren, thread, sign):
    say(thread, ren, "plain")
    say(thread, ren, f"signs {sign} here")

    ((_, shown),) = hits(search(sign))

    assert f"<mark>{sign}</mark>" in html.unescape(shown)


@pytest.mark.parametrize("total", [1, 11, 25, 45])
def test_each_hit_leads_to_the_page_that_holds_its_message(client, search, ren, thread, total):
    for number in range(total):
        say(thread, ren, f"number {number}.")
    last = search("number")
    found = hits(last)
    while older := re.search(r'href="([^"]+)" rel="next"', last.content.decode()):
        last = client.get(html.unescape(older[1]))
        found += hits(last)
    assert len(found) == total

    for (href, _), number in zip(found, reversed(range(total)), strict=True):
        page, anchor = href.split("#")
        shown = client.get(page).content.decode()

        (there,) = re.findall(rf'<article [^>]*id="{anchor}">(.*?)</article>', shown, re.DOTALL)
        assert f"number {number}." in there


def test_from_an_old_message_one_can_go_on_in_both_directions(client, hana, ren, thread):
    messages = [say(thread, ren, f"number {number}.") for number in range(60)]
    page = reverse("thread", args=[thread.pk])

    shown = client.get(page, {"around": messages[30].pk}).content.decode()

    assert "number 21." in shown
    assert "number 40." in shown
    assert f'href="{page}?before={messages[21].pk}#talk"' in shown
    assert f'href="{page}?around={messages[40].pk}#message-{messages[40].pk}"' in shown
    assert f'href="{page}#latest"' in shown


@pytest.mark.parametrize("around", ["", "x", "9" * 40, "-1", "٣"])
def test_a_strange_place_is_the_newest_page(client, hana, ren, thread, around):
    say(thread, ren, "Hello")

    shown = client.get(reverse("thread", args=[thread.pk]), {"around": around})

    assert "enishi:news" in shown.content.decode()


def test_the_pages_of_the_hits_keep_the_words(client, search, ren, thread):
    for number in range(25):
        say(thread, ren, f"a & b {number}")
    first = search("a &")
    (older,) = re.findall(r'href="([^"]+)" rel="next"', first.content.decode())

    second = client.get(html.unescape(older))

    assert [len(hits(page)) for page in (first, second)] == [20, 5]
    (newer,) = re.findall(r'href="([^"]+)" rel="prev"', second.content.decode())
    assert hits(client.get(html.unescape(newer))) == hits(first)


@pytest.mark.parametrize("typed", ["", " 　 "])
def test_without_words_the_page_asks_for_some(search, ren, thread, typed):
    say(thread, ren, "Hello")

    response = search(typed)

    assert "What are you looking for?" in text(response)
    assert hits(response) == []


def test_a_search_in_vain_teaches_how_to_find(search, ren, thread):
    say(thread, ren, "Hello")

    response = search("<i>bye</i>")

    assert "No message holds “<i>bye</i>”" in text(response)
    assert "<i>bye" not in response.content.decode()
    assert f'href="{reverse("thread", args=[thread.pk])}#latest"' in response.content.decode()


def test_far_too_many_words_are_cut(search, ren, thread):
    say(thread, ren, "Hello")

    response = search("x" * 5_000)

    assert f'value="{"x" * 200}"' in response.content.decode()


def test_strangers_find_no_search(client, thread, ren):
    say(thread, ren, "canary")
    page = reverse("thread_search", args=[thread.pk])
    assert client.get(page).url.startswith(reverse("account_login"))

    client.force_login(make.sora())

    assert client.get(page, {"q": "canary"}).status_code == 404
    assert client.get(page).status_code == 404
    assert client.post(page, {"q": "canary"}).status_code == 405


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_asks_as_often_whatever_it_finds(
    client, search, ren, hana, thread, count, django_assert_num_queries
):
    """C20, L2."""
    for number in range(count):
        say(thread, (ren, hana)[number % 2], "Hello", "hello.txt")
    search("hello")

    with django_assert_num_queries(QUERIES):
        search("hello hell")


QUERIES = 9
