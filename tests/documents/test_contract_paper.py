"""CO1: what two people really agree to becomes a paper that can be drawn in both languages."""

import pytest

from enishi.documents import papers, render
from enishi.documents.models import Document
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_agreed_contract_has_its_order_sheet(language):
    contract = make.contract("agreed")

    (paper,) = Document.objects.about(contract)

    assert paper.kind == "order_sheet"
    assert papers.missing(paper.facts) == []
    assert papers.contradictions(paper.facts) == []
    assert sorted(paper.parties) == sorted([contract.client_id, contract.worker_id])
    assert render.pdf(paper, language).startswith(b"%PDF-1.7")
