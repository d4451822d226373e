"""Our ledger against the provider's books, line by line. Pure.

Twelve kinds of difference: a movement is missing there, or there and not booked here, or about
something that had ended here, or of unknown origin; amount, currency, fee, date, account or mode
differ; it was made twice; or the balance is not what all of this explains (M9).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from enishi.payments.provider import Movement

KINDS = (
    *("missing", "unbooked", "ended", "unknown", "amount", "currency", "fee", "date"),
    *("duplicate", "account", "mode", "balance"),
)
DAYS_APART = timedelta(days=3)
BOOKABLE = (
    *("payment", "refund", "refund_back", "transfer", "transfer_back"),
    *("chargeback", "chargeback_back", "beside"),
)
BESIDE = "beside"  # a sum of many days, so it has no date

Key = tuple[str, str]  # kind of movement, and our reference


@dataclass(frozen=True, slots=True)
class Booked:
    """A line of our ledger about the provider. `amount` is what it adds to our balance there."""

    kind: str
    reference: str
    amount: int
    at: datetime
    account: str = ""  # to whom a transfer should go, as the provider names them
    people: tuple[int, ...] = ()

    @property
    def key(self) -> Key:
        return self.kind, self.reference


@dataclass(frozen=True, slots=True)
class Known:
    """What we intended and did not book: it may still be on its way, or be over. `amount` is what
    it should bring; None: any sum may come."""

    is_over: bool
    people: tuple[int, ...] = ()
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One difference. `effect` is by how much our balance there differs because of it."""

    kind: str
    movement: str
    reference: str
    source: str
    effect: int
    people: tuple[int, ...]
    ours: Mapping[str, object] = field(default_factory=dict)
    theirs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts as a difference in this market."""

    is_live: bool
    fee_most: int = 0  # hundredths of a percent that the provider may keep of a movement
    with_dates: bool = True  # a demo's clock runs ahead of the provider's


@dataclass(frozen=True, slots=True)
class Outcome:
    found: list[Found]
    compared: int
    on_its_way: int  # yen there that we know of and have not booked yet


def compare(
    booked: Iterable[Booked],
    movements: Iterable[Movement],
    known: Callable[[Key], Known | None],
    terms: Terms,
) -> Outcome:
    """`known` tells of what was intended here under a key that is not booked."""
    theirs: dict[Key, list[Movement]] = {}
    found: list[Found] = []
    for movement in movements:
        if movement.reference and movement.kind in BOOKABLE:
            theirs.setdefault((movement.kind, movement.reference), []).append(movement)
        else:
            found.append(_of(movement, "unknown"))
    compared = 0
    for one in booked:
        compared += 1
        lines = theirs.pop(one.key, [])
        if lines:
            found += _differing(one, lines[-1], terms)  # the newest comes first
            found += [_of(again, "duplicate", one.people) for again in lines[:-1]]
        else:
            found.append(_missing(one))
    on_its_way = 0
    for key, lines in theirs.items():
        intended = known(key)
        if intended and not intended.is_over:
            wrong = [one for one in lines if intended.amount not in (None, one.amount)]
            found += [_of(line, "amount", intended.people) for line in wrong]
            on_its_way += sum(line.amount for line in lines if line not in wrong)
            continue
        kind = "ended" if intended else "unbooked" if key[0].startswith("chargeback") else "unknown"
        people = intended.people if intended else ()
        found += [_of(line, kind, people) for line in lines]
    return Outcome(found, compared, on_its_way)


def balance(held: int, booked: int, outcome: Outcome, fees: int) -> Found | None:
    """What the provider holds against everything that should make it up. None: it agrees."""
    explained = booked + outcome.on_its_way - fees + sum(one.effect for one in outcome.found)
    if held == explained:
        return None
    return Found(
        kind="balance",
        movement="",
        reference="",
        source="",
        effect=held - explained,
        people=(),
        ours={"amount": explained},
        theirs={"amount": held},
    )


def _differing(one: Booked, line: Movement, terms: Terms) -> list[Found]:
    checks = {
        "currency": line.currency != "jpy",
        "amount": line.amount != one.amount,
        "fee": line.fee > abs(line.amount) * terms.fee_most // 10_000,
        "account": bool(one.account and line.account) and one.account != line.account,
        "mode": line.is_live != terms.is_live,
        "date": terms.with_dates and one.kind != BESIDE and abs(line.at - one.at) > DAYS_APART,
    }
    moved = line.amount - one.amount
    kinds = [kind for kind, differs in checks.items() if differs]
    return [_of(line, kind, one.people, one, moved if kind == kinds[0] else 0) for kind in kinds]


def _missing(one: Booked) -> Found:
    return Found(
        kind="missing",
        movement=one.kind,
        reference=one.reference,
        source="",
        effect=-one.amount,
        people=one.people,
        ours=_ours(one),
    )


def _of(
    line: Movement,
    kind: str,
    people: tuple[int, ...] = (),
    one: Booked | None = None,
    effect: int | None = None,
) -> Found:
    return Found(
        kind=kind,
        movement=line.kind,
        reference=line.reference,
        source=line.source or line.id,
        effect=line.amount if effect is None else effect,
        people=people,
        ours=_ours(one) if one else {},
        theirs={
            "id": line.id,
            "source": line.source,
            "amount": line.amount,
            "fee": line.fee,
            "currency": line.currency,
            "account": line.account,
            "live": line.is_live,
            "at": line.at.isoformat(),
        },
    )


def _ours(one: Booked) -> dict[str, object]:
    return {"amount": one.amount, "account": one.account, "at": one.at.isoformat()}
