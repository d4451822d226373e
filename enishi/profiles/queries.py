"""What others may read about a person. A recruiter's address is its own question (JO5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from enishi.accounts.models import Account
from enishi.kit.compiled import compiled

from . import policy
from .models import ClientProfile, InvoiceRegistration, WorkerProfile

DEFAULT_PAYER = DEFAULT_PAYEE = "individual"


@dataclass(frozen=True, slots=True)
class WorkerSide:
    introduction: str
    skills: tuple[str, ...]
    hours: str
    weekly_hours: int | None
    rate_guide: str
    image_id: UUID | None


@dataclass(frozen=True, slots=True)
class ClientSide:
    kind: str
    about: str
    orders: tuple[str, ...]
    image_id: UUID | None


@dataclass(frozen=True, slots=True)
class Person:
    """A public page's facts (PE7)."""

    id: int
    name: str
    joined_at: datetime
    is_self: bool
    worker: WorkerSide | None
    client: ClientSide | None

    @property
    def kind(self) -> str:
        return _face_kind(self.client.kind if self.client else None)


@dataclass(frozen=True, slots=True)
class Face:
    """Name and picture of a person in a list."""

    id: int
    name: str
    kind: str  # person | org
    image_id: UUID | None
    is_active: bool = True  # has a public page


@dataclass(frozen=True, slots=True)
class Recruiter:
    """Who recruits, for the notice of a post (JO5). Only signed-in workers may see it."""

    kind: str
    name: str
    contact_person: str
    prefecture: str
    city: str
    address: str
    address_shown: str

    @property
    def missing(self) -> list[str]:
        return policy.missing(
            kind=self.kind,
            recruiter_name=self.name,
            contact_person=self.contact_person,
            prefecture=self.prefecture,
            city=self.city,
            address=self.address,
        )

    def shown_address(self, *, released: bool) -> tuple[str, str, str]:
        """Prefecture, city and the rest: the rest stays empty until the client releases it."""
        full = released or self.address_shown == "full"
        return self.prefecture, self.city, self.address if full else ""


def payer_kind(account_id: int) -> str:
    """How this client pays (CO10); who never stated it pays as a person without payroll."""
    known = ClientProfile.objects.filter(pk=account_id).values_list("payer_kind", flat=True)
    return known.first() or DEFAULT_PAYER


def is_business(account_id: int) -> bool:
    """Whether this client says to be a sole trader or an organisation. Who says nothing is a
    person."""
    return ClientProfile.objects.filter(pk=account_id).exclude(kind="person").exists()


def payee_kind(account_id: int) -> str:
    """How this worker is paid (CO10)."""
    known = WorkerProfile.objects.filter(pk=account_id).values_list("payee_kind", flat=True)
    return known.first() or DEFAULT_PAYEE


def payee_kinds(account_ids: Iterable[int]) -> dict[int, str]:
    """The same of many, in one query."""
    ids = list(account_ids)
    return dict.fromkeys(ids, DEFAULT_PAYEE) | dict(_payee_kinds(ids))


@compiled
def _payee_kinds(account_ids: list[int]) -> QuerySet[WorkerProfile, Any]:
    return WorkerProfile.objects.filter(pk__in=account_ids).values_list("pk", "payee_kind")


def worker_sides(account_ids: Iterable[int]) -> dict[int, WorkerSide]:
    """What these people wrote of themselves as workers, in one query; of the others, nothing."""
    return {one.pk: _worker_side(one) for one in _worker_profiles(list(account_ids))}


@compiled
def _worker_profiles(account_ids: list[int]) -> QuerySet[WorkerProfile]:
    return WorkerProfile.objects.filter(pk__in=account_ids)


def weekly_hours(account_id: int) -> int | None:
    """The hours that this worker can usually give in a week; None: not said."""
    known = WorkerProfile.objects.filter(pk=account_id).values_list("weekly_hours", flat=True)
    return known.first()


def invoice_registration(account_id: int) -> InvoiceRegistration | None:
    """What this worker said last of their invoices; None: nothing yet, so not registered."""
    found: InvoiceRegistration | None = _registrations.first(account_id)
    return found


def invoice_registrations(account_id: int) -> list[InvoiceRegistration]:
    """All that was ever said, the newest first."""
    found: list[InvoiceRegistration] = _registrations(account_id)
    return found


@compiled
def _registrations(account_id: int) -> QuerySet[InvoiceRegistration]:
    return InvoiceRegistration.objects.filter(account_id=account_id).order_by("-id")


def recruiter(account_id: int) -> Recruiter | None:
    profile = _client_profile.first(account_id)
    if profile is None:
        return None
    return Recruiter(
        kind=profile.kind,
        name=profile.recruiter_name,
        contact_person=profile.contact_person,
        prefecture=profile.prefecture,
        city=profile.city,
        address=profile.address,
        address_shown=profile.address_shown,
    )


@compiled
def _client_profile(account_id: int) -> QuerySet[ClientProfile]:
    return ClientProfile.objects.filter(pk=account_id)


def person(account_id: int, *, viewer: Account | None) -> Person:
    """The public page of a person. Who left or is suspended has none."""
    account = Account.objects.get(pk=account_id, is_active=True)
    worker = WorkerProfile.objects.filter(pk=account_id).first()
    client = ClientProfile.objects.filter(pk=account_id).first()
    return Person(
        id=account.pk,
        name=account.name,
        joined_at=account.joined_at,
        is_self=viewer is not None and viewer.pk == account.pk,
        worker=_worker_side(worker) if worker else None,
        client=_client_side(client) if client else None,
    )


def faces(account_ids: Iterable[int]) -> dict[int, Face]:
    """Names and pictures for lists, in one query."""
    return {
        pk: Face(pk, name, _face_kind(kind), worker_image or client_image, is_active)
        for pk, name, kind, worker_image, client_image, is_active in _faces(list(account_ids))
    }


@compiled
def _faces(account_ids: list[int]) -> QuerySet[Account, Any]:
    worker = WorkerProfile.objects.filter(pk=OuterRef("pk"))
    client = ClientProfile.objects.filter(pk=OuterRef("pk"))
    return (
        Account.objects.filter(pk__in=account_ids)
        .annotate(
            worker_image=Subquery(worker.values("image_id")),
            client_image=Subquery(client.values("image_id")),
            client_kind=Subquery(client.values("kind")),
        )
        .values_list("pk", "name", "client_kind", "worker_image", "client_image", "is_active")
    )


def shows_image(account_id: int, image_id: UUID) -> bool:
    """Whether this stored file is the picture on a side of that person, and so open to all."""
    return any(
        side.objects.filter(pk=account_id, image_id=image_id).exists()
        for side in (WorkerProfile, ClientProfile)
    )


def _worker_side(profile: WorkerProfile) -> WorkerSide:
    return WorkerSide(
        introduction=profile.introduction,
        skills=tuple(profile.skills),
        hours=profile.hours,
        weekly_hours=profile.weekly_hours,
        rate_guide=profile.rate_guide,
        image_id=profile.image_id,
    )


def _client_side(profile: ClientProfile) -> ClientSide:
    return ClientSide(
        kind=profile.kind,
        about=profile.about,
        orders=tuple(profile.orders),
        image_id=profile.image_id,
    )


def _face_kind(client_kind: str | None) -> str:
    return "org" if policy.is_organisation(client_kind or "") else "person"
