"""What an offer must hold and how it differs from its post (CO1, CO2). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from enishi.jobs.policy import PlannedMilestone
from enishi.kit.rules import Rules

CHANGE_REASONS = ("illness", "urgent", "client_wish", "other")


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """What the client offers. Money is whole yen, tax included; days are Tokyo days."""

    title: str
    content: str
    deliverable: str
    acceptance: str
    place: str
    milestones: tuple[PlannedMilestone, ...]
    inspection_days: int
    revision_rounds: int
    rights: str = "transfer"
    rights_note: str = ""
    confidentiality: str = "work"
    confidentiality_note: str = ""
    ai_use: str = "ask"
    ai_use_note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item in which the offer is not what the post said (CO2)."""

    item: str
    posted: str
    offered: str


def differences(posted: Mapping[str, object], offered: Mapping[str, object]) -> list[Difference]:
    """Compared item by item, in the order of the offer. Values are words as they will be shown."""
    return [
        Difference(item, str(posted[item]), str(value))
        for item, value in offered.items()
        if item in posted and _plain(posted[item]) != _plain(value)
    ]


def _plain(value: object) -> str:
    """A browser sends every line break as two characters: that alone is no difference."""
    return str(value).replace("\r\n", "\n").strip()


def faults(terms: OfferTerms, *, today: date, rules: Rules) -> dict[str, str]:
    """Field → fault code for everything that keeps an offer from being made (CO1)."""
    needed = ("title", "content", "deliverable", "acceptance", "place")
    found = {name: "contract.missing" for name in needed if not getattr(terms, name).strip()}
    if not terms.milestones:
        found["milestones"] = "contract.missing"
    days = [milestone.due_on for milestone in terms.milestones]
    if days != sorted(days) or any(day < today for day in days):
        found["milestones"] = "contract.days_out_of_order"
    lowest, highest = rules.price_least, rules.price_most
    if any(not lowest <= milestone.amount <= highest for milestone in terms.milestones):
        found["milestones"] = "contract.amount_out_of_range"
    if not 1 <= terms.inspection_days <= rules.inspection_days:
        found["inspection_days"] = "contract.inspection_too_long"
    if terms.revision_rounds < 0:
        found["revision_rounds"] = "contract.missing"
    return found


def unconfirmed(differing: Sequence[Mapping[str, str]], confirmed: set[str]) -> list[str]:
    """The differences the worker has not confirmed yet (CO2)."""
    return [row["item"] for row in differing if row["item"] not in confirmed]


def payment_day(delivered_on: date, *, inspection_days: int, rules: Rules) -> date:
    """The last day on which the worker is paid if the delivery comes on that day (CO8). The law
    counts the day of the delivery as the first."""
    latest = delivered_on + timedelta(days=inspection_days + rules.payout_days)
    return min(latest, delivered_on + timedelta(days=rules.legal_payment_days - 1))


def order_of(last: datetime | None, at: datetime, *, days: int) -> datetime:
    """When the order began to which a contract belongs that is agreed now (RA7): what the same two
    people agree within these days of the first is one order. `last`: their last order so far."""
    return min(last, at) if last is not None and at - last <= timedelta(days=days) else at
