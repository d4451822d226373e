"""People report what was done with a review; an operator decides, never a machine (SA3)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account
from enishi.accounts.policy import has_grade
from enishi.events.journal import record
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.kit.waiting import WAITING_FIELDS
from enishi.reviews import ruling

from . import clocks, queries
from .lifecycle import REPORT
from .models import Report


@transaction.atomic
def report(place: str, pk: int, *, by: Account, at: datetime, kind: str, text: str) -> Report:
    """Somebody tells the office from a review, a conversation or a contract. The other side is told
    with the decision, not before."""
    found = queries.place(place, pk, reader=by)
    if not text.strip():
        raise Refused.because("report.text_missing")
    made = Report(
        kind=kind,
        by=by,
        about=found.about,
        thread_id=found.thread_id,
        contract=found.contract,
        review=found.review,
        text=text.strip(),
        reported_at=at,
    )
    _wait(made, at=at)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        if "report_one_open_per_thread" not in str(error):
            raise
        raise Refused.because("report.waits_already") from None
    _tell("report.made", made, by=by, at=at, people=accounts.operators())
    return made


@transaction.atomic
def uphold(report_id: int, *, by: Account, at: datetime, reason: str, effect: str = "") -> Report:
    """The report is right. `effect`, one of `reviews.policy.EFFECTS`, says what becomes of the
    review in question; "" leaves it as it stands."""
    found = _decided(report_id, "uphold", by=by, at=at, reason=reason)
    review = queries.review_in_question(found)
    if effect and review is None:
        raise Refused.because("report.no_review")
    if effect and review is not None:
        ruling.rule(review.pk, by=by, at=at, effect=effect, reason=reason)
    _tell_both(found, by=by, at=at)
    return found


@transaction.atomic
def dismiss(report_id: int, *, by: Account, at: datetime, reason: str) -> Report:
    """The record does not bear it out. Nothing follows, for nobody."""
    found = _decided(report_id, "dismiss", by=by, at=at, reason=reason)
    _tell_both(found, by=by, at=at)
    return found


@transaction.atomic
def tick(report_id: int, *, at: datetime) -> None:
    """CL16: nobody has decided in time. All operators are told, and the person gets a new date."""
    found = Report.objects.select_for_update().get(pk=report_id)
    if found.status != "open" or not found.step_due(clocks.reported(settings.RULES), at):
        return
    _wait(found, at=at)
    found.save(update_fields=[*WAITING_FIELDS])
    _tell("report.overdue", found, by=None, at=at, people=accounts.operators())
    _tell("report.delayed", found, by=None, at=at, people=[found.by_id])


def _wait(found: Report, *, at: datetime) -> None:
    due = business_days_after(at, settings.RULES.report_business_days)
    found.wait(clocks.reported(settings.RULES), since=at, due=due)


def _decided(report_id: int, verb: str, *, by: Account, at: datetime, reason: str) -> Report:
    found = Report.objects.select_for_update().get(pk=report_id)
    after = REPORT.after(found.status, verb)
    if not has_grade(by.office_grade, "operator"):
        raise Refused.because("report.not_operator")
    if by.pk in (found.by_id, found.about_id):
        raise Refused.because("report.own_case")
    if not reason.strip():
        raise Refused.because("report.reason_missing")
    found.status, found.decided_by, found.decided_at = after, by, at
    found.decision = reason.strip()
    found.stop_waiting()
    found.save()
    return found


def _tell_both(found: Report, *, by: Account, at: datetime) -> None:
    """One letter to whoever reported, another to whom it was about, with the same reason."""
    reason = {"reason": found.decision}
    name = "report.upheld" if found.status == "upheld" else "report.dismissed"
    _tell(name, found, by=by, at=at, people=[found.by_id], **reason)
    _tell(
        "report.decided", found, by=by, at=at, people=[found.about_id], rule=found.status, **reason
    )


def _tell(
    name: str,
    found: Report,
    *,
    by: Account | None,
    at: datetime,
    people: Iterable[int],
    **facts: str,
) -> None:
    title = {"title": found.contract.title} if found.contract else {}
    due = {"due": found.due_at.isoformat()} if found.due_at else {}
    ids = {"contract_id": found.contract_id} if found.contract_id else {}
    record(
        name, found, by=by, at=at, people=people, kind=found.kind, **title, **due, **ids, **facts
    )
