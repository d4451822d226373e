"""Every write to a profile. Each call writes the whole side, as the form shows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.files import images
from enishi.files.models import StoredFile
from enishi.kit import invoice_numbers
from enishi.kit.errors import Refused
from enishi.organisations import queries as organisations

from . import policy, queries, text
from .models import ClientProfile, InvoiceRegistration, WorkerProfile

Side = TypeVar("Side", WorkerProfile, ClientProfile)


@transaction.atomic
def present_worker(
    *,
    by: Account,
    at: datetime,
    introduction: str = "",
    skills: Sequence[str] = (),
    hours: str = "",
    weekly_hours: int | None = None,
    rate_guide: str = "",
    payee_kind: str = "individual",
    image: UploadedFile | None = None,
    drop_image: bool = False,
) -> WorkerProfile:
    """Write what clients read about me as a worker."""
    if payee_kind not in policy.PAYEE_KINDS:
        raise Refused.because("profile.payee_kind_unknown")
    if len(set(skills)) > policy.SKILLS_MOST:
        raise Refused.because("profile.too_many_skills", most=policy.SKILLS_MOST)
    profile = _mine(WorkerProfile, by) or WorkerProfile(account=by)
    profile.introduction, profile.hours, profile.rate_guide = introduction, hours, rate_guide
    profile.introduction_length = text.counted(introduction)
    profile.skills, profile.weekly_hours = list(dict.fromkeys(skills)), weekly_hours
    profile.payee_kind = payee_kind
    _save(profile, by=by, at=at, image=image, drop_image=drop_image)
    record("profile.worker_presented", profile, by=by, at=at, payee_kind=payee_kind)
    return profile


@transaction.atomic
def present_client(
    *,
    by: Account,
    at: datetime,
    kind: str,
    payer_kind: str,
    about: str = "",
    orders: Sequence[str] = (),
    recruiter_name: str = "",
    contact_person: str = "",
    prefecture: str = "",
    city: str = "",
    address: str = "",
    address_shown: str = "full",
    image: UploadedFile | None = None,
    drop_image: bool = False,
) -> ClientProfile:
    """Write what workers read about me as a client, and how I pay."""
    if not policy.payer_fits(kind, payer_kind):
        raise Refused.because("profile.payer_does_not_fit")
    if prefecture and prefecture not in policy.PREFECTURES:
        raise Refused.because("profile.prefecture_unknown")
    if not policy.is_business(kind) and organisations.has_members(by.pk):
        raise Refused.because("profile.has_members")
    profile = _mine(ClientProfile, by) or ClientProfile(account=by)
    profile.kind, profile.payer_kind, profile.about = kind, payer_kind, about
    profile.orders = list(dict.fromkeys(orders))
    profile.recruiter_name, profile.contact_person = recruiter_name, contact_person
    profile.prefecture, profile.city, profile.address = prefecture, city, address
    profile.address_shown = "full" if policy.is_organisation(kind) else address_shown
    _save(profile, by=by, at=at, image=image, drop_image=drop_image)
    record("profile.client_presented", profile, by=by, at=at, kind=kind, payer_kind=payer_kind)
    return profile


@transaction.atomic
def register_invoices(
    *, by: Account, at: datetime, number: str, is_by_agent: bool = False
) -> InvoiceRegistration:
    """Say under which number my invoices are issued, and by whom. An empty number: I am not
    registered. What I said before is kept."""
    number = invoice_numbers.tidy(number)
    if number and not invoice_numbers.is_sound(number):
        raise Refused.because("invoice.number_wrong")
    if is_by_agent and not number:
        raise Refused.because("invoice.agent_needs_a_number")
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = queries.invoice_registration(by.pk)
    if known and (known.number, known.is_by_agent) == (number, is_by_agent):
        return known
    said = InvoiceRegistration.objects.create(
        account=by, number=number, is_by_agent=is_by_agent, at=at
    )
    record("profile.invoices_registered", by, by=by, at=at, is_by_agent=is_by_agent)
    return said


def _mine(side: type[Side], by: Account) -> Side | None:
    return side.objects.select_for_update().filter(pk=by.pk).first()


def _save(
    profile: WorkerProfile | ClientProfile,
    *,
    by: Account,
    at: datetime,
    image: UploadedFile | None,
    drop_image: bool,
) -> None:
    if image or drop_image:
        profile.image = _stored(image, by=by, at=at)
    profile.updated_at = at
    profile.save()


def _stored(image: UploadedFile | None, *, by: Account, at: datetime) -> StoredFile | None:
    return images.store_image(image, by=by, at=at) if image else None
