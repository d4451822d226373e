"""A device in the list of sign-ins is named as its owner would name it."""

import pytest

from enishi.web.accounts.devices import device

ENGINE = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (f"Mozilla/5.0 (Linux; Android 15) {ENGINE} Mobile Safari/537.36", "Chrome · Android"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64) {ENGINE} Safari/537.36 Edg/131.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Firefox/133.0", "Firefox · Linux"),
        ("curl/8.9", "curl/8.9"),
        ("x" * 200, "x" * 80),
        ("", ""),
    ],
)
def test_a_device_is_named_by_browser_and_system(user_agent, name):
    assert device(user_agent) == name
