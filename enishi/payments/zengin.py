"""The file by which a bank is told to pay many people (全銀 総合振込), and the one that it answers
with. Pure.

Records of 120 signs in half width, each ended by CRLF: one header (1), a row for each payment (2),
one trailer with count and sum (8), one end (9). Digits are filled with zeros from the left, words
with blanks from the right. The bank's answer repeats the file with a result for each row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .kana import half_width

LENGTH = 120
MOST_ROWS = 9_999
BREAK, END_OF_FILE = b"\r\n", b"\x1a"
ENCODING = "cp932"  # of its half, JIS X 0201: a byte a sign
REFERENCE = slice(91, 111)  # what the bank repeats to us: the number of the payout
AS_SENT = slice(0, 113)  # of a row; a result stands in the first of the blanks behind it
RESULT = 113
TOTALS = slice(0, 19)  # of the trailer
DONE = "0"
# A bank's reasons; a bank that counts otherwise is told apart here and nowhere else.
REASONS = {
    "1": "no_account",
    "2": "name_mismatch",
    "3": "account_closed",
    "4": "account_blocked",
    "9": "other",
}
KINDS = {"ordinary": "1", "current": "2"}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who pays: what the bank gave the operator, and the account that the money leaves."""

    code: str
    name: str
    bank: str
    bank_name: str
    branch: str
    branch_name: str
    kind: str  # ordinary | current
    number: str


@dataclass(frozen=True, slots=True)
class Row:
    """One payment in whole yen to an ordinary account. `reference` is ours."""

    reference: int
    bank: str
    branch: str
    number: str
    holder: str
    amount: int


class Unfit(Exception):
    """An answer that is not the one to our file: `shape`, `truncated`, `totals`, `other_batch`,
    `altered`, or `without_results`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def written(sender: Sender, rows: Sequence[Row], *, on: date) -> bytes:
    """The file that asks the bank to pay these on this day."""
    records = [
        _header(sender, on),
        *(_row(one) for one in rows),
        "8" + _digits(len(rows), 6) + _digits(sum(one.amount for one in rows), 12) + " " * 101,
        "9" + " " * 119,
    ]
    return b"".join(record.encode(ENCODING) + BREAK for record in records)


def _header(sender: Sender, on: date) -> str:
    return "".join(
        (
            "1",
            "21",  # many payments to others
            "0",  # the signs are JIS
            _digits(sender.code, 10),
            _words(sender.name, 40),
            f"{on:%m%d}",
            _digits(sender.bank, 4),
            _words(sender.bank_name, 15),
            _digits(sender.branch, 3),
            _words(sender.branch_name, 15),
            KINDS[sender.kind],
            _digits(sender.number, 7),
            " " * 17,
        )
    )


def _row(one: Row) -> str:
    return "".join(
        (
            "2",
            _digits(one.bank, 4),
            " " * 15,  # names of bank and branch are the bank's to know
            _digits(one.branch, 3),
            " " * 15,
            "0000",  # a clearing house, of old
            KINDS["ordinary"],
            _digits(one.number, 7),
            _words(one.holder, 30),
            _digits(one.amount, 10),
            "0",
            _digits(one.reference, 20),
            "7",  # by wire
            " ",  # the twenty digits before are ours, and no message between companies
            " " * 7,
        )
    )


def _digits(value: int | str, most: int) -> str:
    text = str(value).zfill(most)
    if len(text) != most or not text.isascii() or not text.isdigit():
        raise ValueError(f"not {most} digits")
    return text


def _words(text: str, most: int) -> str:
    """Banks know the first signs of a longer name only."""
    return half_width(text)[:most].ljust(most)


def results(sent: bytes, answer: bytes) -> Mapping[int, str]:
    """What became of each row of our file by its reference: "" for paid, else the reason. Raises
    Unfit unless the answer is our very file, whole, with a result in each row."""
    ours, theirs = _records(sent), _records(answer)
    kinds = [record[:1] for record in theirs]
    if theirs[0] != ours[0]:
        raise Unfit("other_batch")
    if kinds[-2:] != [b"8", b"9"]:
        raise Unfit("truncated")
    rows = theirs[1:-2]
    if set(kinds[1:-2]) - {b"2"}:
        raise Unfit("shape")
    known = {record[REFERENCE]: record for record in ours[1:-2]}
    if {row[REFERENCE] for row in rows} - known.keys():
        raise Unfit("other_batch")
    if theirs[-2][TOTALS] != ours[-2][TOTALS] or len(rows) != len(known):
        raise Unfit("totals")
    if len({row[REFERENCE] for row in rows}) != len(rows):
        raise Unfit("altered")
    if any(row[AS_SENT] != known[row[REFERENCE]][AS_SENT] for row in rows):
        raise Unfit("altered")
    return dict(_results(rows))


def _results(rows: Iterable[bytes]) -> Iterable[tuple[int, str]]:
    for row in rows:
        result = chr(row[RESULT])
        if result != DONE and result not in REASONS:
            raise Unfit("without_results")
        yield int(row[REFERENCE]), REASONS.get(result, "")


def _records(file: bytes) -> list[bytes]:
    """With breaks of either kind, or none: banks differ."""
    whole = file.rstrip(END_OF_FILE + BREAK)
    if whole[:1] != b"1":
        raise Unfit("shape")
    lines = whole.replace(BREAK, b"\n").split(b"\n")
    if len(lines) == 1:
        lines = [whole[at : at + LENGTH] for at in range(0, len(whole), LENGTH)]
    # What was cut off at the end may have been blanks, which are part of the last record.
    lines[-1] = lines[-1].ljust(LENGTH) if lines[-1] == b"9" else lines[-1]
    if len(lines[0]) != LENGTH:
        raise Unfit("shape")
    if any(len(line) != LENGTH for line in lines):
        raise Unfit("truncated")
    return lines
