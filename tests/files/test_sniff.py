"""F1: the type of a file comes from its bytes, and is never one a browser runs."""

import pytest

from enishi.files.sniff import HEAD, TEXT, content_type


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7\n", "x.html", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "x.txt", "image/png"),
        (b"GIF89a/*", "x.js", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a", "image/webp"),
        (b"\0\0\0\x18ftypmp42", "a.mov", "video/mp4"),
        (b"PK\x03\x04....", "a.zip", "application/zip"),
        (b"PK\x03\x04....", "a.exe", "application/zip"),
        (b"<!doctype html><script>alert(1)</script>", "page.html", TEXT),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "a.svg", TEXT),
        (b"<?xml version='1.0'?><html/>", "a.xhtml", TEXT),
        ("縁の記事".encode(), "a.txt", TEXT),
        ("縁の記事".encode("cp932"), "a.txt", "application/octet-stream"),
        (b"MZ\x90\0", "a.exe", "application/octet-stream"),
        (b"", "a", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(head, name, kind):
    assert content_type(head, name) == kind


def test_the_name_only_tells_zip_files_apart():
    assert content_type(b"PK\x03\x04", "報告.DOCX").endswith("wordprocessingml.document")
    assert content_type(b"plain", "報告.docx") == TEXT


def test_a_text_cut_within_a_character_is_still_text():
    text = ("a" + "縁" * HEAD).encode()[:HEAD]

    assert content_type(text) == TEXT
