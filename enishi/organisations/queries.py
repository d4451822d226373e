"""What other packages and pages ask about organisations and the people who act for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from enishi.accounts import queries as accounts
from enishi.accounts.models import Account, Leave
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of

from . import policy
from .models import Membership


@dataclass(frozen=True, slots=True)
class Team:
    """What others read of an organisation: how many act for it, the owner among them, and since
    when somebody stands in for the owner (None: nobody does)."""

    people: int
    stands_in_since: datetime | None


def acting(membership_id: int, person: Account, *, at: datetime) -> Account | None:
    """The organisation as this person acts for it, or None: not a member any more, or one of the
    two is stopped. The account that comes back knows who acts (`member`) and how far (`right`)."""
    found: Membership | None = _acting.first(membership_id, person.pk)
    if found is None:
        return None
    organisation: Account = found.organisation
    organisation.member = person
    organisation.right = _right(found, at=at)
    # What the person reads is in their language, and an organisation acts as client.
    organisation.language, organisation.role = person.language, "client"
    return organisation


def _right(found: Membership, *, at: datetime) -> str:
    is_stand_in = found.stands_in_since is not None
    away = is_stand_in and accounts.away_until(found.organisation_id, at=at) is not None
    return policy.right(is_stand_in=is_stand_in, is_owner_away=away)


@compiled
def _acting(membership_id: int, account_id: int) -> QuerySet[Membership]:
    mine = Membership.objects.active().filter(pk=membership_id, account_id=account_id)
    return mine.filter(organisation__is_active=True).select_related("organisation")


def memberships(person: Account) -> list[Membership]:
    """For whom somebody may act, by name. Those stopped by the office are among them."""
    mine = Membership.objects.active().filter(account=person).select_related("organisation")
    return list(mine.order_by("organisation__name", "pk"))


def offered(person: Account) -> list[Membership]:
    """Invitations that wait for this person, the first to lapse first."""
    found = Membership.objects.offered_to(person.email).select_related("organisation")
    return list(found.filter(organisation__is_active=True).order_by("due_at", "pk"))


def invitation(membership_id: int, person: Account) -> Membership:
    """An invitation to this person's address, also one that is over. DoesNotExist for others."""
    mine = Membership.objects.filter(email=person.email.lower()).select_related("organisation")
    return mine.get(pk=membership_id)


def members(organisation_id: int) -> list[Membership]:
    """Who acts for it: those who joined, in their order."""
    team = Membership.objects.active().filter(organisation=organisation_id)
    return list(team.select_related("account").order_by("joined_at", "pk"))


def invited(organisation_id: int) -> list[Membership]:
    """Addresses whose answer is waited for, the first to lapse first."""
    waiting = Membership.objects.filter(organisation=organisation_id, status="invited")
    return list(waiting.order_by("due_at", "pk"))


def has_members(organisation_id: int) -> bool:
    return Membership.objects.of_organisation(organisation_id).present().exists()


def acts_for(account_id: int, organisation_id: int) -> bool:
    team = Membership.objects.active().filter(organisation=organisation_id)
    return team.filter(account=account_id).exists()


def teams(account_ids: Iterable[int]) -> dict[int, Team]:
    """Of these clients, those for whom others act, in one query."""
    rows = Membership.objects.active().filter(organisation__in=list(account_ids))
    counted = rows.values("organisation_id").annotate(
        people=Count("pk") + 1,
        since=Max("stands_in_since", filter=Q(account__is_active=True)),
    )
    return {row["organisation_id"]: Team(row["people"], row["since"]) for row in counted}


def stand_in_of(organisation_id: int) -> Membership | None:
    """Who answers while the owner is away, or None."""
    team = Membership.objects.active().filter(organisation=organisation_id)
    named = team.exclude(stands_in_since=None).filter(account__is_active=True)
    return named.select_related("account").first()


def standing_in(account_ids: Iterable[int], *, on: date) -> dict[int, Account]:
    """Of these organisations, those whose owner is on leave on that day, with who stands in."""
    away = Leave.objects.standing().filter(
        account=OuterRef("organisation"), starts_on__lte=on, ends_on__gte=on
    )
    found = Membership.objects.active().filter(
        Exists(away),
        organisation__in=list(account_ids),
        stands_in_since__isnull=False,
        account__is_active=True,
    )
    rows = found.select_related("account")
    return {row.organisation_id: row.account for row in rows if row.account is not None}


def answering(organisation_id: int, *, at: datetime) -> Account | None:
    """Who answers in this moment because the owner is on leave, or None."""
    return standing_in([organisation_id], on=day_of(at)).get(organisation_id)
