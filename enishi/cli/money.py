"""`enishi doctor --money`, and why a live market starts or does not: everything that must be so
before real money moves. That it was so is recorded, so that a provider which does not answer at a
restart keeps down no market that passed with the same settings."""

import hashlib
from collections.abc import Iterable, Iterator

from enishi.web.health.finding import Finding

from . import money_house, money_provider
from .environment import UsageError
from .output import say

# What may be out of reach for a while, and is no fault of ours.
PASSING = (money_provider.ANSWERS, "mail")
# What a change of makes another market of it: its pass does not count.
PRINTED = ("name", "url", "key", "webhook_secret")


def examine(*, with_ledger: bool = True) -> Iterator[Finding]:
    yield from money_house.findings(with_ledger=with_ledger)
    yield from money_provider.findings()


def passed(findings: Iterable[Finding]) -> bool:
    """Warnings do not count."""
    return all(one.is_well or not one.is_needed for one in findings)


def record(findings: list[Finding]) -> bool:
    """Whether it passed; if so, that is kept."""
    from enishi.kit import clock
    from enishi.payments.commands import examining

    if not passed(findings):
        return False
    warnings = [one.subject for one in findings if not one.is_well]
    examining.passed(_print(), warnings=warnings, at=clock.now())
    return True


def refuse_unless_passed() -> None:
    """Called before a live market starts. A definite fault refuses; what is out of reach does not,
    where this market passed before."""
    from enishi.payments.commands import examining

    has_passed = examining.has_passed(_print())
    found = list(examine(with_ledger=not has_passed))
    faults = [one for one in found if one.is_needed and not one.is_well]
    if has_passed:
        for one in (one for one in faults if one.subject in PASSING):
            say(f"{one.subject}: {one.says}. It was well when this market passed; it starts.")
        faults = [one for one in faults if one.subject not in PASSING]
    elif not faults:
        record(found)
    if faults:
        lines = [f"{one.subject}: {one.says}. {one.mend}" for one in faults]
        head = "This market may not take real money yet (enishi doctor --money):"
        raise UsageError("\n".join([head, *lines]))


def _print() -> str:
    """A fingerprint of what the provider knows us by. Secrets cannot be read from it."""
    from django.conf import settings

    there = settings.PAYMENT_PROVIDER
    known = [settings.URL, *(str(there[name]) for name in PRINTED)]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()
