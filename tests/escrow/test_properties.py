"""After any sequence of commands the sum is zero, floors hold, a plain model agrees (M1, M3)."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enishi.escrow import commands, queries
from enishi.escrow.models import Account, Entry, Line
from enishi.kit.errors import Refused

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
WITH_DATABASE = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# kind -> (command, the account at the other end of what is owed, its sign in the entry)
OWING = {
    "chargeback": ("charge_back", "clearing:sandbox:{}", 1),
    "chargeback_won": ("chargeback_won", "clearing:sandbox:{}", -1),
    "recovery": ("recover", "escrow:milestone:{}", -1),
    "write_off": ("write_off", "own:{}", -1),
}
BACK = ("fund", "refund_failed", "payout_failed")
SHARED_OUT = ("release", "split")
yen = st.integers(-2, 40)
purpose = st.integers(1, 3)
worker = st.integers(1, 2)
key = st.integers(1, 12)
acts = st.one_of(
    st.tuples(st.sampled_from(["fund", "refund", "refund_failed"]), key, purpose, yen),
    st.tuples(st.sampled_from(["pay_out", "payout_failed"]), key, worker, yen),
    st.tuples(st.sampled_from(["release", "split"]), key, purpose, worker, yen, yen, yen),
    st.tuples(st.sampled_from(list(OWING)), key, purpose, worker, yen),
)


class Model:
    """Twenty lines of dictionary that say what the ledger must do."""

    def __init__(self):
        self.balances, self.known = Counter(), {}

    def outcome(self, act) -> str:
        kind, key, *rest = act
        lines = self.lines(kind, rest)
        given = rest[2:] if kind in (*SHARED_OUT, *OWING) else rest[1:]
        if min(given) < 0 or sum(given) == 0:
            return "escrow.amount_out_of_range"
        if key in self.known:
            return "again" if self.known[key] == (kind, rest[0], lines) else "escrow.key_reused"
        for code, change in lines.items():
            after = self.balances[code] + change
            if code.startswith("receivable") and after > 0:
                return "escrow.more_than_owed"
            if code.startswith(("escrow", "payable", "fee")) and after < 0:
                return "escrow.not_enough"
        for code, change in lines.items():
            self.balances[code] += change
        self.known[key] = (kind, rest[0], lines)
        return "moved"

    def lines(self, kind, rest) -> dict[str, int]:
        if kind in OWING:
            about, payer, amount = rest
            _, other, sign = OWING[kind]
            return {other.format(about): sign * amount, f"receivable:{payer}": -sign * amount}
        if kind in SHARED_OUT:
            about, to, net, fee, fee_tax = rest
            shares = {f"payable:{to}": net, f"fee:{about}": fee, f"fee-tax:{about}": fee_tax}
            shares = {code: amount for code, amount in shares.items() if amount}
            return {f"escrow:milestone:{about}": -sum(shares.values())} | shares
        about, amount = rest
        place = f"payable:{about}" if kind.startswith("pay") else f"escrow:milestone:{about}"
        sign = 1 if kind in BACK else -1
        return {place: sign * amount, f"clearing:sandbox:{about}": -sign * amount}


def perform(act) -> str:
    kind, key, *rest = act
    before = Entry.objects.count()
    try:
        with transaction.atomic():
            if kind in OWING:
                about, payer, amount = rest
                name, other, _ = OWING[kind]
                more = {"provider": "sandbox"} if other.startswith("clearing") else {}
                command = getattr(commands, name)
                command("milestone", about, amount, payer=payer, **more, at=NOON, idem=str(key))
            elif kind in SHARED_OUT:
                about, to, net, fee, fee_tax = rest
                getattr(commands, kind)(
                    "milestone",
                    about,
                    to=to,
                    net=net,
                    fee=fee,
                    fee_tax=fee_tax,
                    at=NOON,
                    idem=str(key),
                )
            else:
                about = rest if kind.startswith("pay") else ["milestone", *rest]
                command = getattr(commands, kind)
                command(*about, provider="sandbox", at=NOON, idem=str(key))
    except Refused as refused:
        return refused.code
    return "moved" if Entry.objects.count() > before else "again"


@WITH_DATABASE
@given(st.lists(acts, max_size=25))
def test_any_sequence_of_commands_agrees_with_the_model(db, sequence):
    with transaction.atomic():
        model = Model()
        for act in sequence:
            assert perform(act) == model.outcome(act)

        balances = dict(Account.objects.exclude(balance=0).values_list("code", "balance"))
        assert balances == {code: n for code, n in model.balances.items() if n}
        assert sum(balances.values()) == 0
        assert queries.verify() == []
        transaction.set_rollback(True)


postings = st.lists(st.tuples(st.integers(0, 3), st.integers(-3, 3)), max_size=5)


def balanced(raw):
    """The same set with one more posting that makes it sum to zero, so that both sides come up."""
    raw = raw[:3]
    return [*raw, (len(raw), -sum(amount for _, amount in raw))]


@WITH_DATABASE
@given(postings | postings.map(balanced))
def test_database_and_arithmetic_agree_on_what_balances(db, raw):
    """M3: random posting sets, refused exactly when Python says so."""
    places = [place for place, _ in raw]
    balances = (
        len(raw) >= 2
        and sum(amount for _, amount in raw) == 0
        and all(amount for _, amount in raw)
        and len(set(places)) == len(places)
    )
    with transaction.atomic():
        accounts = [Account.objects.create(code=f"clearing:test:{n}") for n in range(4)]
        try:
            with transaction.atomic():
                entry = Entry.objects.create(
                    kind="fund", idem="raw", at=NOON, purpose_kind="test", purpose_id=1
                )
                Line.objects.bulk_create(
                    Line(
                        entry=entry,
                        account=accounts[place],
                        amount=amount,
                        at=NOON,
                        after=amount,
                        credited=max(amount, 0),
                    )
                    for place, amount in raw
                )
                with connection.cursor() as cursor:
                    cursor.execute("set constraints all immediate")
                    # PostgreSQL keeps the mode when this savepoint is released.
                    cursor.execute("set constraints all deferred")
            taken = True
        except IntegrityError:
            taken = False
        finally:
            transaction.set_rollback(True)
    assert taken == balances


@pytest.mark.parametrize("amount", [1, 2**31, 10**12])
def test_sums_stay_exact_at_the_edges(db, amount):
    """M12"""
    commands.fund("milestone", 1, amount, provider="sandbox", at=NOON, idem="edge")

    assert queries.escrow_of("milestone", 1) == amount
