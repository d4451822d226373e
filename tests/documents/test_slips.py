"""CO11: the papers of a milestone state everything they must, agree with themselves, are drawn in
both languages, and come from the acts that they prove."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from enishi.contracts import queries
from enishi.contracts.commands import delivering
from enishi.documents import canonical, commands, papers, render, slips
from enishi.documents.models import Document
from enishi.kit.errors import Refused
from tests import make

from .slips import BODIES, slip
from .test_render import words_of

AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
KINDS = sorted(BODIES)
ACCEPTED = ["inspection_record", "payment_statement"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_slip_has_no_fault(kind):
    assert slips.faults(kind, slip(kind)) == []


@pytest.mark.parametrize(
    ("kind", "item"), [(kind, item) for kind in KINDS for item in BODIES[kind]]
)
def test_each_item_is_missed(kind, item):
    lacking = slip(kind)
    del lacking[item]

    assert slips.faults(kind, lacking) == [item]


@pytest.mark.parametrize(
    ("kind", "changes", "wrong"),
    [
        ("delivery_note", {"delivery": 0}, "delivery"),
        ("delivery_note", {"body": " \n", "files": []}, "body"),
        ("inspection_record", {"accepted_by": "nobody"}, "accepted_by"),
        ("inspection_record", {"revisions": -1}, "revisions"),
        ("inspection_record", {"delivery": 0}, "delivery"),
        ("inspection_record", {"accepted_at": "2026-11-22T23:29:59+09:00"}, "accepted_at"),
        ("payment_statement", {"net": 1}, "net"),
        ("payment_statement", {"funds": 44_001}, "funds"),
        ("payment_statement", {"paid_before": -1}, "paid_before"),
        ("payment_statement", {"accepted_at": "2026-11-22T14:29:59+00:00"}, "accepted_at"),
    ],
)
def test_what_does_not_agree_is_named(kind, changes, wrong):
    assert wrong in slips.faults(kind, slip(kind, **changes))


def test_moments_are_compared_as_moments():
    """14:30 in London is half an hour before midnight in Tokyo."""
    same = slip("inspection_record", accepted_at="2026-11-22T23:30:00+09:00")

    assert slips.faults("inspection_record", same) == []


@pytest.mark.django_db
def test_a_slip_with_faults_is_not_issued():
    contract = make.contract("agreed")

    with transaction.atomic(), pytest.raises(Refused) as refused:
        commands.issue(
            "payment_statement",
            contract,
            body=slip("payment_statement", net=1),
            parties=[contract.client],
            at=AT,
        )

    assert refused.value.code == "document.contradictory"
    assert not Document.objects.filter(kind="payment_statement").exists()


SHOWN = {
    "delivery_note": {
        "ja": ["納品書", "2026年12月6日(日)24時", "直した原稿です。#table(1)*太字*", "48,213B"],
        "en": ["Deliverynote", "Sun,6December2026,24:00(Tokyo)", "記事1.docx"],
    },
    "inspection_record": {
        "ja": ["検収書", "2026年11月25日(水)10:00", "検収した人クライアント", "44,000円"],
        "en": ["Inspectionrecord", "AcceptedbyTheclient", "¥44,000"],
    },
    "payment_statement": {
        "ja": ["支払明細書", "髙橋𠮷乃様", "30,236円", "うち消費税4,000円", "2026年12月10日(木)"],
        "en": ["Paymentstatement", "¥30,236", "paidbeforeonthiscontract:¥0"],
    },
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_says_it_in_words_that_can_be_selected(kind, language):
    record = canonical.text(slip(kind))
    mark = canonical.digest(record)
    paper = Document(number="XX-1", kind=kind, body=record, sha256=mark, parties=[1], at=AT)

    words = words_of(render.pdf(paper, language))

    for shown in [*SHOWN[kind][language], "OS-20261113-0482", mark[:8]]:
        assert shown in words


def papers_of(contract):
    return {paper.kind: paper for paper in Document.objects.about(contract)}


@pytest.mark.django_db
def test_a_delivery_leaves_a_note_and_each_round_another():
    contract = make.contract("delivered")
    (part,) = contract.milestones.all()
    delivering.ask_revision(part.pk, by=contract.client, at=make.NOON, reason="Shorter")
    delivering.deliver(part.pk, by=contract.worker, at=make.NOON, body="Shorter now")

    first, second = Document.objects.about(contract).filter(kind="delivery_note")

    assert second.number == f"{first.number}-2"
    assert (first.facts["delivery"], second.facts["delivery"]) == (1, 2)
    assert second.facts["body"] == "Shorter now"
    assert sorted(second.parties) == sorted([contract.client_id, contract.worker_id])


@pytest.mark.django_db
def test_an_acceptance_leaves_its_record_and_what_the_payment_is_made_of():
    contract = make.contract("delivered")
    (part,) = contract.milestones.all()
    pay = queries.pay_of(part)

    delivering.accept(part.pk, by=contract.client, at=make.NOON + timedelta(days=1))

    found = papers_of(contract)
    assert found["inspection_record"].facts["accepted_by"] == "client"
    statement = found["payment_statement"].facts
    assert (statement["amount"], statement["net"]) == (part.amount, pay.net)
    assert statement["paid_before"] == 0
    assert statement["order_number"] == found["order_sheet"].number


@pytest.mark.django_db
def test_a_deemed_acceptance_says_that_the_rules_accepted():
    contract = make.contract("delivered")
    (part,) = contract.milestones.all()
    part.contract = contract

    delivering.deem(part, at=part.due_at)

    assert papers_of(contract)["inspection_record"].facts["accepted_by"] == "rules"


NAMES = {
    "ja": ("発注書", "納品書", "検収書", "支払明細書"),
    "en": ("Order sheet", "Delivery note", "Inspection record", "Payment statement"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("side", ["client", "worker"])
def test_each_side_reads_every_paper_from_the_page_of_the_deal(client, side, language):
    contract = make.contract("completed")
    reader = getattr(contract, side)
    reader.language = language
    reader.save(update_fields=["language"])
    client.force_login(reader)
    found = papers_of(contract)

    deal = client.get(reverse("contract", args=[contract.pk])).content.decode()

    for kind, name in zip(papers.KINDS, NAMES[language], strict=True):
        address = reverse("document", args=[found[kind].pk])
        assert address in deal
        shown = client.get(address).content.decode()
        assert f"<title>{name} {found[kind].number}" in shown
        assert found["order_sheet"].number in shown
