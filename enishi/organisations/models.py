"""Who acts for an organisation (PE3). The organisation is a client's account and its holder is the
owner; deals, money and papers know that account alone. Members are other people's accounts."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from enishi.kit.constraints import AppendOnly, LegalMoves
from enishi.kit.waiting import Waiting, waiting_index, waits_in

from .lifecycle import JOINED, MEMBERSHIP


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> "MembershipQuerySet":
        return self.filter(status="active")

    def present(self) -> "MembershipQuerySet":
        """Invited or active: what counts as the team today."""
        return self.filter(status__in=("invited", "active"))

    def of_organisation(self, account: Any) -> "MembershipQuerySet":
        return self.filter(organisation=account)

    def offered_to(self, email: str) -> "MembershipQuerySet":
        """Invitations to this address: whoever holds it may answer, whoever knows the link not."""
        return self.filter(status="invited", email=email.lower())


class Membership(Waiting):
    """One address that was invited, and the person behind it once they have joined. The stand-in is
    the member with `stands_in_since`; one has it at most."""

    organisation = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    email = models.EmailField()  # in small letters
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    status = models.CharField(max_length=9, default=MEMBERSHIP.start)
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stands_in_since = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            LegalMoves(
                name="membership_moves",
                field="status",
                start=MEMBERSHIP.start,
                edges=MEMBERSHIP.edges,
            ),
            waits_in("membership_waits_with_a_clock", ["invited"]),
            models.CheckConstraint(
                name="membership_is_of_another",
                condition=Q(account=None) | ~Q(organisation=F("account")),
            ),
            models.CheckConstraint(
                name="membership_has_a_person_once_joined",
                condition=Q(status__in=JOINED, account__isnull=False, joined_at__isnull=False)
                | ~Q(status__in=JOINED) & Q(account=None, joined_at=None),
            ),
            models.CheckConstraint(
                name="membership_address_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                name="membership_one_per_address",
                condition=Q(status__in=("invited", "active")),
            ),
            models.UniqueConstraint(
                fields=["organisation", "account"],
                name="membership_one_per_person",
                condition=Q(status="active"),
            ),
            models.CheckConstraint(
                name="stand_in_is_an_active_member",
                condition=Q(stands_in_since=None) | Q(status="active"),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                name="stand_in_one_per_organisation",
                condition=Q(stands_in_since__isnull=False),
            ),
        ]
        indexes = [
            waiting_index("membership_waiting"),
            models.Index(fields=["organisation", "id"], name="membership_of_organisation"),
            models.Index(
                fields=["account"], name="membership_of_person", condition=Q(status="active")
            ),
            models.Index(
                fields=["email"], name="membership_offered", condition=Q(status="invited")
            ),
        ]


class StoodIn(models.Model):
    """From when until when somebody was stand-in, once it is over: in that time the organisation
    could answer, whoever was away (ME3)."""

    organisation = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            AppendOnly(name="stood_in_append_only"),
            models.CheckConstraint(
                name="stood_in_ends_after_it_began", condition=Q(until__gte=F("since"))
            ),
        ]
        indexes = [models.Index(fields=["organisation", "since"], name="stood_in_of_organisation")]
