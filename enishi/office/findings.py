"""Groups in the review graph become cases (SA7). Nobody is punished by a program: an operator
confirms with a reason, or dismisses; what was confirmed can be lifted again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.reviews import site, weighing
from enishi.trust import policy, rings
from enishi.trust import queries as trust

from . import clocks
from .lifecycle import FINDING
from .models import Finding


def look(*, at: datetime) -> list[Finding]:
    """Read the graph of the last year, and open a case for each group that was not filed before.
    In a large market that takes minutes, in which no transaction stays open."""
    network = trust.network(since=at - timedelta(days=settings.RULES.finding_days))
    return _file(rings.find(network), at=at)


@transaction.atomic
def _file(found: Iterable[rings.Found], *, at: datetime) -> list[Finding]:
    """Whoever files later finds what a twin has filed."""
    trust.one_at_a_time()
    before = [set(people) for people in Finding.objects.values_list("people", flat=True)]
    new = [one for one in found if not _is_known(set(one.people), before)]
    return [_open(one, at=at) for one in new]


def _is_known(people: set[int], before: Iterable[set[int]]) -> bool:
    """Whether most of these people stood together in an earlier case: a ring that grows by a few
    is no news."""
    return any(len(people & known) * 2 > len(people) for known in before)


def _open(one: rings.Found, *, at: datetime) -> Finding:
    row = Finding(
        kind=one.kind,
        people=list(one.people),
        signs=list(one.signs),
        facts=dict(one.facts),
        mark=sha256(",".join(map(str, one.people)).encode()).hexdigest(),
        found_at=at,
    )
    due = business_days_after(at, settings.RULES.finding_business_days)
    row.wait(clocks.found(settings.RULES), since=at, due=due)
    row.save()
    _tell("finding.found", row, by=None, at=at, people=accounts.operators())
    return row


def open_findings() -> int:
    """How many findings nobody has decided about yet."""
    return Finding.objects.filter(status="open").count()


@transaction.atomic
def confirm(finding_id: int, *, by: Account, at: datetime, reason: str) -> Finding:
    """An operator saw that it is so: reviews by these people no longer move the site's mean."""
    row = _decided(finding_id, "confirm", by=by, at=at, reason=reason)
    for account_id in row.people:
        weighing.weigh(account_id, percent=policy.CONFIRMED, at=at)
    site.keep_anew(at=at)
    _tell("finding.confirmed", row, by=by, at=at, people=row.people, reason=row.decision)
    return row


@transaction.atomic
def dismiss(finding_id: int, *, by: Account, at: datetime, reason: str) -> Finding:
    """An operator saw that it is nothing: nothing changes, and the group is not filed again."""
    row = _decided(finding_id, "dismiss", by=by, at=at, reason=reason)
    _tell("finding.dismissed", row, by=by, at=at, people=[], reason=row.decision)
    return row


@transaction.atomic
def lift(finding_id: int, *, by: Account, at: datetime, reason: str) -> Finding:
    """What was confirmed is taken back: whoever no other confirmed case names counts in full."""
    row = _locked(finding_id, by=by, reason=reason)
    row.status = FINDING.after(row.status, "lift")
    row.lifted_by, row.lifted_at, row.lift_reason = by, at, reason.strip()
    row.save()
    confirmed = Finding.objects.filter(status="confirmed")
    for account_id in row.people:
        if not confirmed.filter(people__contains=[account_id]).exists():
            weighing.restore(account_id)
    site.keep_anew(at=at)
    _tell("finding.lifted", row, by=by, at=at, people=row.people, reason=row.lift_reason)
    return row


@transaction.atomic
def tick(finding_id: int, *, at: datetime) -> None:
    """CL16: no operator has decided in time."""
    row = Finding.objects.select_for_update().get(pk=finding_id)
    if row.status == "open" and row.step_due(clocks.found(settings.RULES), at):
        row.save(update_fields=["next_at"])
        _tell("finding.overdue", row, by=None, at=at, people=accounts.operators())


def _locked(finding_id: int, *, by: Account, reason: str) -> Finding:
    """One decision at a time: whether somebody counts in full depends on all cases."""
    trust.one_at_a_time()
    row = Finding.objects.select_for_update().get(pk=finding_id)
    if by.pk in row.people:
        raise Refused.because("finding.own")
    if not reason.strip():
        raise Refused.because("finding.reason_missing")
    return row


def _decided(finding_id: int, verb: str, *, by: Account, at: datetime, reason: str) -> Finding:
    row = _locked(finding_id, by=by, reason=reason)
    row.status = FINDING.after(row.status, verb)
    row.decided_by, row.decided_at, row.decision = by, at, reason.strip()
    row.stop_waiting()
    row.save()
    return row


def _tell(
    name: str,
    row: Finding,
    *,
    by: Account | None,
    at: datetime,
    people: list[int],
    **facts: str,
) -> None:
    record(name, row, by=by, at=at, people=people, kind=row.kind, count=len(row.people), **facts)
