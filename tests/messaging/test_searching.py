"""ME1: what a search in a conversation looks for, and what it marks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.messaging import searching
from enishi.messaging.searching import folded

CAST = "aAzＡｚ09０ガｶﾞﾊﾟが\u3099\u0301é①㍿ßΣς한ᄒ\u1161\u11ab \n%_\\"
SIGNS = st.text(st.sampled_from(CAST), max_size=40)
LETTERS = (chr(code) for code in range(0xA0, 0x20000) if not 0x3400 <= code < 0xA000)


def written(pieces):
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


def marked(text, typed):
    return written(searching.marked(text, searching.words(typed)))


def excerpt(text, typed):
    return written(searching.excerpt(text, searching.words(typed)))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("ＡＢＣの見積書", "abc", "[ＡＢＣ]の見積書"),
        ("abcの見積書", "ＡＢＣ", "[abc]の見積書"),
        ("ｶﾞｯｺｳの記事", "ガッコウ", "[ｶﾞｯｺｳ]の記事"),
        ("ガッコウの記事", "ｶﾞｯｺｳ", "[ガッコウ]の記事"),
        ("か\u3099く", "がく", "[か\u3099く]"),
        ("が", "か", "が"),
        ("cafe\u0301", "CAFÉ", "[cafe\u0301]"),
        ("㈱と㍿", "(株)", "[㈱]と㍿"),
        ("①番", "1", "[①]番"),
        ("Straße", "STRASSE", "[Straße]"),
        ("ΟΔΟΣ", "οδος", "[ΟΔΟΣ]"),
        ("한국", "\u1112\u1161\u11ab", "[한]국"),
        ("50%と5_0", "%", "50[%]と5_0"),
        ("50%と5_0", "_", "50%と5[_]0"),
        ("a\\b", "\\", "a[\\]b"),
        ("aaa", "aa", "[aa]a"),
        ("あいう", "いう あい", "[あいう]"),
        ("nothing", "else", "nothing"),
        ("", "else", ""),
    ],
)
def test_a_word_is_marked_where_it_stands_in_either_width_and_case(text, typed, expected):
    assert marked(text, typed) == expected


def test_words_are_read_once_each_and_not_without_end():
    assert searching.words("  ＡＢＣ　abc\tデータ ") == ["abc", "データ"]
    assert searching.words("　 ") == []
    assert searching.words(" ".join(map(str, range(1000)))) == list("01234567")
    assert searching.words("a" * 1000) == ["a" * 200]


def test_no_word_is_found_across_text_and_file_name():
    kept = searching.looked_in("The end", ["Ｐｌａｎ.PDF", "b.txt"])

    assert kept == "the end\nplan.pdf\nb.txt"


def test_an_excerpt_shows_where_each_word_stands_first():
    text = f"{'a ' * 100}cat {'b ' * 100}cat and dog {'c ' * 100}"

    assert excerpt(text, "cat dog") == (
        f"…{'a ' * 12}[cat] {'b ' * 23}b…{'b ' * 8}[cat] and [dog] {'c ' * 23}c…"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is long ago that somebody thought of a word", "…somebody thought of a [word]"),
        ("あ" * 30 + "。）、" + "い" * 22 + "word", "…" + "い" * 22 + "[word]"),
        ("A" * 50 + "word", "…" + "A" * 24 + "[word]"),
        ("." * 50 + "word", "…[word]"),
    ],
)
def test_an_excerpt_begins_with_a_word(text, expected):
    assert excerpt(text, "word") == expected


def test_a_single_place_has_more_around_it_and_lines_become_one():
    assert excerpt("First line\n\n  with   a word\nlast", "word") == "First line with a [word] last"
    assert excerpt("x" * 500, "y") == "x" * 120 + "…"
    assert excerpt("y" + "x" * 500, "y") == "[y]" + "x" * 119 + "…"
    assert len(excerpt("word " * 2000, "word")) < 300


def test_an_excerpt_never_begins_or_ends_inside_a_sign():
    text = "か\u3099" * 300 + "word" + "か\u3099" * 300

    shown = excerpt(text, "word").strip("…")

    assert not unicodedata.combining(shown[0])
    assert unicodedata.combining(shown[-1])


@given(SIGNS, SIGNS)
def test_marking_loses_nothing_and_finds_whatever_is_kept(text, typed):
    words = searching.words(typed)
    pieces = searching.marked(text, words)

    assert "".join(piece.text for piece in pieces) == text
    is_kept = any(word in searching.looked_in(text, []) for word in words)
    assert any(piece.is_found for piece in pieces) == is_kept


@given(SIGNS)
def test_what_is_folded_stays_as_it_is(text):
    assert folded(folded(text)) == folded(text)


def test_a_character_is_folded_apart_from_the_one_before_it_unless_it_joins():
    """Else a mark would stand beside its word."""
    before = ("a", "か", "\u1112", "\uac00", "\u09c7", "\u0b47", "\u1025")
    others = [
        letter
        for letter in LETTERS
        if unicodedata.category(letter) not in ("Cn", "Cs", "Co")
        and not "\uac00" <= letter <= "\ud7a3"
        and not searching._joins.__wrapped__(letter)
    ]

    assert len(others) > 20_000
    assert [
        hex(ord(letter))
        for letter in others
        if any(folded(one + letter) != folded(one) + folded(letter) for one in before)
    ] == []
