"""The payments of a span of days as a file, for both sides, in each program's own encoding (I9)."""

import csv
import io

import pytest
from django.urls import reverse

from tests import make

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
APRIL = {"since": "2026-04-01", "until": "2026-04-30"}


def sent(client, **asked):
    return client.get(reverse("bookkeeping_table"), APRIL | asked)


def test_the_form_begins_with_last_month_and_says_to_have_it_checked(as_ren):
    page = as_ren.get(reverse("bookkeeping"))

    assert 'value="2026-03-01"' in page.content.decode()
    assert 'value="2026-03-31"' in page.content.decode()
    assert "tax adviser" in text(page)


@pytest.mark.parametrize(
    ("side", "role", "sums"),
    [
        ("worker", "ワーカー", ["60000", "5454", "12000", "1200", "0", "46800"]),
        ("client", "クライアント", ["60000", "5454", "", "", "0", ""]),
    ],
)
def test_each_side_gets_its_own_columns(client, side, role, sums):
    contract = make.contract("completed", title="=SUM(A1)")
    reader = getattr(contract, side)
    reader.language = "ja"
    reader.save(update_fields=["language"])
    client.force_login(reader)

    content = sent(client, program="table").content.decode("utf-8-sig")
    (head, row) = csv.reader(io.StringIO(content))

    assert head[:2] == ["日付", "番号"]
    assert (row[0], row[2], row[4][:9], row[5:11]) == ("2026-04-01", role, "'=SUM(A1)", sums)
    assert row[11] == "ワーカーは登録していません。番号のない請求書（区分記載）を発行します"
    assert row[13] == ("80%" if side == "client" else "")


@pytest.mark.parametrize(
    ("program", "encoding", "lines"),
    [("freee", "utf-8-sig", 3), ("moneyforward", "utf-8-sig", 3), ("yayoi", "cp932", 2)],
)
def test_each_program_gets_its_form_and_encoding(client, program, encoding, lines):
    contract = make.contract("completed")
    client.force_login(contract.worker)

    answer = sent(client, program=program)

    rows = list(csv.reader(io.StringIO(answer.content.decode(encoding))))
    assert len(rows) == lines
    assert "売上高" in rows[lines - 2]
    assert answer["Content-Disposition"].endswith(f'"{program}-20260401-20260430.csv"')
    assert (
        len(
            list(
                csv.reader(
                    io.StringIO(
                        sent(client, program=program, since="2026-04-02").content.decode(encoding)
                    )
                )
            )
        )
        == lines - 2
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": ""}, "Accepted from"),
        ({"until": "2026-03-31"}, "This day lies before the first one."),
        ({"until": "2027-04-02"}, "Please choose one year at the most."),
        ({"program": "abacus"}, "For which program"),
    ],
)
def test_what_is_not_understood_comes_back_as_it_was_typed(as_ren, asked, said):
    page = sent(as_ren, **{"program": "table"} | asked)

    assert page.status_code == 422
    assert said in text(page)
    kept = (APRIL | asked)["until"]
    assert f'value="{kept}"' in page.content.decode()


def test_a_visitor_gets_nothing(client):
    assert sent(client, program="table").status_code == 302
    assert client.get(reverse("bookkeeping")).status_code == 302
