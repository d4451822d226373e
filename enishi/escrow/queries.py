"""What the ledger says, and whether it is sound. Every question is one statement, so it sees one
moment and holds no lock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import F, Sum, Window

from enishi.kit import prepared

from . import policy
from .models import Account, Entry, Line

BALANCE = "select balance from escrow_account where code = %s"


@dataclass(frozen=True, slots=True)
class LineView:
    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class EntryView:
    id: int
    kind: str
    at: datetime
    lines: tuple[LineView, ...]
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Credit:
    """What a person earned with one entry and was not sent yet: `amount` is what is left of it."""

    account_id: int
    purpose_kind: str
    purpose_id: int
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule of the ledger that does not hold."""

    rule: str
    subject: str
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Summary:
    entries: int
    lines: int
    escrow: int
    payable: int
    fee: int
    fee_tax: int
    receivable: int  # zero or negative: what people owe the market
    own: int  # negative: what the market has borne itself
    clearing: Mapping[str, int]  # by provider; negative: what it holds for us


def balance_of(code: str) -> int:
    """An account that was never opened holds nothing."""
    found = prepared.rows(BALANCE, [code])
    return found[0][0] if found else 0


def escrow_of(purpose_kind: str, purpose_id: int) -> int:
    return balance_of(policy.escrow(purpose_kind, purpose_id))


def escrow_of_many(purpose_kind: str, ids: Iterable[int]) -> dict[int, int]:
    """Held for each of many purposes of one kind; those never funded stand at 0."""
    codes = {policy.escrow(purpose_kind, one): one for one in ids}
    found = Account.objects.filter(code__in=codes).values_list("code", "balance")
    return dict.fromkeys(codes.values(), 0) | {codes[code]: held for code, held in found}


def payable_of(account_id: int) -> int:
    return balance_of(policy.payable(account_id))


def owed_by(account_id: int) -> int:
    """Yen that this person owes the market: zero, or what a bank took back and nobody gave."""
    return -balance_of(policy.receivable(account_id))


def payable_accounts() -> list[tuple[int, int]]:
    """(account id, yen) of everyone who is owed something."""
    rows = Account.objects.filter(code__startswith="payable:", balance__gt=0)
    found = rows.order_by("id").values_list("code", "balance")
    return [(int(code.rpartition(":")[2]), held) for code, held in found]


def unpaid(account_ids: Iterable[int]) -> list[Credit]:
    """What makes up the sums that these people are owed, oldest first. What was earned first is
    paid first; what came back from a bank is owed since it was earned."""
    codes = {policy.payable(one): one for one in account_ids}
    earned = Line.objects.filter(account__code__in=codes, account__balance__gt=0, amount__gt=0)
    newest_first = Window(Sum("amount"), partition_by=F("account_id"), order_by=F("id").desc())
    rows = earned.exclude(entry__kind__in=policy.NOT_EARNED).annotate(up_to=newest_first)
    left = rows.filter(up_to__lt=F("account__balance") + F("amount")).order_by("id")
    fields = ("account__code", "account__balance", "up_to", "amount", "at")
    return [
        Credit(codes[code], kind, number, min(amount, balance - (up_to - amount)), at)
        for code, balance, up_to, amount, at, kind, number in left.values_list(
            *fields, "entry__purpose_kind", "entry__purpose_id"
        )
    ]


def cleared(provider: str) -> Iterator[tuple[str, int, datetime]]:
    """(key, yen, time) of every entry that moved money at this provider: what it adds to our
    balance there. Read in pieces, oldest first."""
    lines = Line.objects.filter(account__code__startswith=f"{policy.CLEARING}{provider}:")
    rows = lines.order_by("id").values_list("entry__idem", "amount", "entry__at")
    for idem, amount, at in rows.iterator(chunk_size=2000):
        yield idem, -amount, at


def held_total() -> int:
    """All money in escrow."""
    rows = Account.objects.filter(code__startswith="escrow:")
    return rows.aggregate(total=Sum("balance"))["total"] or 0


