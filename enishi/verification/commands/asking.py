"""A person asks to be checked: by documents, or by a promise. And takes a request back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account, Consent
from enishi.events.journal import record
from enishi.kit import invoice_numbers
from enishi.kit.days import business_days_after
from enishi.kit.errors import Refused
from enishi.verification import clocks, policy, receiving, sealing
from enishi.verification.models import SealedPicture, Verification

from . import ending

PLEDGE = "pledge"  # the text that is consented to, as Consent names it


def submit(
    kind: str,
    *,
    by: Account,
    at: datetime,
    paper: str,
    files: Iterable[Any],
    title: str = "",
    number: str = "",
    covers: Iterable[str] = (),
) -> Verification:
    """Hand in documents for one kind; the office decides within its days (VE1, CL16). The pictures
    are drawn and sealed before anything is written down; without a row they are swept away.

    Raises Refused `verification.…`: kind_unknown, paper_unknown, paper_never, title_missing,
    number_wrong, waits_already; or `document.…`."""
    title, number = " ".join(title.split()), invoice_numbers.tidy(number) if number else ""
    _check(kind, by=by, paper=paper, title=title, number=number)
    asked = Verification(
        account=by, kind=kind, title=title, number=number, paper=paper, asked_at=at
    )
    drawn = receiving.pictures(files, covers=covers)
    sealed = [_sealed(content, position) for position, content in enumerate(drawn)]
    try:
        return _keep(asked, sealed, at=at)
    except BaseException:
        for picture in sealed:
            sealing.destroy(picture)
        raise


def _check(kind: str, *, by: Account, paper: str, title: str, number: str) -> None:
    if kind not in policy.BY_DOCUMENT:
        raise Refused.because("verification.kind_unknown")
    if paper in policy.NEVER_SENT:
        raise Refused.because("verification.paper_never")
    if not policy.is_paper_of(kind, paper):
        raise Refused.because("verification.paper_unknown")
    if not title and kind != "identity":
        raise Refused.because("verification.title_missing")
    if len(title) > policy.TITLE_LENGTH:
        raise Refused.because("verification.title_too_long", most=policy.TITLE_LENGTH)
    if number and not invoice_numbers.is_sound(number):
        raise Refused.because("verification.number_wrong")
    if Verification.objects.filter(account=by, kind=kind, title=title, status="submitted").exists():
        raise Refused.because("verification.waits_already")


def _sealed(content: bytes, position: int) -> SealedPicture:
    picture = SealedPicture(position=position)
    sealing.seal(content, picture)
    return picture


@transaction.atomic(durable=True)
def _keep(asked: Verification, pictures: list[SealedPicture], *, at: datetime) -> Verification:
    account = Account.objects.select_for_update().get(pk=asked.account_id, is_active=True)
    due = business_days_after(at, settings.RULES.verification_business_days)
    asked.wait(clocks.submitted(settings.RULES), since=at, due=due)
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError:
        raise Refused.because("verification.waits_already") from None
    for picture in pictures:
        picture.verification = asked
    SealedPicture.objects.bulk_create(pictures)
    people = [account.pk, *accounts.operators()]
    facts = {"check": asked.kind, "due": due.isoformat()}
    record("verification.submitted", asked, by=account, at=at, people=people, **facts)
    return asked


@transaction.atomic
def retract(verification_id: int, *, by: Account, at: datetime) -> Verification:
    """Take a request back before it is decided: its pictures are erased at once."""
    rows = Verification.objects.select_for_update()
    asked = rows.get(pk=verification_id, account=by)
    ending.retract(asked, at=at)
    return asked


@transaction.atomic
def pledge(*, by: Account, at: datetime, version: str) -> Verification:
    """Promise to keep secret what is learnt in work, in the words of this version: it stands at
    once, and the consent is kept with its version."""
    account = Account.objects.select_for_update().get(pk=by.pk, is_active=True)
    if standing := _standing(account, "confidentiality"):
        if standing.number == version:
            return standing
        ending.replace(standing, at=at)
    Consent.objects.get_or_create(
        account=account, text=PLEDGE, version=version, defaults={"at": at}
    )
    made = Verification(account=account, kind="confidentiality", number=version, asked_at=at)
    return approve_at_once(made, at=at)


def approve_at_once(made: Verification, *, at: datetime) -> Verification:
    """What needs nobody's eye: it passes through its first state, as all do."""
    made.waiting_since = made.due_at = at
    made.save()
    made.status, made.decided_at = "approved", at
    made.stop_waiting()
    made.save()
    who = [made.account_id]
    record("verification.approved", made, by=made.account, at=at, people=who, check=made.kind)
    return made


def _standing(account: Account, kind: str) -> Verification | None:
    rows = Verification.objects.select_for_update()
    return rows.filter(account=account, kind=kind, status="approved").first()
