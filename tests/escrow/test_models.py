"""The database itself keeps the ledger true, whoever writes and however (M2, M3)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from enishi.escrow import commands, queries
from enishi.escrow.models import Account, Entry, Line

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return commands.fund("milestone", 1, 500, provider="sandbox", at=NOON, idem="fund-1")


def fresh_entry() -> Entry:
    return Entry.objects.create(
        kind="fund", idem="raw", at=NOON, purpose_kind="milestone", purpose_id=1
    )


def line(entry: Entry, account: Account, amount: int) -> Line:
    """A line that says what is true."""
    after = account.balance + amount
    return Line(entry=entry, account=account, amount=amount, at=NOON, after=after)


def lines(entry: Entry, *amounts: int) -> list[Line]:
    accounts = Account.objects.order_by("id")
    return [line(entry, *one) for one in zip(accounts, amounts, strict=True)]


def commit():
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def test_an_entry_that_does_not_balance_is_refused(entry):
    with pytest.raises(IntegrityError, match="sum to zero"), transaction.atomic():
        Line.objects.bulk_create(lines(fresh_entry(), 100, -99))
    assert queries.escrow_of("milestone", 1) == 500


def test_lines_that_come_one_by_one_are_refused(entry):
    with pytest.raises(IntegrityError, match="sum to zero"), transaction.atomic():
        lines(fresh_entry(), 100, -100)[0].save()


def test_an_entry_without_lines_is_refused_at_commit():
    fresh_entry()

    with pytest.raises(IntegrityError, match="does not balance"):
        commit()


def test_nothing_is_added_to_an_entry_that_stands(entry):
    Account.objects.create(code="payable:1", floor=0)
    Account.objects.create(code="payable:2", floor=0)
    extra = [
        line(entry, account, amount)
        for account, amount in zip(
            Account.objects.filter(code__startswith="payable:").order_by("id"), (5, -5), strict=True
        )
    ]

    with pytest.raises(IntegrityError, match="come at once"), transaction.atomic():
        Line.objects.bulk_create(extra)


def test_a_floor_holds_even_when_the_program_forgets_it(entry):
    """The commands ask first; this is the second belt."""
    account = Account.objects.get(code="escrow:milestone:1")
    clearing = Account.objects.get(code="clearing:sandbox:1")
    raw = fresh_entry()
    fall = [line(raw, one, n) for one, n in ((account, -501), (clearing, 501))]

    with pytest.raises(IntegrityError, match="account_above_its_floor"):
        Line.objects.bulk_create(fall)


@pytest.mark.parametrize("lie", [{"after": 601}, {"at": NOON + timedelta(seconds=1)}])
def test_a_line_says_the_time_of_its_entry_and_the_balance_after_it(entry, lie):
    with pytest.raises(IntegrityError, match="the balance after it"), transaction.atomic():
        told = lines(fresh_entry(), 100, -100)
        for name, value in lie.items():
            setattr(told[0], name, value)
        Line.objects.bulk_create(told)


@pytest.mark.parametrize("table", ["escrow_entry", "escrow_line"])
@pytest.mark.parametrize("verb", ["update {} set id = id", "delete from {}", "truncate {} cascade"])
def test_the_ledger_is_append_only(entry, table, verb):
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(verb.format(table))
    assert Line.objects.count() == 2


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda: Line.objects.update(amount=F("amount") * 2),
        lambda: Line.objects.all().delete(),
        lambda: Entry.objects.update(kind="refund"),
        lambda: Line.objects.bulk_update([*Line.objects.filter(amount__lt=0)], ["amount"]),
        lambda: Line.objects.get(amount=500).save(),
        lambda: Account.objects.update(balance=F("balance") + 1),
        lambda: Account.objects.update(floor=None),
        lambda: Account.objects.filter(code="escrow:milestone:1").update(code="escrow:milestone:2"),
        lambda: Account.objects.create(code="payable:9", floor=0, balance=1_000_000),
        lambda: Account.objects.create(code="payable:9", floor=None),
        lambda: Account.objects.create(code="payable:9", floor=-1),
    ],
)
def test_no_way_around_the_lines_changes_a_balance(entry, rewrite):
    with pytest.raises(DatabaseError), transaction.atomic():
        rewrite()
    assert queries.verify() == []


def test_kinds_are_known_and_lines_move_something(entry):
    with pytest.raises(IntegrityError, match="entry_kind_known"), transaction.atomic():
        Entry.objects.create(kind="gift", idem="g", at=NOON, purpose_kind="m", purpose_id=1)
    with pytest.raises(IntegrityError, match="line_moves_something"), transaction.atomic():
        Line.objects.bulk_create(lines(fresh_entry(), 0, 0))
