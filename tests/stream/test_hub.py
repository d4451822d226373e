"""Who is handed what, without network or database."""

import asyncio

from enishi.notifications.stream_pass import Pass
from enishi.stream.hub import ALIVE, MOST_PER_ACCOUNT, REFRESH, ROOM, Hub

HANA, REN = Pass(1, 11, "a"), Pass(2, 22, "b")


def heard(stream):
    async def take():
        return [await stream.next(0.001) for _ in range(stream._events.qsize())]

    return asyncio.run(take())


def test_a_stream_begins_with_a_look():
    assert heard(Hub().join(HANA)) == [REFRESH]


def test_news_reach_exactly_the_people_concerned():
    """A2."""
    hub = Hub()
    hana, ren = hub.join(HANA), hub.join(REN)

    hub.tell("41 2")
    hub.tell("42 1,2,3")
    hub.tell("43 21")

    assert heard(hana) == [REFRESH, b"event: news\ndata: 42\n\n"]
    assert heard(ren) == [REFRESH, b"event: news\ndata: 41\n\n", b"event: news\ndata: 42\n\n"]


def test_what_concerns_too_many_to_name_concerns_everyone():
    hub = Hub()
    hana = hub.join(HANA)

    hub.tell("44 *")

    assert heard(hana)[1] == b"event: news\ndata: 44\n\n"


def test_silence_gives_a_sign_of_life():
    async def silent():
        stream = Hub().join(HANA)
        await stream.next(0.001)
        return await stream.next(0.001)

    assert asyncio.run(silent()) == ALIVE


def test_a_reader_who_lags_behind_is_ended_and_holds_up_nobody():
    hub = Hub()
    slow = hub.join(HANA)

    for number in range(ROOM + 5):
        hub.tell(f"{number} 1")

    assert slow.is_over.is_set()
    assert slow._events.qsize() == ROOM


def test_the_oldest_stream_of_one_person_makes_room():
    hub = Hub()
    streams = [hub.join(HANA) for _ in range(MOST_PER_ACCOUNT + 1)]

    assert [stream.is_over.is_set() for stream in streams] == [True] + [False] * MOST_PER_ACCOUNT


def test_only_valid_sign_ins_stay():
    """A4."""
    hub = Hub()
    hana, ren = hub.join(HANA), hub.join(REN)

    hub.keep_only({HANA, Pass(2, 22, "changed")})

    assert (hana.is_over.is_set(), ren.is_over.is_set()) == (False, True)


def test_who_left_is_forgotten():
    hub = Hub()
    hub.leave(hub.join(HANA))

    assert hub.holders() == set()
    hub.tell("45 1")
