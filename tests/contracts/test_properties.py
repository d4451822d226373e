"""Whatever is done in whatever order: the ledger sums to zero, nothing goes below its floor, and no
milestone is paid twice (promise M1, in small)."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enishi.contracts import queries
from enishi.contracts.commands import changing, delivering, ending, offering, ticking
from enishi.contracts.models import ChangeRequest, Contract, Milestone
from enishi.escrow import queries as escrow
from enishi.escrow.models import Entry
from enishi.kit.errors import Refused
from enishi.payments.models import Payment
from tests import make
from tests.make import NOON

PARTS = 3
VERBS = [
    *("agree", "decline", "withdraw", "fund", "deliver", "ask_revision", "accept", "give_back"),
    *("request_change", "accept_change", "tick", "wait"),
]
ACTS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(1, PARTS), st.integers(1, 20)),
    min_size=5,
    max_size=40,
)


class Deal:
    """One contract and the people who do things with it, wise or not."""

    def __init__(self):
        self.at = NOON
        self.contract = make.contract("offered", price=90_000, parts=PARTS)
        self.client, self.worker = self.contract.client, self.contract.worker

    def act(self, verb, position, days):
        milestone = make.milestone(self.contract, position)
        try:
            with transaction.atomic():
                getattr(self, verb)(milestone, days)
        except (Refused, Contract.DoesNotExist, ChangeRequest.DoesNotExist):
            pass

    def agree(self, milestone, days):
        make.agree(self.contract, at=self.at)

    def decline(self, milestone, days):
        if days > 18:  # seldom, or nothing else would ever happen
            offering.decline(self.contract.pk, by=self.worker, at=self.at)

    def withdraw(self, milestone, days):
        if days > 18:
            offering.withdraw(self.contract.pk, by=self.client, at=self.at)

    def fund(self, milestone, days):
        """Money may also come late; a purpose is paid at most once at the provider."""
        if not Payment.objects.filter(purpose_id=milestone.pk).exists():
            make.fund(milestone, at=self.at)

    def deliver(self, milestone, days):
        make.deliver(milestone, at=self.at)

    def ask_revision(self, milestone, days):
        delivering.ask_revision(milestone.pk, by=self.client, at=self.at, reason="Softer")

    def accept(self, milestone, days):
        delivering.accept(milestone.pk, by=self.client, at=self.at)

    def give_back(self, milestone, days):
        if days > 12:
            ending.give_back(milestone.pk, by=self.worker, at=self.at, reason="Ill")

    def request_change(self, milestone, days):
        day = (self.at + timedelta(days=days)).date()
        changing.request(
            milestone.pk,
            by=self.worker,
            at=self.at,
            due_on=day,
            reason_kind="urgent",
            reason="Urgent",
        )

    def accept_change(self, milestone, days):
        change = ChangeRequest.objects.get(milestone=milestone, status="requested")
        changing.accept(change.pk, by=self.client, at=self.at)

    def tick(self, milestone, days):
        ticking.contract(self.contract.pk, at=self.at)
        for part in self.contract.milestones.order_by("position"):
            ticking.milestone(part.pk, at=self.at)

    def wait(self, milestone, days):
        self.at += timedelta(days=days)


@pytest.mark.django_db
@given(acts=ACTS)
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_sequence_of_acts_the_ledger_is_sound(acts):
    with transaction.atomic():
        deal = Deal()
        for verb, position, days in acts:
            deal.act(verb, position, days)
        _check(deal)
        transaction.set_rollback(True)


def _check(deal):
    milestones = list(Milestone.objects.filter(contract=deal.contract))
    releases = Entry.objects.filter(kind="release").values_list("purpose_id", flat=True)
    accepted = {m.pk for m in milestones if m.status == "accepted"}
    contract = Contract.objects.get(pk=deal.contract.pk)
    held = {m.pk for m in milestones if m.status in ("funded", "delivered", "revising")}

    assert escrow.verify() == []
    assert sorted(releases) == sorted(accepted)
    assert contract.paid_total == sum(m.amount for m in milestones if m.pk in accepted)
    for milestone in milestones:
        expected = milestone.escrow_amount if milestone.pk in held else 0
        assert escrow.escrow_of("milestone", milestone.pk) == expected
    assert escrow.payable_of(deal.worker.pk) == sum(
        queries.pay_of(m).net for m in milestones if m.pk in accepted
    )


@pytest.mark.django_db
def test_the_random_walk_reaches_payment_and_refund():
    """The property above is worth something only if its walks get there."""
    deal = Deal()
    for verb, position, days in [
        ("agree", 1, 1),
        ("fund", 1, 1),
        ("deliver", 1, 1),
        ("wait", 1, 20),
        ("tick", 1, 1),
        ("fund", 2, 1),
        ("give_back", 2, 20),
    ]:
        deal.act(verb, position, days)

    _check(deal)
    assert make.milestone(deal.contract, 1).status == "accepted"
    assert make.milestone(deal.contract, 2).status == "refunded"
