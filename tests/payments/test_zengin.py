"""The file for the bank, byte by byte against the format, and the answer that is believed."""

from dataclasses import replace
from datetime import date

import pytest

from enishi.payments import zengin
from enishi.payments.zengin import Row, Sender, Unfit

from .answers import answered

SENDER = Sender(
    code="1234567890",
    name="カ)エニシ",
    bank="0001",
    bank_name="ミズホ",
    branch="101",
    branch_name="トウキョウ",
    kind="ordinary",
    number="7654321",
)
ROWS = (
    Row(7, "0005", "001", "0001234", "ミズノ レン", 8_580),
    Row(12, "9900", "123", "1234567", "ハットリ パーソンズ", 123_456),
)
DAY = date(2026, 4, 3)
FILE = zengin.written(SENDER, ROWS, on=DAY)


def lines(file=FILE):
    return file.decode("cp932").split("\r\n")[:-1]


def cut(line, *lengths):
    found, at = [], 0
    for length in lengths:
        found.append(line[at : at + length])
        at += length
    assert at == len(line) == 120
    return found


def test_the_header_says_who_pays_on_which_day_and_from_where():
    assert cut(lines()[0], 1, 2, 1, 10, 40, 4, 4, 15, 3, 15, 1, 7, 17) == [
        *("1", "21", "0", "1234567890", "ｶ)ｴﾆｼ".ljust(40), "0403"),
        *("0001", "ﾐｽﾞﾎ".ljust(15), "101", "ﾄｳｷﾖｳ".ljust(15), "1", "7654321", " " * 17),
    ]


def test_a_row_says_to_whom_how_much_and_which_payout_it_is():
    assert cut(lines()[1], 1, 4, 15, 3, 15, 4, 1, 7, 30, 10, 1, 20, 1, 1, 7) == [
        *("2", "0005", " " * 15, "001", " " * 15, "0000", "1", "0001234"),
        *("ﾐｽﾞﾉ ﾚﾝ".ljust(30), "0000008580", "0", "7".zfill(20), "7", " ", " " * 7),
    ]
    assert lines()[2][50:80] == "ﾊﾂﾄﾘ ﾊﾟ-ｿﾝｽﾞ".ljust(30)


def test_the_trailer_counts_and_sums_and_the_end_ends():
    assert cut(lines()[3], 1, 6, 12, 101) == ["8", "000002", "000000132036", " " * 101]
    assert cut(lines()[4], 1, 119) == ["9", " " * 119]


def test_every_record_is_120_bytes_of_half_width_and_a_break():
    assert len(FILE) == 5 * 122
    assert all(len(record) == 120 for record in FILE.split(b"\r\n")[:-1])
    assert all(0x20 <= byte < 0x7F or 0xA1 <= byte <= 0xDF or byte in b"\r\n" for byte in FILE)


def test_a_long_name_is_cut_as_banks_cut_it():
    long = replace(ROWS[0], holder="ガ" * 20)

    assert lines(zengin.written(SENDER, [long], on=DAY))[1][50:80] == "ｶﾞ" * 15


@pytest.mark.parametrize(
    "change", [{"number": "12345678"}, {"bank": "12a4"}, {"amount": 10**10}, {"amount": -1}]
)
def test_what_does_not_fit_is_no_file(change):
    with pytest.raises(ValueError, match="digits"):
        zengin.written(SENDER, [replace(ROWS[0], **change)], on=DAY)


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"", b"\r\n\x1a"])
def test_each_row_has_a_result_however_the_bank_breaks_its_lines(end):
    answer = answered(FILE, {12: "2"})
    between = b"" if not end else end.removesuffix(b"\x1a")
    answer = answer.replace(b"\r\n", between) + end.removeprefix(between)

    assert zengin.results(FILE, answer) == {7: "", 12: "name_mismatch"}


def test_rows_may_come_in_another_order():
    head, first, second, *tail = answered(FILE, {7: "1"}).split(b"\r\n")
    answer = b"\r\n".join([head, second, first, *tail])

    assert zengin.results(FILE, answer) == {7: "no_account", 12: ""}


OTHER_DAY = zengin.written(SENDER, ROWS, on=date(2026, 4, 6))
OTHER_ROWS = zengin.written(SENDER, [replace(ROWS[0], reference=8), ROWS[1]], on=DAY)
GOOD = answered(FILE)
BROKEN = {
    "empty": (b"", "shape"),
    "something else": (b"%PDF-1.7 \x00\xff", "shape"),
    "a picture with a one": (b"1\xff\xfe" * 80, "other_batch"),
    "the file of another day": (answered(OTHER_DAY), "other_batch"),
    "the file of other payouts": (answered(OTHER_ROWS), "other_batch"),
    "cut in the middle of a row": (GOOD[:300], "truncated"),
    "cut behind a row": (GOOD[:366], "truncated"),
    "without its end": (GOOD[:488], "truncated"),
    "a row is missing": (GOOD[:122] + GOOD[244:], "totals"),
    "another sum": (GOOD.replace(b"000000132036", b"000000132037"), "totals"),
    "another count": (GOOD.replace(b"8000002", b"8000003"), "totals"),
    "a row twice": (GOOD[:244] + GOOD[122:244] + GOOD[366:], "altered"),
    "another amount": (GOOD.replace(b"0000008580", b"0000008581"), "altered"),
    "another account": (GOOD.replace(b"0001234", b"0001235"), "altered"),
    "the file as we sent it": (FILE, "without_results"),
    "a result nobody knows": (answered(FILE, {7: "7"}), "without_results"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_the_whole_answer_to_this_file_is_refused(name):
    answer, code = BROKEN[name]

    with pytest.raises(Unfit) as unfit:
        zengin.results(FILE, answer)
    assert unfit.value.code == code
