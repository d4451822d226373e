"""What a price means for the worker, taken apart before anything is agreed (CO8–CO10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from enishi.accounts.models import Account
from enishi.contracts import pay, queries, withholding
from enishi.jobs.catalogue import read as catalogue
from enishi.jobs.models import Job
from enishi.kit.rules import Rules
from enishi.profiles import queries as profiles
from enishi.web.fields import YenField
from enishi.web.formats import yen
from enishi.web.jinja import language
from enishi.web.legal.figures import percent

Row = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Breakdown:
    rows: list[Row]
    net: int


def breakdown(job: Job, worker: Account, amount: int | None, *, at: datetime) -> Breakdown | None:
    """None as long as there is no price within the limits."""
    rules = queries.rules_between(job.client_id, worker.pk, at=at)
    if amount is None or not rules.price_least <= amount <= rules.price_most:
        return None
    payer, payee = profiles.payer_kind(job.client_id), profiles.payee_kind(worker.pk)
    part = taken_apart(job, amount, rules=rules, payer_kind=payer, payee_kind=payee)
    tax = _("of which consumption tax %(tax)s") % {"tax": yen(part.tax, language())}
    rows: list[Row] = [
        (_("Your price"), part.amount, tax),
        (_("System fee"), -part.fee, fee_note(rules)),
        (_("Consumption tax on the fee"), -part.fee_tax, ""),
    ]
    if part.withheld:
        note = _("The client pays this income tax for you; it counts in your tax return.")
        rows.append((_("Income tax withheld"), -part.withheld, note))
    return Breakdown(rows, part.net)


def taken_apart(
    job: Job, amount: int, *, rules: Rules, payer_kind: str, payee_kind: str
) -> pay.Pay:
    """One price in yen between two sides of these kinds, paid at once."""
    known = catalogue.category_of(job.subcategory)
    decision = withholding.decide(
        catalogue.withholding_kind(job.subcategory) if known else "",
        payer_kind=payer_kind,
        payee_kind=payee_kind,
    )
    return pay.pay(amount, paid_before=0, withheld=decision.is_withheld, rules=rules)


def fee_note(rules: Rules) -> str:
    """20% up to 100,000 yen, 10% up to 200,000 yen, 5% above."""
    steps, up_to = [], 0
    for width, rate in rules.fee_tiers:
        up_to += width
        facts = {"rate": percent(rate), "amount": yen(up_to, language())}
        steps.append(_("%(rate)s up to %(amount)s") % facts)
    steps.append(_("%(rate)s above") % {"rate": percent(rules.fee_above_tiers)})
    return ("、" if language() == "ja" else ", ").join(steps)


def typed(given: Mapping[str, str]) -> int | None:
    """The amount in an address or a form that may be wrong elsewhere."""
    field = YenField(required=False)
    try:
        return field.clean(given.get("amount", ""))
    except ValidationError:
        return None
