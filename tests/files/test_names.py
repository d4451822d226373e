"""F1, F3: a name can neither lead astray nor hide what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enishi.files.names import cleaned, marks


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("見積書.pdf", "見積書.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ren\Desktop\原稿.docx", "原稿.docx"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\0b.txt", "ab.txt"),
        ("line\nbreak\r.txt", "linebreak.txt"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("  spaced .txt  ", "spaced .txt"),
        ("か\u3099くせい.txt", "がくせい.txt"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("trailing. .", "trailing"),
        ("folder/", "folder"),
        ("CON", "_CON"),
        ("aux.txt", "_aux.txt"),
        ("nul .tar.gz", "_nul .tar.gz"),
        ("COM¹.log", "_COM¹.log"),
        ("console.txt", "console.txt"),
    ],
)
def test_a_name_is_shown_plain(given, shown):
    assert cleaned(given) == shown


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("a.pdf", []),
        ("a.exe", ["program"]),
        ("請求書.pdf.exe", ["program", "double"]),
        ("a.svg", ["active"]),
        ("a.docm", ["macro"]),
        ("a\u202efdp.exe", ["program", "hidden"]),
    ],
)
def test_a_name_tells_what_to_beware_of(given, found):
    assert marks(given) == found


def test_a_long_name_keeps_its_ending():
    name = cleaned("契約" * 200 + ".pdf")

    assert name.endswith(("契.pdf", "約.pdf"))
    assert 250 < len(name.encode()) <= 255


@given(st.text(max_size=400))
def test_any_name_comes_out_safe(name):
    shown = cleaned(name)

    assert 0 < len(shown.encode()) <= 255
    assert not set(shown) & set('/\\\0\n\r"<>')
    assert not shown.startswith(".")
    assert cleaned(shown) == shown
