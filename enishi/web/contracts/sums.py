"""The fee table: what each side pays and receives (CO8–CO10)."""

from django.utils.translation import gettext as _

from enishi.contracts.pay import Pay
from enishi.kit.rules import Rules
from enishi.web import formats
from enishi.web.jinja import language

Rows = list[tuple[str, int, str]]


def sums(part: Pay, side: str, rules: Rules) -> Rows:
    """The rows of the table, as this side reads them."""
    rows: Rows = [(_("Contract amount"), part.amount, _tax(part))]
    if part.withheld:
        rows.append((_("Withheld income tax"), -part.withheld, _withholding(part, rules)))
    if side == "worker":
        rows.append((_("System fee"), -part.fee, _tiers(rules)))
        share = formats.percent(rules.consumption_tax / 10_000)
        note = _("%(share)s of the fee") % {"share": share}
        rows.append((_("Consumption tax on the fee"), -part.fee_tax, note))
    return rows


def total_of(part: Pay, side: str) -> tuple[str, int]:
    if side == "worker":
        return (_("You receive"), part.net)
    return (_("You pay into escrow"), part.funded)


def _tax(part: Pay) -> str:
    return _("of which consumption tax %(tax)s") % {"tax": formats.yen(part.tax, language())}


def _withholding(part: Pay, rules: Rules) -> str:
    rate, above = (
        f"{one / 100:.2f}%" for one in (rules.withholding_rate, rules.withholding_rate_above)
    )
    base = formats.yen(part.base, language())
    facts = {"rate": rate, "above": above, "base": base}
    facts["limit"] = formats.yen(rules.withholding_limit, language())
    if part.base > rules.withholding_limit:
        return _("%(rate)s of %(base)s without tax, %(above)s of what exceeds %(limit)s") % facts
    return _("%(rate)s of %(base)s without tax") % facts


def _tiers(rules: Rules) -> str:
    """The tiers in one line, e.g. 20% up to 100,000 yen, 10% up to 200,000, then 5%."""
    said, reached = [], 0
    for width, rate in rules.fee_tiers:
        reached += width
        facts = {
            "share": formats.percent(rate / 10_000),
            "limit": formats.yen(reached, language()),
        }
        said.append(_("%(share)s up to %(limit)s") % facts)
    last = formats.percent(rules.fee_above_tiers / 10_000)
    said.append(_("then %(share)s") % {"share": last})
    if rules.rates.fee_counts_from:
        before = formats.yen(rules.rates.fee_counts_from, language())
        said.append(_("after the %(amount)s paid before") % {"amount": before})
    return ("、" if language() == "ja" else ", ").join(said)
