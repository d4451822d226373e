"""How a check ends, and how its pictures are erased: first the key, in the transaction that says
so, then the bytes. A crash in between leaves bytes that nobody can read; the sweep takes them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from enishi.accounts import queries as accounts
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.kit.days import business_days_after
from enishi.verification import clocks, sealing
from enishi.verification.lifecycle import PICTURE, VERIFICATION
from enishi.verification.models import PhoneCode, SealedPicture, Verification


@transaction.atomic
def tick(verification_id: int, *, at: datetime) -> None:
    """CL16: the office has not decided in time; or what was checked is out of date."""
    checked = Verification.objects.select_for_update().get(pk=verification_id)
    if checked.status == "submitted":
        _postpone(checked, at=at)
    elif checked.status == "approved":
        _grow_old(checked, at=at)


def _postpone(checked: Verification, *, at: datetime) -> None:
    """All operators are told, and the person is told a new date."""
    if not checked.step_due(clocks.submitted(settings.RULES), at):
        return
    due = business_days_after(at, settings.RULES.verification_business_days)
    checked.wait(clocks.submitted(settings.RULES), since=at, due=due)
    checked.save(update_fields=["waiting_since", "due_at", "next_at"])
    facts = {"check": checked.kind, "due": due.isoformat()}
    people = [one for one in accounts.operators() if one != checked.account_id]
    record("verification.overdue", checked, by=None, at=at, people=people, **facts)
    who = [checked.account_id]
    record("verification.postponed", checked, by=None, at=at, people=who, **facts)


def _grow_old(checked: Verification, *, at: datetime) -> None:
    step = checked.step_due(clocks.approved(settings.RULES), at)
    if step is None:
        return
    who = [checked.account_id]
    facts = {"check": checked.kind, "what": checked.title}
    if step == "remind":
        checked.save(update_fields=["next_at"])
        assert checked.due_at is not None
        due = checked.due_at.isoformat()
        record("verification.reminded", checked, by=None, at=at, people=who, due=due, **facts)
        return
    _expire(checked, at=at)
    record("verification.expired", checked, by=None, at=at, people=who, **facts)


def replace(standing: Verification, *, at: datetime) -> None:
    """On a locked row: a newer check takes its place, which nobody has to be told."""
    _expire(standing, at=at)
    record("verification.expired", standing, by=None, at=at, check=standing.kind, is_replaced=True)


def _expire(checked: Verification, *, at: datetime) -> None:
    checked.status = VERIFICATION.after(checked.status, "expire")
    checked.ended_at = at
    free_number(checked)
    checked.stop_waiting()
    checked.save()


def free_number(checked: Verification) -> None:
    """On an unsaved row: its number may confirm another account, and is forgotten here."""
    checked.sealed = checked.digest = ""


def retract(asked: Verification, *, at: datetime) -> None:
    """On a locked row."""
    asked.status = VERIFICATION.after(asked.status, "retract")
    asked.ended_at = at
    asked.stop_waiting()
    asked.save()
    erase(SealedPicture.objects.select_for_update().filter(verification=asked), at=at)
    record("verification.retracted", asked, by=asked.account, at=at, check=asked.kind)


@transaction.atomic
def tick_picture(picture_id: UUID, *, at: datetime) -> None:
    """VE1, P2: its days are over."""
    picture = SealedPicture.objects.select_for_update().get(pk=picture_id)
    if picture.status == "kept" and picture.step_due(clocks.kept(settings.RULES), at):
        erase([picture], at=at)


def erase(pictures: Iterable[SealedPicture], *, at: datetime) -> None:
    """On locked rows: from the commit on nobody can read them, nowhere, by no key."""
    for picture in pictures:
        if picture.status == "erased":
            continue
        picture.status = PICTURE.after(picture.status, "erase")
        picture.wrapped, picture.erased_at = b"", at
        picture.stop_waiting()
        picture.save()
        transaction.on_commit(partial(sealing.destroy, picture))
        record("verification.erased", picture, by=None, at=at, of=picture.verification_id)


def forget(event: Event) -> None:
    """Subscriber of `account.closed`: whoever leaves takes documents and number along. What was
    checked, and when, stays as a record."""
    mine = Verification.objects.select_for_update().filter(account_id=event.subject_id)
    for one in mine.order_by("pk"):
        if one.status == "submitted":
            retract(one, at=event.at)
        elif one.status == "approved":
            replace(one, at=event.at)
    left = SealedPicture.objects.select_for_update().filter(
        verification__account_id=event.subject_id
    )
    erase(left.exclude(status="erased"), at=event.at)
    PhoneCode.objects.filter(account_id=event.subject_id).delete()
