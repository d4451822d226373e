"""Moving the demo's clock from the command line."""

from datetime import timedelta

import pytest

from enishi.cli import demo
from enishi.cli.environment import UsageError


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3d", timedelta(days=3)),
        ("12h", timedelta(hours=12)),
        ("90m", timedelta(minutes=90)),
        ("2w", timedelta(weeks=2)),
        ("1d12h", timedelta(days=1, hours=12)),
    ],
)
def test_a_span_is_read_as_people_write_it(text, span):
    assert demo.parse_span(text) == span


@pytest.mark.parametrize("text", ["", "3", "d", "-3d", "3x", "3 d", "0d", "３日"])
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(UsageError, match=r"3d|forward"):
        demo.parse_span(text)
