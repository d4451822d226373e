"""CO11: the papers of a milestone state everything they must, agree with themselves, are drawn in
both languages, and come from the acts that they prove."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from enishi.contracts import queries
from enishi.contracts.commands import delivering
from enishi.documents import canonical, commands, papers, render, shapes
from enishi.documents.models import Document
from enishi.kit.errors import Refused
from tests import make

from .slips import BODIES, slip
from .test_render import words_of

GOOD = "T7000012050002"
AT = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
KINDS = sorted(BODIES)
ACCEPTED = ["inspection_record", "payment_statement"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_slip_has_no_fault(kind):
    assert shapes.faults(kind, slip(kind)) == []


@pytest.mark.parametrize(
    ("kind", "item"), [(kind, item) for kind in KINDS for item in BODIES[kind]]
)
def test_each_item_is_missed(kind, item):
    lacking = slip(kind)
    del lacking[item]

    assert shapes.faults(kind, lacking) == [item]


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
        ("payment_statement", {"delivered_at": ""}, "delivered_at"),
        ("payment_statement", {"settled": {"price": 43_999, "returned": 0}}, "amount"),
        ("payment_statement", {"settled": {"price": 44_000, "returned": -1}}, "returned"),
        ("payment_statement", {"funds": 44_001}, "funds"),
        ("payment_statement", {"paid_before": -1}, "paid_before"),
        ("payment_statement", {"accepted_at": "2026-11-22T14:29:59+00:00"}, "accepted_at"),
        ("invoice", {"mode": "none"}, "mode"),
        ("invoice", {"mode": "own", "deduction": None}, "issuer"),
        ("invoice", {"issuer": {"name": "x", "registration_number": GOOD}}, "issuer"),
        ("invoice", {"by_rate": [{"rate": 1000, "amount": 44_000, "tax": 4_001}]}, "by_rate"),
        ("invoice", {"tax": 4_001}, "tax"),
        ("invoice", {"funds": 44_000}, "funds"),
        ("invoice", {"deduction": None}, "deduction"),
        ("invoice", {"supplied_on": "2026-09-30"}, "deduction"),
        ("receipt", {"amount": 0}, "amount"),
        ("payment_record", {"rows": []}, "rows"),
        ("payment_record", {"is_whole": True}, "until_on"),
        ("payment_record", {"until_on": "2027-01-01"}, "until_on"),
        ("payment_record", {"year": 2025}, "until_on"),
        ("payment_record", {"totals": {"payments": 2}}, "totals"),
    ],
)
def test_what_does_not_agree_is_named(kind, changes, wrong):
    assert wrong in shapes.faults(kind, slip(kind, **changes))


def test_moments_are_compared_as_moments():
    """14:30 in London is half an hour before midnight in Tokyo."""
    same = slip("inspection_record", accepted_at="2026-11-22T23:30:00+09:00")

    assert shapes.faults("inspection_record", same) == []


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
    "invoice": {
        "ja": [
            *("請求書", "町の地図編集部様", "10%44,000円4,000円", "源泉徴収税−4,084円"),
            *("39,916円", "区分記載請求書を発行します", "2028年9月30日(土)までの", "70%を控除"),
        ],
        "en": ["Invoice", "10%¥44,000¥4,000", "untilSat,30September2028", "70%"],
    },
    "receipt": {
        "ja": [
            "領収書",
            "39,916円",
            "縁の運営者",
            "2026年11月14日(土)10:00",
            "収入印紙はありません",
        ],
        "en": ["Receipt", "¥39,916", "Throughthepaymentprovider", "norevenuestamp"],
    },
    "payment_record": {
        "ja": [
            *("支払記録", "町の地図編集部様", "2026年に支払った", "2026年11月30日(月)までの分です"),
            *("髙橋𠮷乃", "66,000円", "6,126円"),
        ],
        "en": ["Paymentrecord", "Mon,30November2026", "¥66,000", "¥6,126"],
    },
}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_says_it_in_words_that_can_be_selected(kind, language):
    record = canonical.text(slip(kind))
    mark = canonical.digest(record)
    paper = Document(number="XX-1", kind=kind, body=record, sha256=mark, parties=[1], at=AT)

    words = words_of(render.pdf(paper, language))

    order = [] if kind == "payment_record" else ["OS-20261113-0482"]
    assert [
        shown for shown in [*SHOWN[kind][language], *order, mark[:8]] if shown not in words
    ] == []


@pytest.mark.parametrize(
    ("mode", "issuer", "words"),
    [
        ("own", "髙橋 𠮷乃", ["自分の登録番号で適格請求書", GOOD]),
        ("agent", "縁の運営者", ["媒介者交付特例", "発行者縁の運営者", GOOD]),
    ],
)
def test_a_qualified_invoice_names_its_issuer_and_number_and_needs_no_notice(mode, issuer, words):
    body = slip(
        "invoice",
        mode=mode,
        issuer={"name": issuer, "registration_number": GOOD},
        deduction=None,
    )
    record = canonical.text(body)
    mark = canonical.digest(record)
    paper = Document(number="IV-1", kind="invoice", body=record, sha256=mark, parties=[1], at=AT)

    shown = words_of(render.pdf(paper, "ja"))

    assert shapes.faults("invoice", body) == []
    assert [word for word in words if word not in shown] == []
    assert "控除" not in shown


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
    "ja": ("発注書", "納品書", "検収書", "支払明細書", "請求書", "領収書"),
    "en": (
        *("Order sheet", "Delivery note", "Inspection record", "Payment statement"),
        *("Invoice", "Receipt"),
    ),
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

    for kind, name in zip(papers.KINDS, NAMES[language], strict=False):
        address = reverse("document", args=[found[kind].pk])
        is_mine = kind != "receipt" or side == "client"
        assert (address in deal) == is_mine
        if not is_mine:
            assert client.get(address).status_code == 404
            continue
        shown = client.get(address).content.decode()
        assert f"<title>{name} {found[kind].number}" in shown
        assert found["order_sheet"].number in shown
