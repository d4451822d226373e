"""The deal, verb by verb."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.contracts import queries
from enishi.contracts.commands import changing, delivering, ending, offering, ticking
from enishi.contracts.models import Contract, Delivery
from enishi.documents.models import Document
from enishi.escrow import queries as escrow
from enishi.events.models import Event
from enishi.files import commands as files
from enishi.kit.days import day_of, days_after, end_of_day
from enishi.kit.errors import Refused
from enishi.kit.rates import Period, Rates
from enishi.proposals.models import Proposal
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


def test_an_offer_waits_seven_days_for_the_worker():
    """CL11"""
    contract = make.contract("offered")

    assert contract.due_at == days_after(NOON, 7)
    assert Proposal.objects.get(pk=contract.proposal_id).status == "offered"


def test_an_offer_with_a_missing_item_is_refused_and_names_it():
    """CO1"""
    proposal = make.proposal()

    with pytest.raises(Refused) as refused:
        offering.offer(proposal.pk, by=proposal.client, at=NOON, terms=make.offer_terms(place=" "))

    assert refused.value.code == "contract.incomplete"
    assert refused.value.facts == {"fields": "place"}


def test_a_difference_to_the_post_must_be_confirmed_before_agreeing():
    """CO2"""
    contract = make.contract("offered", revision_rounds=0)

    items = [row["item"] for row in contract.differences]
    with pytest.raises(Refused, match="contract.differences_unconfirmed"):
        offering.agree(contract.pk, by=contract.worker, at=NOON, confirmed=[])
    agreed = offering.agree(contract.pk, by=contract.worker, at=NOON, confirmed=items)

    assert "revision_rounds" in items
    assert agreed.status == "agreed"


def test_agreeing_issues_the_order_sheet_and_starts_the_clock_for_the_escrow():
    """CO1, CL1"""
    contract = make.contract("agreed", price=11_000)

    paper = Document.objects.about(contract).get()
    assert contract.due_at == days_after(NOON, 7)
    assert paper.kind == "order_sheet"
    assert paper.facts["totals"]["net"] == 8_580


def test_only_the_worker_agrees_and_strangers_find_nothing():
    contract = make.contract("offered")

    for other in (contract.client, make.sora()):
        with pytest.raises(Contract.DoesNotExist):
            offering.agree(contract.pk, by=other, at=NOON, confirmed=[])


def test_a_declined_offer_leaves_the_proposal_open():
    contract = make.contract("offered")

    offering.decline(contract.pk, by=contract.worker, at=LATER, reason="Too soon")

    contract.refresh_from_db()
    assert contract.status == "declined"
    assert Proposal.objects.get(pk=contract.proposal_id).status == "shortlisted"


def test_nothing_can_be_delivered_before_the_escrow_stands():
    """CO4"""
    contract = make.contract("agreed")

    with pytest.raises(Refused, match="milestone.deliver.unfunded"):
        make.deliver(make.milestone(contract))


def test_escrow_makes_the_contract_active_and_starts_the_delivery_clock():
    """CO3, CL12"""
    contract = make.contract("active")

    milestone = make.milestone(contract)
    assert (contract.status, milestone.status) == ("active", "funded")
    assert milestone.due_at == end_of_day(milestone.due_on)
    assert escrow.escrow_of("milestone", milestone.pk) == 60_000


def test_money_that_comes_after_the_end_goes_back():
    contract = make.contract("agreed")
    ticking.contract(contract.pk, at=days_after(NOON, 7))

    milestone = make.fund(make.milestone(contract), at=days_after(NOON, 8))

    assert milestone.status == "cancelled"
    assert escrow.escrow_of("milestone", milestone.pk) == 0


def test_a_delivery_freezes_its_text_and_waits_fourteen_days():
    """CO6, CL4"""
    contract = make.contract("delivered")

    milestone = make.milestone(contract)
    assert milestone.due_at == days_after(NOON, 14)
    assert Delivery.objects.get(milestone=milestone).body == "Here it is."


def test_accepting_a_delivery_pays_the_worker_less_the_fee():
    """CO8, CO9"""
    contract = make.contract("completed", price=100_000)

    milestone = make.milestone(contract)
    assert contract.status == "completed"
    assert contract.paid_total == 100_000
    assert queries.pay_of(milestone).net == 78_000
    assert escrow.payable_of(contract.worker_id) == 78_000
    assert escrow.escrow_of("milestone", milestone.pk) == 0


def test_nothing_is_accepted_before_it_is_delivered():
    contract = make.contract("active")

    with pytest.raises(Refused, match="milestone.accept.funded"):
        delivering.accept(make.milestone(contract).pk, by=contract.client, at=NOON)


def test_a_revision_names_its_reason_and_its_day_and_counts_a_round():
    """CO6, CL13"""
    contract = make.contract("delivered")
    milestone = make.milestone(contract)

    delivering.ask_revision(
        milestone.pk, by=contract.client, at=NOON, reason="A softer end", due_on=date(2026, 4, 9)
    )

    milestone.refresh_from_db()
    assert (milestone.status, milestone.rounds_used) == ("revising", 1)
    assert milestone.due_at == end_of_day(date(2026, 4, 9))


def test_a_redelivery_starts_the_inspection_anew():
    contract = make.contract("delivered")
    milestone = make.milestone(contract)
    delivering.ask_revision(milestone.pk, by=contract.client, at=NOON, reason="A softer end")

    make.deliver(make.milestone(contract), at=LATER)

    milestone.refresh_from_db()
    assert milestone.due_at == days_after(LATER, 14)
    assert milestone.deliveries.count() == 2


def test_revisions_beyond_the_agreed_rounds_are_refused():
    contract = make.contract("delivered", revision_rounds=0)

    with pytest.raises(Refused, match="milestone.rounds_used_up"):
        delivering.ask_revision(
            make.milestone(contract).pk, by=contract.client, at=NOON, reason="More"
        )


def test_the_turn_of_the_next_milestone_comes_with_acceptance():
    """CL1"""
    contract = make.contract("delivered", parts=2)

    delivering.accept(make.milestone(contract).pk, by=contract.client, at=LATER)

    second = make.milestone(contract, 2)
    assert (second.status, second.due_at) == ("unfunded", days_after(LATER, 7))
    assert Contract.objects.get(pk=contract.pk).status == "active"


def test_a_second_milestone_never_funded_ends_the_contract_without_a_mark():
    """CL1"""
    contract = make.contract("delivered", parts=2)
    delivering.accept(make.milestone(contract).pk, by=contract.client, at=NOON)

    ticking.milestone(make.milestone(contract, 2).pk, at=days_after(NOON, 7))

    assert make.milestone(contract, 2).status == "cancelled"
    assert Contract.objects.get(pk=contract.pk).status == "ended"


def test_silence_on_a_delivery_is_consent_on_the_fourteenth_day_and_not_before():
    """CL4"""
    contract = make.contract("delivered")
    milestone = make.milestone(contract)
    due = days_after(NOON, 14)

    ticking.milestone(milestone.pk, at=due - timedelta(microseconds=1))
    before = make.milestone(contract).status
    ticking.milestone(milestone.pk, at=due)
    ticking.milestone(milestone.pk, at=due)

    after = make.milestone(contract)
    assert (before, after.status, after.is_deemed) == ("delivered", "accepted", True)
    assert escrow.payable_of(contract.worker_id) == 46_800


def test_each_step_of_a_clock_is_taken_once():
    """CL4, CL9"""
    contract = make.contract("delivered")
    milestone = make.milestone(contract)
    for day in range(15):
        for _ in range(2):
            ticking.milestone(milestone.pk, at=days_after(NOON, day))

    reminded = Event.objects.filter(name="milestone.reminded").values_list("facts__step", flat=True)
    assert list(reminded) == ["remind", "last_call", "office_letter"]
    assert Event.objects.filter(name="milestone.silent").count() == 1
    assert Event.objects.filter(name="milestone.deemed").count() == 1


def test_a_delivery_that_never_comes_is_marked_and_in_the_end_refunded():
    """CL12, CL6"""
    contract = make.contract("active")
    milestone = make.milestone(contract)
    for day in range(40):
        ticking.milestone(milestone.pk, at=days_after(NOON, day))

    names = list(
        Event.objects.filter(name__startswith="milestone.")
        .order_by("id")
        .values_list("name", flat=True)
    )
    assert names == [
        "milestone.funded",
        "milestone.reminded",
        "milestone.late",
        "milestone.overdue",
        "milestone.refunded",
    ]
    assert escrow.escrow_of("milestone", milestone.pk) == 0
    assert Contract.objects.get(pk=contract.pk).status == "ended"
    late = Event.objects.get(name="milestone.late")
    overdue = Event.objects.get(name="milestone.overdue")
    assert late.facts["then"] == overdue.at.isoformat()
    assert overdue.facts["then"] == days_after(overdue.at, 6).isoformat()


def test_both_sides_are_told_that_the_money_is_there():
    """B15: a bank transfer arrives when the client looks elsewhere."""
    contract = make.contract("active")

    event = Event.objects.get(name="milestone.funded")

    assert (event.by_id, event.people) == (None, sorted([contract.client_id, contract.worker_id]))


def test_a_revision_that_never_comes_keeps_the_money_in_escrow():
    """CL13: what was delivered has a worth that a person must judge (decision 13)."""
    contract = make.contract("delivered")
    milestone = make.milestone(contract)
    delivering.ask_revision(milestone.pk, by=contract.client, at=NOON, reason="Shorter, please")
    for day in range(40):
        ticking.milestone(milestone.pk, at=days_after(NOON, day))

    late = Event.objects.filter(name__in=["milestone.late", "milestone.overdue"]).order_by("id")
    assert [(event.name, event.facts["rule"]) for event in late] == [
        ("milestone.late", "CL13"),
        ("milestone.overdue", "CL13"),
    ]
    assert make.milestone(contract).status == "revising"
    assert escrow.escrow_of("milestone", milestone.pk) == 60_000


def test_the_worker_may_give_the_money_back():
    contract = make.contract("active")

    ending.give_back(make.milestone(contract).pk, by=contract.worker, at=LATER, reason="I am ill")

    assert make.milestone(contract).status == "refunded"
    assert escrow.escrow_of("milestone", make.milestone(contract).pk) == 0


def request_change(contract, *, by, day=date(2026, 4, 30)):
    return changing.request(
        make.milestone(contract).pk,
        by=by,
        at=LATER,
        due_on=day,
        reason_kind="illness",
        reason="A cold",
    )


def test_an_accepted_change_moves_the_delivery_date_and_its_clock():
    """CO7"""
    contract = make.contract("active")
    change = request_change(contract, by=contract.worker)

    changing.accept(change.pk, by=contract.client, at=LATER)

    milestone = make.milestone(contract)
    assert milestone.due_on == date(2026, 4, 30)
    assert milestone.due_at == end_of_day(date(2026, 4, 30))


def test_nobody_answers_their_own_change_request():
    """CO7"""
    contract = make.contract("active")
    change = request_change(contract, by=contract.worker)

    with pytest.raises(change.DoesNotExist):
        changing.accept(change.pk, by=contract.worker, at=LATER)


def test_an_unanswered_change_request_means_no():
    """CL14"""
    contract = make.contract("active")
    change = request_change(contract, by=contract.client)

    ticking.change(change.pk, at=days_after(LATER, 7))

    change.refresh_from_db()
    assert change.status == "lapsed"
    assert make.milestone(contract).due_on == date(2026, 4, 15)


def test_an_unfunded_contract_expires_without_money():
    """CL1"""
    contract = make.contract("agreed")

    ticking.contract(contract.pk, at=days_after(NOON, 7))

    contract.refresh_from_db()
    assert contract.status == "expired"
    assert make.milestone(contract).status == "cancelled"


def test_an_unanswered_offer_lapses():
    """CL11"""
    contract = make.contract("offered")

    ticking.contract(contract.pk, at=days_after(NOON, 3))
    ticking.contract(contract.pk, at=days_after(NOON, 7))

    contract.refresh_from_db()
    assert contract.status == "lapsed"


def test_a_contract_keeps_the_rates_it_was_offered_under(settings):
    """CO9: a fee raised later changes nothing for deals already offered."""
    contract = make.contract("delivered", price=100_000)
    raised = Period(day_of(NOON), Rates(fee_tiers=((100_000, 5000),)))
    settings.RULES = replace(settings.RULES, periods=(raised,))

    delivering.accept(make.milestone(contract).pk, by=contract.client, at=NOON)

    assert queries.pay_of(make.milestone(contract)).net == 78_000


def test_a_second_contract_of_the_same_two_begins_where_they_stand(settings):
    """CO9: 60,000 were paid; of 60,000 more, 40,000 cost 20 % and 20,000 cost 10 %."""
    settings.RULES = replace(settings.RULES, is_fee_by_pair=True)
    first = make.contract("completed")
    second = make.contract("completed")
    other = make.contract("offered")

    assert [make.milestone(one).fee for one in (first, second)] == [12_000, 10_000]
    assert other.rates["fee_counts_from"] == 120_000
    sheet = Document.objects.about(second).get(kind="order_sheet").facts
    assert (sheet["fee_counts_from"], sheet["totals"]["fee"]) == (60_000, 10_000)


def test_files_beyond_the_room_of_a_contract_are_refused(settings):
    settings.RULES = replace(settings.RULES, contract_megabytes=0)
    contract = make.contract("active")
    worker = contract.worker
    file = files.store(SimpleUploadedFile("text.txt", b"words"), by=worker, at=NOON)

    with pytest.raises(Refused, match="milestone.no_room_for_files"):
        delivering.deliver(
            make.milestone(contract).pk, by=worker, at=NOON, body="Here.", files=[file]
        )
