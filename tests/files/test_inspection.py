"""F2, F3: what a stranger's file may cost, and what is said of it before anyone opens it."""

import io
import json
import signal
import subprocess
import sys

import pytest

from enishi.files import child
from enishi.files.inspection import report
from enishi.web.files import words

from . import bombs

SLIPS = bombs.slips()
SIGNED = [
    ("/JavaScript (x)", "script"),
    ("/Launch <<>>", "launch"),
    ("/EmbeddedFile", "embedded"),
]


def listed(content):
    answer = child.run(io.BytesIO(content), "list")
    assert answer.fault == ""
    return json.loads(answer.said)


@pytest.mark.parametrize("name", SLIPS)
def test_names_in_an_archive_are_shown_and_never_used(name):
    content, mark = SLIPS[name]

    found = report.of(io.BytesIO(content))

    ((shown, _, marks),) = found["entries"]
    assert marks == [mark]
    assert "\u202e" not in shown


def test_a_list_of_an_archive_is_what_stands_in_it():
    content = bombs.zipped([("原稿/第一章.txt", b"words"), ("b.txt", b"more words")])

    found = listed(content)

    assert found["entries"] == [["原稿/第一章.txt", 5, []], ["b.txt", 10, []]]
    assert (found["kind"], found["count"], found["total"]) == ("zip", 2, 15)
    assert (found["marks"], found["unread"], found["caught"]) == ([], [], "")


def test_a_name_written_by_japanese_windows_can_be_read():
    plain = bombs.zipped([("AAAA.txt", b"x")])
    content = plain.replace(b"AAAA", "原稿".encode("cp932"))

    assert report.of(io.BytesIO(content))["entries"][0][0] == "原稿.txt"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("zip of zeros", "trap"),
        ("overlapping zip", "trap"),
        ("zip in zip in zip", "nested"),
        ("a million empty entries", "too_many"),
        ("zip64 lie", "broken"),
        ("gzip of a gigabyte", ""),
        ("gzip in gzip", "nested"),
        ("tar.gz of a gigabyte", "too_much"),
        ("tar that lies", "broken"),
        ("tar of many", "too_many"),
        ("bzip2", "opaque"),
    ],
)
def test_a_bomb_is_named_as_what_it_is(name, said):
    found = listed(bombs.bombs()[name])

    assert said == "" or said in found["marks"] + found["unread"]
    assert len(found["entries"]) <= report.LISTED


@pytest.mark.parametrize(("inside", "mark"), SIGNED)
def test_what_a_pdf_wants_to_do_is_told(inside, mark):
    found = report.of(io.BytesIO(b"%PDF-1.7\n" + b"x" * 2_000_000 + inside.encode()))

    assert found["marks"] == [mark]


def test_macros_remote_templates_and_formulas_are_told():
    remote = b'<Relationship Type="x/attachedTemplate" Target="http://x" TargetMode="External"/>'
    office = bombs.zipped([("word/vbaProject.bin", b"x"), ("word/_rels/a.rels", remote)])

    assert report.of(io.BytesIO(office))["marks"] == ["macro", "remote"]
    assert report.of(io.BytesIO(b"a,b\n1,=1+1\n"))["marks"] == ["formula"]


def test_a_locked_archive_is_said_to_be_locked():
    plain = bytearray(bombs.zipped([("a", b"words")]))
    plain[6] |= 1
    plain[plain.rfind(b"PK\x01\x02") + 8] |= 1

    found = report.of(io.BytesIO(bytes(plain)))

    assert (found["unread"], found["entries"]) == (["encrypted"], [["a", 5, ["encrypted"]]])


def test_whatever_is_found_has_words():
    """No mark that the child may set is without a sentence for the person who decides."""
    known = set(words.MARKS) | set(words.UNREAD) | set(words.ENTRY)

    for name, content in bombs.bombs().items():
        found = listed(content)
        said = {*found["marks"], *found["unread"], *(m for e in found["entries"] for m in e[2])}
        assert said <= known, name


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_zip_that_ends_anywhere_is_broken_and_no_fault(cut):
    content = bombs.zipped([("a", b"x"), ("b" * 80, b"y" * 500)])[: -1 - cut]

    found = report.of(io.BytesIO(content))

    assert found["unread"] == ["broken"] or found["kind"] == ""


def test_a_child_that_waits_for_ever_is_ended(monkeypatch, tmp_path):
    """The clock on the wall ends it as well as the processor's."""
    monkeypatch.setattr(child, "PATIENCE", 0.0)

    answer = child.run(io.BytesIO(b"words"), "list")

    assert (answer.said, answer.fault) == (b"", "lost")


def test_the_child_knows_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("ENISHI_SECRET_KEY", "secret")

    assert set(child._environment()) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LANG"}


@pytest.mark.parametrize(
    ("greed", "code"),
    [
        ("while True: pass", -signal.SIGPROF),
        ("bytearray(256 * 1024 * 1024)", 1),
        ("[open(0, closefd=False) for n in range(9)] + [os.dup(0) for n in range(40)]", 1),
        ("os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b'x')", 1),
    ],
)
def test_the_limits_of_the_child_hold(greed, code, tmp_path):
    """Time of the processor, memory, files at once, and not a byte on the disk."""
    program = (
        f"import os, sys\nfrom enishi.files.inspection.__main__ import limit\nlimit()\n{greed}"
    )
    greedy = [sys.executable, "-S", "-P", "-c", program, str(tmp_path / "a")]

    done = subprocess.run(
        greedy, env=child._environment(), capture_output=True, timeout=30, check=False
    )

    assert done.returncode == code, done.stderr
