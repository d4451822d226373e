"""Somebody of the office looks at a document: for a reason, for a minute, once, by name (P1)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.days import day_of, end_of_day, start_of_day
from enishi.kit.errors import Refused
from enishi.verification import policy, sealing
from enishi.verification.models import Look, SealedPicture, View


@transaction.atomic
def ask(picture_id: UUID, *, by: Account, at: datetime, real: datetime, reason: str) -> Look:
    """A link to one picture that lives for a minute, for this person alone. `real` is the real
    time: a demo's clock may jump, a door may not stay open for it.

    Raises Refused `look.…`: not_allowed, own, reason_missing, erased, too_many."""
    Account.objects.select_for_update().get(pk=by.pk)  # their looks of this day, one after another
    picture = SealedPicture.objects.select_related("verification").get(pk=picture_id)
    refuse(picture, by=by)
    if not reason.strip():
        raise Refused.because("look.reason_missing")
    if looks_on(by, at) >= settings.RULES.document_views_a_day:
        raise Refused.because("look.too_many", most=settings.RULES.document_views_a_day)
    until = real + policy.LOOK_LASTS
    return Look.objects.create(picture=picture, by=by, reason=reason.strip(), at=at, until=until)


def refuse(picture: SealedPicture, *, by: Account) -> None:
    """Whoever may not open this picture at all, whatever the reason, is told so."""
    if by.office_grade not in policy.OPENED_BY:
        raise Refused.because("look.not_allowed")
    if picture.verification.account_id == by.pk:
        raise Refused.because("look.own")
    if picture.status == "erased":
        raise Refused.because("look.erased")


def looks_on(by: Account, at: datetime) -> int:
    """How many this person asked for on the Tokyo day of `at`."""
    day = day_of(at)
    mine = Look.objects.filter(by=by, at__gte=start_of_day(day), at__lt=end_of_day(day))
    return mine.count()


def see(look_id: UUID, *, by: Account, at: datetime, real: datetime) -> tuple[Look, bytes]:
    """The picture in the clear, once. Its row is written first: what leaves was counted.

    Raises Look.DoesNotExist for anybody else; Refused `look.over` or `look.unreadable`."""
    rows = Look.objects.select_related("picture__verification", "by")
    look = rows.get(pk=look_id, by=by)
    if by.office_grade not in policy.OPENED_BY or real >= look.until or hasattr(look, "view"):
        raise Refused.because("look.over")
    try:
        content = sealing.opened(look.picture)
    except sealing.Unreadable:
        raise Refused.because("look.unreadable") from None
    _count(look, by=by, at=at)
    return look, content


@transaction.atomic
def _count(look: Look, *, by: Account, at: datetime) -> None:
    try:
        with transaction.atomic():
            View.objects.create(look=look, at=at)
    except IntegrityError:  # the same link at the same moment, in another window
        raise Refused.because("look.over") from None
    checked, which = look.picture.verification, str(look.picture_id)
    record("verification.opened", checked, by=by, at=at, picture=which, reason=look.reason)
