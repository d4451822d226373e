from enishi.messaging import policy


def test_a_message_says_something_and_fits():
    assert policy.fault("hello") is None
    assert policy.fault("あ" * 10_000) is None
    assert policy.fault(" \n\u3000") == "message.empty"
    assert policy.fault("あ" * 10_001) == "message.too_long"
    assert policy.fault("a\0b") == "message.nul"


def test_a_thread_has_room_for_exactly_its_limit():
    megabyte = 1024 * 1024
    assert policy.has_room(1023 * megabyte, megabyte, megabytes=1024)
    assert not policy.has_room(1023 * megabyte, megabyte + 1, megabytes=1024)
