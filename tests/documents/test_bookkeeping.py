"""What the two sides of a payment book, and the columns of the programs that read it."""

import pytest

from enishi.documents import bookkeeping, programs
from enishi.kit import cells

from .slips import slip

STATEMENT = ("PS-20261125-0482", slip("payment_statement"))
INVOICE = slip("invoice")
CLIENT, WORKER = 1, 2


def paid(reader, invoice=INVOICE):
    (found,) = bookkeeping.payments([STATEMENT], [invoice] if invoice else [], reader)
    return found


def booked(reader):
    return [(e.debit, e.credit, e.amount, e.tax) for e in bookkeeping.entries(paid(reader))]


def test_a_worker_books_the_sale_the_fee_and_what_was_withheld():
    assert booked(WORKER) == [
        ("売掛金", "売上高", 44_000, 4_000),
        ("支払手数料", "売掛金", 9_680, 880),
        ("事業主貸", "売掛金", 4_084, 0),
    ]
    assert paid(WORKER).net == 44_000 - 9_680 - 4_084


def test_a_client_books_the_cost_what_is_owed_to_the_tax_office_and_the_escrow():
    assert booked(CLIENT) == [
        ("外注費", "未払金", 44_000, 4_000),
        ("未払金", "預り金", 4_084, 0),
        ("未払金", "前払金", 39_916, 0),
    ]


def test_a_payment_from_before_invoices_is_booked_all_the_same():
    before = paid(CLIENT, invoice=None)

    assert (before.mode, before.rate, before.deductible) == ("", 1_000, 10_000)


@pytest.mark.parametrize("name", programs.PROGRAMS)
@pytest.mark.parametrize("reader", [CLIENT, WORKER])
def test_every_line_has_the_columns_of_its_head(name, reader):
    rows = programs.PROGRAMS[name].rows([paid(reader)])
    widths = {"freee": 17, "moneyforward": 23, "yayoi": 25}

    assert {len(row) for row in rows} == {widths[name]}


def test_freee_gets_one_transaction_with_what_is_taken_off_below():
    sale = [row[:10] for row in programs.freee([paid(WORKER)])[1:]]
    cost = [row[:10] for row in programs.freee([paid(CLIENT)])[1:]]

    client, worker = "町の地図 編集部", "髙橋 𠮷乃"
    head = ["PS-20261125-0482", "2026/11/25", ""]
    assert sale == [
        ["収入", *head, client, "売上高", "課税売上10%", 44_000, "内税", 4_000],
        ["", "", "", "", client, "支払手数料", "課対仕入10%", -9_680, "内税", -880],
        ["", "", "", "", client, "事業主貸", "対象外", -4_084, "", ""],
    ]
    assert cost == [
        ["支出", *head, worker, "外注費", "課対仕入（控70）10%", 44_000, "内税", 4_000],
        ["", "", "", "", worker, "預り金", "対象外", -4_084, "", ""],
    ]


def test_moneyforward_gets_counted_entries_with_the_share_of_the_tax():
    rows = [
        dict(zip(programs.MONEYFORWARD, row, strict=True))
        for row in programs.moneyforward([paid(CLIENT), paid(WORKER)])[1:]
    ]

    assert [row["取引No"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert (rows[0]["借方税区分"], rows[0]["借方インボイス"], rows[0]["借方税額"]) == (
        *("課税仕入 10%", "70%控除"),
        4_000,
    )
    assert (rows[3]["貸方税区分"], rows[3]["貸方税額"]) == ("課税売上 10%", 4_000)
    assert rows[4]["借方インボイス"] == "適格"  # the fee is the operator's
    assert all(row["借方金額(円)"] == row["貸方金額(円)"] for row in rows)


def test_yayoi_gets_entries_of_one_line_that_its_encoding_can_hold():
    rows = programs.yayoi([paid(CLIENT)])

    assert rows[0] == [
        *("2000", "", "", "2026/11/25", "外注費", "", "", "課対仕入込10%区分70%", 44_000, 4_000),
        *(
            "未払金",
            "",
            "",
            "対象外",
            44_000,
            "",
            "髙橋 𠮷乃 商店街の記事3本 1. 1・2本目の記事"[:30],
        ),
        *("61125-0482", "", "0", "", "", "0", "0", "no"),
    ]
    sent = cells.text(rows).encode(programs.SHIFT_JIS, errors="replace").decode("cp932")
    assert "髙橋 ?乃" in sent  # the rare character is not in Shift_JIS


def test_a_registered_worker_leaves_the_whole_tax_to_deduct():
    number = {"name": "髙橋 𠮷乃", "registration_number": "T7000012050002"}
    invoice = INVOICE | {"mode": "own", "issuer": number, "deduction": None}

    (cost, *_) = programs.yayoi([paid(CLIENT, invoice)])

    assert cost[7] == "課対仕入込10%適格"
