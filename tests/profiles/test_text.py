"""RA2, I7: what counts as a character, and what a line may hold."""

import pytest

from enishi.profiles.text import counted, line

JOINER, FAMILY = "\u200d", "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("取材と執筆", 5),
        ("a b\nc\u3000d", 4),
        (JOINER * 300, 0),
        ("\u200b\u2060\ufeff" * 300, 0),
        (FAMILY, 3),
        ("e\u0301", 1),  # one letter after NFC
        ("x" + "\u0301" * 300, 1),
        ("か\u3099", 1),
        ("葛\U000e0100", 1),  # with a variation selector
    ],
)
def test_ra2_only_what_draws_something_counts(text, count):
    assert counted(text) == count


def test_a_line_holds_nothing_that_turns_it_around():
    assert line("  logo\u202egpj.exe\n \u2066two\u2069 ") == "logogpj.exe two"


def test_a_line_keeps_families_whole():
    assert line(FAMILY) == FAMILY
