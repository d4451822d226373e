"""Columns of the accounting programs that read our tables. Each takes payments and gives rows, its
head included where it wants one. Described in docs/accounting-csv.md. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

from enishi.kit.cells import Cell

from .bookkeeping import (
    OUTSOURCING,
    PAYABLE,
    PREPAID,
    RECEIVABLE,
    WHOLE,
    Entry,
    Payment,
    entries,
)

Rows = list[list[Cell]]
UTF8, SHIFT_JIS = "utf-8-sig", "cp932"
MEMO_MOST = 30  # characters of a memo that each program keeps

FREEE = (
    *("収支区分", "管理番号", "発生日", "決済期日", "取引先", "勘定科目", "税区分", "金額"),
    *("税計算区分", "税額", "備考", "品目", "部門", "メモタグ（複数指定可、カンマ区切り）"),
    *("決済日", "決済口座", "決済金額"),
)
EMPTY = [""] * 6  # freee's columns after the memo
MONEYFORWARD = (
    *("取引No", "取引日", "借方勘定科目", "借方補助科目", "借方部門", "借方取引先", "借方税区分"),
    *("借方インボイス", "借方金額(円)", "借方税額", "貸方勘定科目", "貸方補助科目", "貸方部門"),
    *("貸方取引先", "貸方税区分", "貸方インボイス", "貸方金額(円)", "貸方税額", "摘要", "仕訳メモ"),
    *("タグ", "MF仕訳タイプ", "決算整理仕訳"),
)


@dataclass(frozen=True, slots=True)
class Program:
    encoding: str
    rows: Callable[[Iterable[Payment]], Rows]


def freee(payments: Iterable[Payment]) -> Rows:
    """取引インポート: a payment is one transaction; what is taken off it stands below with a minus.
    How the rest was paid is settled in the program."""
    rows: Rows = [list(FREEE)]
    for one in payments:
        price, *taken = entries(one)
        kind = "収入" if one.side == "worker" else "支出"
        day = f"{one.day:%Y/%m/%d}"
        rows.append([kind, one.number, day, "", *_line_of_freee(price, _own(price), 1)])
        for entry in taken:
            if entry.credit != PREPAID:
                rows.append(["", "", "", "", *_line_of_freee(entry, _own(entry), -1)])
    return rows


def _own(entry: Entry) -> str:
    """The account of an entry that is not the one between the two sides."""
    return entry.credit if entry.debit in (RECEIVABLE, PAYABLE) else entry.debit


def _line_of_freee(entry: Entry, account: str, sign: int) -> list[Cell]:
    taxes: list[Cell] = ["内税", sign * entry.tax] if entry.taxed else ["", ""]
    one = entry.payment
    return [one.other, account, _of_freee(entry), sign * entry.amount, *taxes, _memo(one), *EMPTY]


def _of_freee(entry: Entry) -> str:
    percent, share = entry.payment.rate // 100, entry.payment.deductible
    if not entry.taxed:
        return "対象外"
    if entry.taxed == "credit":
        return f"課税売上{percent}%"
    is_cut = entry.debit == OUTSOURCING and share < WHOLE
    return f"課対仕入（控{share // 100}）{percent}%" if is_cut else f"課対仕入{percent}%"


def moneyforward(payments: Iterable[Payment]) -> Rows:
    """仕訳帳インポート: each line is an entry of its own, counted from 1."""
    numbers, rows = count(1), [list[Cell](MONEYFORWARD)]
    for one in payments:
        for entry in entries(one):
            debit, credit = ("", ""), ("", "")
            if entry.taxed == "debit":
                debit = (f"課税仕入 {one.rate // 100}%", _invoice_of(entry))
            elif entry.taxed == "credit":
                credit = (f"課税売上 {one.rate // 100}%", "")
            rows.append(
                [
                    *(next(numbers), f"{one.day:%Y/%m/%d}"),
                    *_side(entry, entry.debit, debit, is_taxed=entry.taxed == "debit"),
                    *_side(entry, entry.credit, credit, is_taxed=entry.taxed == "credit"),
                    *(_memo(one), one.number, "", "", ""),
                ]
            )
    return rows


def _side(entry: Entry, account: str, tax: tuple[str, str], *, is_taxed: bool) -> list[Cell]:
    kind, invoice = tax
    taxes: list[Cell] = [kind or "対象外", invoice]
    sums: list[Cell] = [entry.amount, entry.tax if is_taxed else ""]
    return [account, "", "", entry.payment.other, *taxes, *sums]


def _invoice_of(entry: Entry) -> str:
    share = entry.payment.deductible
    is_cut = entry.debit == OUTSOURCING and share < WHOLE
    return f"{share // 100}%控除" if is_cut else "適格"


def yayoi(payments: Iterable[Payment]) -> Rows:
    """弥生インポート形式: 25 columns without a head, each line an entry of its own (2000)."""
    return [
        [
            *("2000", "", "", f"{one.day:%Y/%m/%d}"),
            *(entry.debit, "", "", _of_yayoi(entry, "debit"), entry.amount, _tax(entry, "debit")),
            *(entry.credit, "", "", _of_yayoi(entry, "credit"), entry.amount),
            *(_tax(entry, "credit"), _memo(one), one.number[-10:], "", "0", "", "", "0", "0", "no"),
        ]
        for one in payments
        for entry in entries(one)
    ]


def _of_yayoi(entry: Entry, side: str) -> str:
    percent, share = entry.payment.rate // 100, entry.payment.deductible
    if entry.taxed != side:
        return "対象外"
    if side == "credit":
        return f"課税売上込{percent}%"
    is_cut = entry.debit == OUTSOURCING and share < WHOLE
    kind = f"区分{share // 100}%" if is_cut else "適格"
    return f"課対仕入込{percent}%{kind}"


def _tax(entry: Entry, side: str) -> Cell:
    return entry.tax if entry.taxed == side else ""


def _memo(payment: Payment) -> str:
    return f"{payment.other} {payment.title}"[:MEMO_MOST]


PROGRAMS: dict[str, Program] = {
    "freee": Program(UTF8, freee),
    "moneyforward": Program(UTF8, moneyforward),
    "yayoi": Program(SHIFT_JIS, yayoi),
}
