import pytest

from enishi.messaging import commands, queries
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def talks(hana, count):
    for number in range(count):
        other = make.account(f"Worker{number}")
        thread = commands.open_thread([hana, other], at=NOON)
        commands.post(thread.pk, by=other, at=NOON, body=f"Hello {number}")


def test_the_inbox_shows_the_latest_first_and_pages_by_key():
    hana = make.account("Hana", "client")
    talks(hana, 23)

    first = queries.inbox(hana.pk)
    second = queries.inbox(hana.pk, before=first.earlier)

    said = [line.excerpt for line in [*first.lines, *second.lines]]
    assert said == [f"Hello {number}" for number in reversed(range(23))]
    assert (len(first.lines), second.earlier) == (20, None)
    assert first.lines[0].others[0].name == "Worker22"
    assert first.lines[0].unread == 1


def test_a_thread_in_which_nothing_was_said_is_not_in_the_inbox():
    hana, ren = make.account("Hana", "client"), make.ren()
    commands.open_thread([hana, ren], at=NOON)

    assert queries.inbox(hana.pk).lines == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_inbox_asks_twice_however_long_it_is(count, django_assert_num_queries):
    """C20, L2."""
    hana = make.account("Hana", "client")
    talks(hana, count)

    with django_assert_num_queries(2):
        queries.inbox(hana.pk)


def test_a_thread_shows_its_newest_page_and_leads_back():
    hana, ren = make.account("Hana", "client"), make.ren()
    thread = commands.open_thread([hana, ren], at=NOON)
    for number in range(45):
        commands.post(thread.pk, by=ren, at=NOON, body=str(number))

    newest = queries.messages(thread.pk, hana)
    middle = queries.messages(thread.pk, hana, before=newest.earlier)
    oldest = queries.messages(thread.pk, hana, before=middle.earlier)

    pages = [oldest, middle, newest]
    assert [said.body for page in pages for said in page.messages] == [str(n) for n in range(45)]
    assert [page.is_newest for page in pages] == [False, False, True]
    assert oldest.earlier is None
    assert newest.unread == 45


@pytest.mark.parametrize("count", [1, 30])
def test_a_thread_asks_three_times_however_long_it_is(count, django_assert_num_queries):
    hana, ren = make.account("Hana", "client"), make.ren()
    thread = commands.open_thread([hana, ren], at=NOON)
    for number in range(count):
        commands.post(thread.pk, by=ren, at=NOON, body=str(number))

    with django_assert_num_queries(3):
        queries.messages(thread.pk, hana)
