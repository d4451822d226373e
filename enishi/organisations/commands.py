"""Everything that changes who acts for an organisation. Each takes the organisation's account
first, so that two people of it cannot both name a stand-in or invite the last member."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.events.models import Event
from enishi.kit.days import days_after
from enishi.kit.errors import Refused
from enishi.kit.waiting import WAITING_FIELDS

from . import clocks, policy
from .lifecycle import MEMBERSHIP
from .models import Membership, MembershipQuerySet, StoodIn


@transaction.atomic
def invite(*, by: Account, at: datetime, email: str, is_business: bool, works: bool) -> Membership:
    """Ask somebody to act for my organisation too. Whether the address has an account is not
    told: the answer comes from whoever holds it. The two facts come from layers above."""
    organisation = _locked(by.pk)
    email = email.strip().lower()
    rules = settings.RULES
    present = Membership.objects.of_organisation(organisation).present()
    code = policy.fault_of_invitation(
        email,
        own=organisation.email,
        is_business=is_business,
        works=works,
        members=present.count(),
        most=rules.members_most,
    )
    if code:
        raise Refused.because(code, **({"most": rules.members_most} if "too_many" in code else {}))
    if known := present.filter(email=email).first():
        raise Refused.because(f"membership.{known.status}_already")
    found = Membership(organisation=organisation, email=email, invited_at=at)
    found.wait(clocks.invited(rules), since=at, due=days_after(at, rules.invitation_days))
    found.save()
    asked = Account.objects.filter(email__iexact=email, is_active=True)
    _note("membership.invited", found, by=by, at=at, people=list(asked))
    return found


@transaction.atomic
def join(membership_id: int, *, by: Account, at: datetime, is_other_side: bool) -> Membership:
    """I act for this organisation from now on. Only who holds the invited address finds it, and
    nobody who works for it joins: they would read what was written about them."""
    found = _invited(membership_id, by=by)
    status = MEMBERSHIP.after(found.status, "join")
    if found.due_at is not None and at >= found.due_at:
        raise Refused("membership", "join", "lapsed")
    if by.is_office:
        raise Refused.because("membership.office")
    if by.pk == found.organisation_id:
        raise Refused.because("membership.oneself")
    if is_other_side:
        raise Refused.because("membership.other_side")
    if not found.organisation.is_active:
        raise Refused.because("membership.organisation_stopped")
    if not EmailAddress.objects.filter(user=by, email__iexact=found.email, verified=True).exists():
        raise Refused.because("membership.mail_unverified")
    found.status, found.account, found.joined_at = status, by, at
    found.stop_waiting()
    found.save()
    _note("membership.joined", found, by=by, at=at)
    return found


@transaction.atomic
def decline(membership_id: int, *, by: Account, at: datetime) -> Membership:
    """I do not act for them."""
    found = _ended(_invited(membership_id, by=by), "decline", at=at)
    _note("membership.declined", found, by=by, at=at)
    return found


@transaction.atomic
def withdraw(membership_id: int, *, by: Account, at: datetime) -> Membership:
    """The invitation does not stand any more."""
    found = _ended(_of_mine(membership_id, by=by), "withdraw", at=at)
    _note("membership.withdrawn", found, by=by, at=at)
    return found


@transaction.atomic
def remove(membership_id: int, *, by: Account, at: datetime) -> Membership:
    """They no longer act for us: with this commit they have no way in (A4)."""
    found = _ended(_of_mine(membership_id, by=by), "remove", at=at)
    _note("membership.removed", found, by=by, at=at, people=[found.account])
    return found


@transaction.atomic
def leave(membership_id: int, *, by: Account, at: datetime) -> Membership:
    """I no longer act for them."""
    organisation_id = _mine(by).values_list("organisation_id", flat=True).get(pk=membership_id)
    _locked(organisation_id)
    found = _mine(by).select_for_update(of=("self",)).get(pk=membership_id)
    found = _ended(found, "leave", at=at)
    _note("membership.left", found, by=by, at=at)
    return found


@transaction.atomic
def name_stand_in(membership_id: int | None, *, by: Account, at: datetime) -> Membership | None:
    """While I am away, this member answers and decides; None: nobody does. Only the owner says so:
    who stands in does not choose who stands in."""
    if by.member is not None:
        raise Refused.because("membership.only_the_owner")
    organisation = _locked(by.pk)
    active = Membership.objects.of_organisation(organisation).active()
    chosen = None
    if membership_id is not None:
        chosen = active.select_for_update(of=("self",)).get(pk=membership_id)
        if chosen.stands_in_since is not None:
            return chosen
    former = active.select_for_update(of=("self",)).exclude(stands_in_since=None).first()
    if former is not None:
        _stand_down(former, at=at)
        former.save(update_fields=["stands_in_since"])
        _note("membership.stood_down", former, by=by, at=at, people=[former.account])
    if chosen is not None:
        chosen.stands_in_since = at
        chosen.save(update_fields=["stands_in_since"])
        _note("membership.stands_in", chosen, by=by, at=at, people=[chosen.account])
    return chosen


@transaction.atomic
def tick(membership_id: int, *, at: datetime) -> None:
    """PE3: nobody answered the invitation in time."""
    found = Membership.objects.select_for_update().get(pk=membership_id)
    if found.status != "invited" or not found.step_due(clocks.invited(settings.RULES), at):
        return
    _ended(found, "lapse", at=at)
    _note("membership.lapsed", found, by=None, at=at)


def follow_closing(event: Event) -> None:
    """Subscriber of `account.closed`: who left the market acts for nobody, and nobody for them."""
    account_id = int(event.subject_id)
    theirs = Membership.objects.select_for_update(of=("self",))
    for found in theirs.active().filter(account=account_id).order_by("pk"):
        _ended(found, "leave", at=event.at)
    for found in theirs.present().filter(organisation=account_id).order_by("pk"):
        _ended(found, "remove" if found.status == "active" else "withdraw", at=event.at)


def _locked(organisation_id: int) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=organisation_id)


def _mine(by: Account) -> MembershipQuerySet:
    return Membership.objects.active().filter(account=by).select_related("organisation")


def _invited(membership_id: int, *, by: Account) -> Membership:
    """An invitation to an address of this person, also one that has ended: then it says so."""
    mine = Membership.objects.filter(email=by.email.lower()).select_related("organisation")
    return mine.select_for_update(of=("self",)).get(pk=membership_id)


def _of_mine(membership_id: int, *, by: Account) -> Membership:
    organisation = _locked(by.pk)
    team = Membership.objects.of_organisation(organisation).select_related("account")
    return team.select_for_update(of=("self",)).get(pk=membership_id)


def _ended(found: Membership, verb: str, *, at: datetime) -> Membership:
    found.status = MEMBERSHIP.after(found.status, verb)
    _stand_down(found, at=at)
    found.ended_at = at
    found.stop_waiting()
    found.save(update_fields=["status", "ended_at", "stands_in_since", *WAITING_FIELDS])
    return found


def _stand_down(found: Membership, *, at: datetime) -> None:
    since = found.stands_in_since
    if since is None or found.account_id is None:
        return
    StoodIn.objects.create(
        organisation_id=found.organisation_id,
        account_id=found.account_id,
        since=since,
        until=max(at, since),
    )
    found.stands_in_since = None


def _note(
    name: str,
    found: Membership,
    *,
    by: Account | None,
    at: datetime,
    people: Iterable[Account | None] = (),
) -> None:
    organisation = found.organisation.name
    due = {"due": found.due_at.isoformat()} if found.due_at else {}
    told = [found.organisation, *(person for person in people if person is not None)]
    record(name, found, by=by, at=at, people=told, organisation=organisation, **due)
