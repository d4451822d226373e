"""ME1: a thread is searched by words, in its texts and in the names of its files."""

import importlib

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from enishi.messaging import commands, queries
from enishi.messaging.models import Message, Thread
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def hana():
    return make.account("Hana", "client")


@pytest.fixture
def ren():
    return make.ren()


@pytest.fixture
def thread(hana, ren):
    return commands.open_thread([hana, ren], at=NOON)


def say(thread, by, body, *names):
    files = [SimpleUploadedFile(name, b"words") for name in names]
    return commands.post(thread.pk, by=by, at=NOON, body=body, files=files)


def found(thread, by, text, before=None):
    return [said.body for said in queries.found(thread.pk, by, text, before).messages]


def test_all_words_stand_in_the_same_message_and_the_newest_comes_first(thread, hana, ren):
    for body in ("A red cover", "a cover, RED and blue", "A blue cover"):
        say(thread, ren, body)

    assert found(thread, hana, "cover") == ["A blue cover", "a cover, RED and blue", "A red cover"]
    assert found(thread, hana, "red  cover") == ["a cover, RED and blue", "A red cover"]
    assert found(thread, hana, "red blue") == ["a cover, RED and blue"]
    assert found(thread, hana, "green cover") == []


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("ＰＤＦで送ります", "pdf"),
        ("pdfで送ります", "ＰＤＦ"),
        ("ﾃﾞｰﾀを送ります", "データ"),
        ("データを送ります", "ﾃﾞｰﾀ"),
        ("か\u3099くせい", "がくせい"),
        ("Ελλάδα ÉTÉ Щ", "ελλάδα　été щ"),
    ],
)
def test_either_width_and_case_find_each_other(thread, hana, body, typed):
    say(thread, hana, body)

    assert found(thread, hana, typed) == [body]


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", "%s", "%%", "\\%", "(", "*", ".*", "<b>"])
def test_no_sign_stands_for_another(thread, hana, sign):
    say(thread, hana, "nothing of the kind")
    say(thread, hana, f"before{sign}after")

    assert found(thread, hana, sign) == [f"before{sign}after"]


def test_the_names_of_files_are_searched_with_the_text(thread, hana, ren):
    say(thread, ren, "Here it is", "見積書ｖ2.PDF", "cover.png")
    say(thread, ren, "And this", "other.txt")

    assert found(thread, hana, "見積書V2.pdf") == ["Here it is"]
    assert found(thread, hana, "here cover") == ["Here it is"]
    assert found(thread, hana, "this cover") == []
    hit = queries.found(thread.pk, hana, "見積書").messages[0]
    assert [file.name for file in hit.files] == ["見積書ｖ2.PDF", "cover.png"]


def test_nothing_to_look_for_finds_nothing(thread, hana):
    say(thread, hana, "Hello")

    assert found(thread, hana, "  　 ") == []


def test_only_what_people_said_in_this_thread_is_found(thread, hana, ren):
    commands.say(thread.pk, at=NOON, line="Hello from the system")
    say(commands.open_thread([hana, ren], at=NOON), hana, "Hello elsewhere")
    say(thread, hana, "Hello here")

    assert found(thread, hana, "hello") == ["Hello here"]


def test_a_stranger_finds_no_thread(thread, hana):
    say(thread, hana, "Hello")

    with pytest.raises(Thread.DoesNotExist):
        queries.found(thread.pk, make.sora(), "hello")


def test_hits_are_paged_by_key(thread, hana, ren):
    for number in range(45):
        say(thread, ren, f"hit {number}")
        say(thread, ren, f"miss {number}")

    pages = [queries.found(thread.pk, hana, "hit")]
    while pages[-1].earlier:
        say(thread, ren, "hit, later")
        pages.append(queries.found(thread.pk, hana, "hit", pages[-1].earlier))

    assert [len(page.messages) for page in pages] == [20, 20, 5]
    bodies = [said.body for page in pages for said in page.messages]
    assert bodies == [f"hit {number}" for number in reversed(range(45))]


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_asks_three_times_whatever_it_finds(
    thread, hana, ren, count, django_assert_num_queries
):
    """C20, L2."""
    for _ in range(count):
        say(thread, ren, "Hello", "hello.txt")

    with django_assert_num_queries(3):
        queries.found(thread.pk, hana, "hello hell h")


@pytest.mark.parametrize("total", [1, 11, 12, 20, 21, 45])
def test_the_page_around_a_message_holds_it_wherever_it_stands(thread, hana, ren, total):
    ids = [say(thread, ren, str(number)).pk for number in range(total)]

    for pk in ids:
        page = queries.messages(thread.pk, hana, around=pk)
        shown = [said.id for said in page.messages]

        assert pk in shown
        assert page.is_newest == (ids[-1] in shown)
        assert shown == ids[ids.index(shown[0]) :][: len(shown)]
        assert len(shown) == min(total, 20) or page.earlier is None


def test_a_page_around_a_message_of_another_thread_is_a_page_of_this_one(thread, hana, ren):
    ids = [say(thread, ren, str(number)).pk for number in range(30)]
    elsewhere = say(commands.open_thread([hana, ren], at=NOON), ren, "elsewhere").pk

    for pk in (0, elsewhere, 10**17):
        page = queries.messages(thread.pk, hana, around=pk)

        assert {said.id for said in page.messages} <= set(ids)
        assert page.messages


def test_what_was_said_before_searches_were_there_is_found_too(thread, hana, ren):
    """By its text while it is read, and by its files once the migration has come by."""
    say(thread, ren, "ＯＬＤ words", "Ｐｌａｎ.pdf")
    commands.say(thread.pk, at=NOON, line="A line of the system")
    Message.objects.update(looked_in=None)
    assert found(thread, hana, "old") == ["ＯＬＤ words"]
    assert found(thread, hana, "plan") == []

    module = importlib.import_module("enishi.messaging.migrations.0003_messages_are_found")
    with connection.schema_editor() as editor:
        module.fill(apps, editor)

    assert found(thread, hana, "plan") == ["ＯＬＤ words"]
    assert list(Message.objects.order_by("id").values_list("looked_in", flat=True)) == [
        "old words\nplan.pdf",
        None,
    ]