def entries_for(purpose_kind: str, purpose_id: int) -> list[EntryView]:
    """The history of one purpose's money, oldest first."""
    entries = Entry.objects.filter(purpose_kind=purpose_kind, purpose_id=purpose_id)
    lines: dict[int, list[LineView]] = {}
    rows = Line.objects.filter(entry__in=entries).order_by("id")
    for entry_id, code, amount in rows.values_list("entry_id", "account__code", "amount"):
        lines.setdefault(entry_id, []).append(LineView(code, amount))
    return [
        EntryView(pk, kind, at, tuple(lines[pk]), facts)
        for pk, kind, at, facts in entries.order_by("id").values_list("id", "kind", "at", "facts")
    ]


# Each gives rows (subject, expected, found) for what is wrong, and none when the ledger is sound.
RULES = {
    "the ledger sums to zero": """
        select 'all lines', 0, sum(amount) from escrow_line having sum(amount) <> 0""",
    "an entry balances": """
        select 'entry ' || e.id, 0, coalesce(sum(l.amount), 0)
          from escrow_entry e left join escrow_line l on l.entry_id = e.id
         group by e.id having coalesce(sum(l.amount), 0) <> 0""",
    "an entry has two lines or more": """
        select 'entry ' || e.id, 2, count(l.id)
          from escrow_entry e left join escrow_line l on l.entry_id = e.id
         group by e.id having count(l.id) < 2""",
    "what was credited is the sum of such lines": """
        select a.code, coalesce(sum(greatest(l.amount, 0)), 0), a.credited
          from escrow_account a left join escrow_line l on l.account_id = a.id
         group by a.id having a.credited <> coalesce(sum(greatest(l.amount, 0)), 0)""",
    "a balance is the sum of its lines": """
        select a.code, coalesce(sum(l.amount), 0), a.balance
          from escrow_account a left join escrow_line l on l.account_id = a.id
         group by a.id having a.balance <> coalesce(sum(l.amount), 0)""",
    "a line says the balance after it": """
        select 'line ' || id, should, after
          from (select id, after, sum(amount) over (partition by account_id order by id) as should
                  from escrow_line) line
         where after <> should""",
    "a line says what was credited until then": """
        select 'line ' || id, should, credited
          from (select id, credited,
                       sum(greatest(amount, 0)) over (partition by account_id order by id) as should
                  from escrow_line) line
         where credited <> should""",
    "a line says the time of its entry": """
        select 'line ' || l.id, 0, 1
          from escrow_line l join escrow_entry e on e.id = l.entry_id where l.at <> e.at""",
    "a balance stays above its floor": """
        select code, floor, balance from escrow_account where balance < floor""",
    "what is owed is never overpaid": """
        select code, ceiling, balance from escrow_account where balance > ceiling""",
    "only the provider's mirror and the market's own money are unbounded": """
        select code, 0, balance from escrow_account
         where floor is null and ceiling is null
           and code not like 'clearing:%' and code not like 'own:%'""",
}


def size() -> dict[str, int]:
    """How much there is to check: accounts, entries, lines."""
    return {
        "accounts": Account.objects.count(),
        "entries": Entry.objects.count(),
        "lines": Line.objects.count(),
    }


def verify() -> list[Fault]:
    """Check the whole ledger. An empty list: it is sound."""
    faults: list[Fault] = []
    with connection.cursor() as cursor:
        for rule, statement in RULES.items():
            cursor.execute(statement)
            faults += [
                Fault(rule, str(subject), int(expected), int(found))
                for subject, expected, found in cursor.fetchall()
            ]
    return faults


# There is an account for each purpose that was ever paid for: they are summed where they lie.
SUMS = """
    select kind, case when kind = 'clearing' then split_part(code, ':', 2) else '' end, sum(balance)
      from (select split_part(code, ':', 1) as kind, code, balance from escrow_account) account
     group by 1, 2 order by 1, 2"""


def summary() -> Summary:
    """Where all the money stands, and how much was written."""
    totals: dict[str, int] = {}
    clearing: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        for kind, provider, balance in cursor.fetchall():
            totals[kind] = totals.get(kind, 0) + int(balance)
            if kind == "clearing":
                clearing[provider] = int(balance)
    return Summary(
        entries=Entry.objects.count(),
        lines=Line.objects.count(),
        escrow=totals.get("escrow", 0),
        payable=totals.get("payable", 0),
        fee=totals.get("fee", 0),
        fee_tax=totals.get("fee-tax", 0),
        receivable=totals.get("receivable", 0),
        own=totals.get("own", 0),
        clearing=clearing,
    )
