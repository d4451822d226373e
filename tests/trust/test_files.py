"""SA7: a file of ratings is read whole, or each wrong line is named."""

import pytest

from enishi.trust import files
from enishi.trust.scoring import Rating


def test_a_file_is_read_with_and_without_its_header():
    lines = ["ann,bob,10,1289254254.5\n", "bob,ann,-3,2026-04-01\n"]
    expected = [Rating("ann", "bob", 10, 1289254254.5), Rating("bob", "ann", -3, 1775001600)]

    assert files.ratings(lines) == expected
    assert files.ratings(["rater,rated,score,time\n", *lines]) == expected


def test_empty_lines_say_nothing():
    assert files.ratings(["\n", "a,b,1,1\n", " , ,,\n"]) == [Rating("a", "b", 1, 1)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("a,b,1", "Line 2: it has 3 columns, and must have 4: rater,rated,score,time."),
        (",b,1,1", "Line 2: the rater or the rated is missing."),
        ("a,b,11,1", "Line 2: the score must be a number from -10 to 10, not “11”."),
        ("a,b,nan,1", "Line 2: the score must be a number from -10 to 10, not “nan”."),
        ("a,b,good,1", "Line 2: the score must be a number from -10 to 10, not “good”."),
        (
            "a,b,1,soon",
            "Line 2: the time must be seconds since 1970 or a date such as 2026-04-01, not “soon”.",
        ),
    ],
)
def test_a_wrong_line_is_named(line, sentence):
    with pytest.raises(files.Unreadable) as wrong:
        files.ratings(["a,b,1,1\n", line + "\n", "c,d,1,1\n"])

    assert wrong.value.faults == [sentence]


def test_at_most_twenty_wrong_lines_are_named_at_once():
    with pytest.raises(files.Unreadable) as wrong:
        files.ratings(["a,b\n"] * 99)

    assert len(wrong.value.faults) == 21
