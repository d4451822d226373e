"""Statements: by month, as worker and as client, from the ledger's own lines (CO8, CO11, I9)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from enishi.contracts import statements
from enishi.contracts.commands import settling
from enishi.escrow import commands as escrow
from enishi.escrow import policy
from enishi.escrow import statements as ledger
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PATH = "/statements/"


def text(answer):
    return answer.content.decode()


def earn(worker_id, amount, at, number):
    """Something accepted at that time, and nothing else of a deal."""
    escrow.fund("test", number, amount, provider="sandbox", at=at, idem=f"fund-{number}")
    shares = {"net": amount, "fee": 0, "fee_tax": 0}
    escrow.release("test", number, to=worker_id, **shares, at=at, idem=f"release-{number}")


def test_months_are_told_by_what_their_first_and_last_lines_say(db):
    for number, days in enumerate((-95, -40, -2), start=1):
        earn(7, 1_000 * number, NOON + timedelta(days=days), number)
    escrow.pay_out(7, 2_500, provider="sandbox", at=NOON - timedelta(days=1), idem="payout-1")
    earn(7, 4_000, NOON, 4)

    months = statements.months_up_to(NOON.date(), 4)
    found = statements.earned(7, months)

    assert [(one.opening, one.credited, one.debited, one.closing) for one in found] == [
        (1_000, 0, 0, 1_000),
        (1_000, 2_000, 0, 3_000),
        (3_000, 3_000, 2_500, 3_500),
        (3_500, 4_000, 0, 7_500),
    ]
    assert ledger.sums(policy.payable(8), [NOON, NOON]) == [ledger.Sums(0, 0, 0, 0)]


def test_a_month_begins_and_ends_in_tokyo(db):
    midnight = datetime(2026, 3, 31, 15, tzinfo=UTC)
    earn(7, 10, midnight - timedelta(microseconds=1), 1)
    earn(7, 20, midnight, 2)

    march, april = statements.earned(7, statements.months_up_to(NOON.date(), 2))

    assert (march.credited, april.credited) == (10, 20)


def test_a_worker_reads_what_came_and_went(client):
    made = make.contract("completed", price=11_000)
    escrow.pay_out(made.worker_id, 8_000, provider="sandbox", at=NOON, idem="payout-1")
    client.force_login(made.worker)

    page = text(client.get(PATH))

    assert reverse("contract", args=[made.pk]) in page
    for figure in ("8,580", "8,000", "580"):
        assert figure in page
    assert PATH in text(client.get("/desk/"))


def test_a_client_reads_what_was_paid_in_returned_and_accepted(client):
    milestone = make.milestone(make.contract("delivered", price=22_000))
    settling.split(milestone.pk, 11_000, by=make.nao(), at=NOON, reason="Half of it.")
    client.force_login(milestone.contract.client)

    page = text(client.get(PATH, {"side": "client"}))

    assert page.count("22,000") >= 1
    assert page.count("11,000") >= 3  # returned: sum and line; accepted: the part


def test_nobody_reads_anybody_elses(client):
    made = make.contract("completed", price=11_000)
    client.force_login(make.sora())

    for side in ("worker", "client"):
        page = text(client.get(PATH, {"side": side}))
        assert made.title not in page
        assert "8,580" not in page


@pytest.mark.parametrize("month", ["", "2026-13", "２０２６-０４", "x", "2099-01", "2026-04-01"])
def test_what_is_no_month_means_this_one(client, month):
    client.force_login(make.ren())

    answer = client.get(PATH, {"month": month, "side": "nobody", "before": "-"})

    assert answer.status_code == 200
    assert "Apr 2026" in text(answer)


def test_the_file_holds_the_same_lines_and_no_formula(client):
    made = make.contract("completed", price=11_000, title="=1+1")
    client.force_login(made.worker)

    answer = client.get("/statements/month.csv", {"month": "2026-04"})
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert lines[1].endswith(",8580,8580")
    assert ",'=1+1," in lines[1]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_long_month_has_pages_and_always_as_many_queries(client, django_assert_max_num_queries):
    ren = make.ren()
    for number in range(1, 61):
        earn(ren.pk, 1_000 + number, NOON, number)
    client.force_login(ren)
    client.get(PATH)

    with django_assert_max_num_queries(15):
        first = text(client.get(PATH))
    older = first.split("before=")[1].split('"')[0]
    second = text(client.get(PATH, {"before": older}))

    assert ("1,060" in first, "1,001" in first) == (True, False)
    assert ("1,060" in second, "1,001" in second) == (False, True)
