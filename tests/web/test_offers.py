"""Writing an offer through the pages: filled from the post, checked with its money, then made."""

from dataclasses import replace

import pytest
from django.urls import reverse

from enishi.contracts.models import Contract
from enishi.kit import clock
from enishi.profiles import commands as profiles
from tests import make
from tests.web.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_client(client):
    client.force_login(make.hana())
    return client


def offered_form(**changes):
    terms = make.offer_terms()
    plan = terms.milestones[0]
    values = {
        "title": terms.title,
        "content": terms.content,
        "deliverable": terms.deliverable,
        "acceptance": terms.acceptance,
        "place": terms.place,
        "inspection_days": 14,
        "revision_rounds": 2,
        "rights": "transfer",
        "confidentiality": "work",
        "ai_use": "ask",
        "milestone_1_title": plan.title,
        "milestone_1_amount": "６０，０００円",
        "milestone_1_due_on": "2027-03-01",
    }
    return values | changes


def test_the_offer_form_is_filled_from_the_post_and_the_proposal(as_client):
    """CO1"""
    proposal = make.proposal()

    answer = as_client.get(reverse("offer_new", args=[proposal.pk]))

    assert proposal.job.description in answer.content.decode()


def test_an_offer_is_made_from_what_was_typed(as_client):
    """CO1"""
    proposal = make.proposal()

    as_client.post(reverse("offer_new", args=[proposal.pk]), offered_form(act="offer"))

    contract = Contract.objects.get(proposal=proposal)
    assert (contract.status, contract.amount) == ("offered", 60_000)


def test_the_client_sees_what_both_pay_and_receive_before_anything_is_offered(as_client):
    """CO8, CO10: A 60,000; the payer is an individual, so nothing is withheld."""
    proposal = make.proposal()

    shown = as_client.post(reverse("offer_new", args=[proposal.pk]), offered_form())

    page_text = shown.content.decode()
    assert (shown.status_code, Contract.objects.count()) == (200, 0)
    assert "¥60,000" in page_text
    assert "¥46,800" in page_text  # less 12,000 fee and 1,200 tax on it
    assert "Not withheld: the client pays no salaries" in page_text


def test_withheld_tax_is_told_to_the_client_with_the_day_it_is_due(as_client, monkeypatch):
    """CO10: base 10,000, W 1,021: the client funds 9,979 and remits W by the 10th."""
    monkeypatch.setattr(clock, "now", lambda: make.NOON)
    monkeypatch.setattr(clock, "read", lambda: (make.NOON, False))
    proposal = make.proposal()
    hana = proposal.client
    profiles.present_client(by=hana, at=make.NOON, kind="organisation", payer_kind="company")
    fields = offered_form(milestone_1_amount="11,000")

    shown = as_client.post(reverse("offer_new", args=[proposal.pk]), fields).content.decode()

    assert "¥1,021" in shown
    assert "¥9,979" in shown
    assert "¥7,559" in shown
    assert "Sun 10 May 2026" in shown
    assert "Withheld: the law names this kind of pay" in shown


def test_what_was_checked_can_still_be_changed(as_client):
    proposal = make.proposal()

    back = as_client.post(
        reverse("offer_new", args=[proposal.pk]), offered_form(act="change", place="In Kyoto")
    )

    assert 'value="In Kyoto"' in back.content.decode()
    assert not Contract.objects.exists()


def test_milestones_count_in_the_order_in_which_they_were_sent(as_client):
    """A row that was taken out and filled again stands at the end of the page."""
    proposal = make.proposal()
    rows = {
        "milestone_2_title": "First",
        "milestone_2_amount": "20,000",
        "milestone_2_due_on": "2027-02-01",
        "milestone_3_title": "",
        "milestone_1_title": "Second",
        "milestone_1_amount": "30,000",
        "milestone_1_due_on": "2027-03-01",
    }
    fields = {k: v for k, v in offered_form(act="offer").items() if not k.startswith("milestone")}

    as_client.post(reverse("offer_new", args=[proposal.pk]), fields | rows)

    made = Contract.objects.get().milestones.order_by("position")
    assert [(one.title, one.amount) for one in made] == [("First", 20_000), ("Second", 30_000)]


@pytest.mark.parametrize(
    ("box", "value"),
    [
        ("milestone_1_amount", "50"),
        ("milestone_1_amount", ""),
        ("milestone_1_due_on", "2020-01-01"),
        ("inspection_days", "90"),
        ("revision_rounds", "many"),
    ],
)
def test_a_fault_of_an_offer_is_shown_at_its_box(as_client, box, value):
    proposal = make.proposal()
    fields = offered_form(act="offer") | {box: value}

    answer = as_client.post(reverse("offer_new", args=[proposal.pk]), fields)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Contract.objects.exists()


def test_line_breaks_as_browsers_send_them_are_no_difference(as_client):
    """CO2"""
    job = make.job(description="One line.\nAnother line.")
    proposal = make.proposal(to=job)
    fields = offered_form(act="offer", content="One line.\r\nAnother line.")

    as_client.post(reverse("offer_new", args=[proposal.pk]), fields)

    assert "content" not in [row["item"] for row in Contract.objects.get().differences]


def test_an_offer_with_an_empty_item_keeps_what_was_typed(as_client):
    proposal = make.proposal()

    answer = as_client.post(
        reverse("offer_new", args=[proposal.pk]),
        offered_form(place="", title="My own title", act="offer"),
    )

    assert answer.status_code == 422
    assert "My own title" in answer.content.decode()
    assert not Contract.objects.exists()


def test_a_long_relation_is_counted_in_what_the_client_is_shown(as_client, settings):
    """CO9: with 60,000 paid before, 60,000 more cost 10,000 and not 12,000."""
    settings.RULES = replace(settings.RULES, is_fee_by_pair=True)
    make.contract("completed")
    proposal = make.proposal()

    shown = as_client.post(reverse("offer_new", args=[proposal.pk]), offered_form())

    assert "¥49,000" in text(shown)
    assert "after the ¥60,000 paid before" in text(shown)
