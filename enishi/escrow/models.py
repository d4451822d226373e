"""The double-entry ledger: accounts, entries, lines. Entries are never edited, only followed."""

from django.db import models
from django.db.models import F, Q

from enishi.kit.constraints import AppendOnly, yen_in_range

from .constraints import BalanceFollowsLines, EntryIsWhole, LinesMoveBalances, WritesEntries
from .policy import CLEARING, KINDS, OWN, RECEIVABLE


class Account(models.Model):
    """A place where money stands. The balance is the sum of its lines, and `credited` the sum of
    those that added to it; the database keeps both."""

    code = models.CharField(max_length=60, unique=True)
    balance = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(null=True)
    ceiling = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_above_its_floor",
                condition=Q(floor=None) | Q(balance__gte=F("floor")),
            ),
            models.CheckConstraint(
                name="account_below_its_ceiling",
                condition=Q(ceiling=None) | Q(balance__lte=F("ceiling")),
            ),
            models.CheckConstraint(
                name="account_bounds_by_its_kind",
                # Both are asked for null outright: a check that comes out unknown would pass.
                condition=Q(floor__isnull=False, floor=0, ceiling=None)
                | Q(floor=None, ceiling=None, code__startswith=CLEARING)
                | Q(floor=None, ceiling=None, code__startswith=OWN)
                | Q(floor=None, ceiling__isnull=False, ceiling=0, code__startswith=RECEIVABLE),
            ),
            BalanceFollowsLines(
                name="account_balance_follows_lines",
                fixed=["code", "floor", "ceiling"],
                sums=["balance", "credited"],
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """One movement of money. `idem` makes sure that a repeated command moves nothing twice."""

    kind = models.CharField(max_length=16)
    idem = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
    purpose_kind = models.CharField(max_length=24)
    purpose_id = models.BigIntegerField()
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["purpose_kind", "purpose_id", "id"], name="entry_by_purpose"),
        ]
        constraints = [
            models.CheckConstraint(name="entry_kind_known", condition=Q(kind__in=KINDS)),
            EntryIsWhole(name="entry_is_whole"),
            WritesEntries(name="escrow_post"),
            AppendOnly(name="entry_append_only"),
        ]


class Line(models.Model):
    """What one entry adds to one account; negative: takes from it. `at` is the entry's; `after` and
    `credited` are those of the account with this line: what came between two lines is what they say
    differently, and a statement sums nothing up."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines", db_index=False)
    amount = models.BigIntegerField()
    at = models.DateTimeField()
    after = models.BigIntegerField()
    credited = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "id"], name="line_by_account"),
            models.Index(fields=["account", "at", "id"], name="line_by_time"),
        ]
        constraints = [
            yen_in_range("line_yen_in_range", "amount", signed=True),
            models.CheckConstraint(name="line_moves_something", condition=~Q(amount=0)),
            models.UniqueConstraint(fields=["entry", "account"], name="line_once_per_account"),
            LinesMoveBalances(name="line_moves_balances", says=["at", "after", "credited"]),
            AppendOnly(name="line_append_only"),
        ]
