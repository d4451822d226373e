"""What a post must say before it opens, and what an edit changed. Pure."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal

from enishi.kit.money import line_sum
from enishi.kit.rules import Rules

PRICINGS = ("fixed", "per_unit")
RIGHTS = ("transfer", "licence")
CONFIDENTIALITY = ("none", "work", "strict")
AI_USE = ("free", "ask", "forbidden")
AUDIENCES = ("everyone",)
SORTS = ("newest", "deadline", "price")
MILESTONES_MOST = 20
QUESTIONS_MOST = 10
UNSAID = ("address", "attachments")
# Where a fault of the price is shown: the box of its lowest and of its highest amount.
PRICE_BOXES = {
    "fixed": ("budget_min", "budget_max"),
    "per_unit": ("unit_price", "unit_price"),
    "milestones": ("milestones", "milestones"),
}


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """One step of the work: its price in whole yen and the day it is to be delivered."""

    title: str
    amount: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Terms:
    """All that a post states (JO4, JO5). Money is whole yen and includes consumption tax."""

    title: str = ""
    subcategory: str = ""
    description: str = ""
    deliverables: str = ""
    acceptance: str = ""
    pricing: str = "fixed"
    budget_min: int = 0
    budget_max: int = 0
    unit: str = ""
    unit_price: Decimal | None = None
    quantity: int | None = None
    milestones: tuple[PlannedMilestone, ...] = ()
    expected_hours: Decimal | None = None
    headcount: int = 1
    apply_by: date | None = None
    delivery_on: date | None = None
    questions: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    place: str = ""
    address: str = ""
    rights: str = "transfer"
    rights_note: str = ""
    confidentiality: str = "work"
    confidentiality_note: str = ""
    ai_use: str = "ask"
    ai_use_note: str = ""
    audience: str = "everyone"
    continuing: bool = False
    revision_rounds: int = 2
    stop_after: int | None = None
    stop_at_good: int | None = None


def priced(terms: Terms) -> tuple[int, int]:
    """The whole price of one contract, lowest and highest, in yen. A plan names it itself."""
    if terms.pricing == "per_unit":
        total = line_sum(terms.unit_price or Decimal(0), terms.quantity or 0)
        return total, total
    if terms.milestones:
        total = sum(milestone.amount for milestone in terms.milestones)
        return total, total
    return terms.budget_min or terms.budget_max, terms.budget_max or terms.budget_min


def missing(terms: Terms) -> list[str]:
    """The names of required items that are empty (JO4, JO5)."""
    needed = ["title", "subcategory", "description", "deliverables", "acceptance"]
    needed += ["expected_hours", "apply_by", "delivery_on", "place", "address"]
    if terms.pricing == "per_unit":
        needed += ["unit", "unit_price", "quantity"]
    return [name for name in needed if not getattr(terms, name)]


def faults(terms: Terms, *, today: date, rules: Rules) -> dict[str, str]:
    """Field → fault code for everything that keeps a post from opening. Empty: it may open."""
    found = _price_faults(terms, rules) | dict.fromkeys(missing(terms), "job.missing")
    if terms.apply_by and terms.apply_by < today:
        found["apply_by"] = "job.deadline_past"
    if terms.apply_by and terms.delivery_on and terms.delivery_on < terms.apply_by:
        found["delivery_on"] = "job.delivery_before_deadline"
    if not 1 <= terms.headcount <= rules.headcount_most:
        found["headcount"] = "job.headcount_out_of_range"
    if len(terms.questions) > QUESTIONS_MOST:
        found["questions"] = "job.too_many_questions"
    elif len(set(terms.questions)) < len(terms.questions):
        found["questions"] = "job.question_twice"
    for name in ("stop_after", "stop_at_good"):
        limit = getattr(terms, name)
        if limit is not None and limit < 1:
            found[name] = "job.limit_too_low"
    if code := _plan_fault(terms, rules):
        found["milestones"] = code
    return found


def _price_faults(terms: Terms, rules: Rules) -> dict[str, str]:
    lowest, highest = priced(terms)
    low, high = PRICE_BOXES["milestones" if terms.milestones else terms.pricing]
    if not highest and terms.pricing == "fixed":
        return {high: "job.missing"}
    if highest < rules.price_least or lowest < rules.price_least:
        return {high: "job.price_too_low"}
    if highest > rules.price_most:
        return {high: "job.price_too_high"}
    return {low: "job.range_reversed"} if lowest > highest else {}


def _plan_fault(terms: Terms, rules: Rules) -> str:
    """What is wrong with the milestones: too many, too small, out of step with the rest."""
    plan = terms.milestones
    if not plan:
        return ""
    if len(plan) > MILESTONES_MOST:
        return "job.too_many_milestones"
    if any(milestone.amount < rules.price_least for milestone in plan):
        return "job.price_too_low"
    if sum(milestone.amount for milestone in plan) > rules.price_most:
        return "job.price_too_high"
    days = [milestone.due_on for milestone in plan]
    if days != sorted(days):
        return "job.milestones_out_of_order"
    if terms.apply_by and days[0] < terms.apply_by:
        return "job.milestones_out_of_order"
    if terms.delivery_on and days[-1] > terms.delivery_on:
        return "job.milestones_out_of_order"
    if terms.pricing == "per_unit" and sum(m.amount for m in plan) != priced(terms)[1]:
        return "job.milestones_do_not_add_up"
    return ""


def difference(old: Terms, new: Terms) -> list[str]:
    """The names of the items an edit changed (JO6), in the order of the form."""
    return [f.name for f in fields(Terms) if getattr(old, f.name) != getattr(new, f.name)]


def said(terms: Terms, names: Iterable[str]) -> dict[str, object]:
    """What a post said in these items, as plain JSON values. The address is left out: who reads
    the difference has perhaps never asked to see it (JO5)."""
    return {name: _plain(getattr(terms, name)) for name in names if name not in UNSAID}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, PlannedMilestone):
        return {name: _plain(part) for name, part in asdict(value).items()}
    if isinstance(value, Decimal | date):
        return str(value)
    return value


def rescheduled(terms: Terms, *, apply_by: date, delivery_on: date) -> Terms:
    """The same post with new days: the plan moves along with the delivery date."""
    moved = delivery_on - (terms.delivery_on or delivery_on)
    plan = tuple(replace(m, due_on=m.due_on + moved) for m in terms.milestones)
    return replace(terms, apply_by=apply_by, delivery_on=delivery_on, milestones=plan)
