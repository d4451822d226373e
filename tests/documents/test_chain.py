"""The papers of a market are one chain: what was issued cannot be changed, dropped or slipped in
without being found."""

import json
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import psycopg
import pytest
import typer
from django.apps import apps
from django.db import IntegrityError, connections, transaction

from enishi.cli import checks
from enishi.documents import canonical, queries, vault
from enishi.documents.chain import START, link
from enishi.documents.models import Document
from enishi.kit import postgres
from tests.waiting import until_somebody_waits

from .sheets import SHEET, sheet
from .test_commands import issued, person


def test_a_link_seals_the_one_before_it():
    """The vector is that of any SHA-256: `printf '%s%s' "$before" "$mark" | sha256sum`."""
    first = link(START, "ab" * 32)

    assert first == "ddf930076f1034e5fc5bbfc8da524477f9e196f4c834ee447d58231a97296194"
    assert link(first, "ab" * 32) != first


@pytest.mark.django_db
def test_papers_follow_each_other_without_a_gap():
    papers = [issued(person("hana")), issued(person("ren"))]

    assert [paper.position for paper in papers] == [1, 2]
    assert papers[1].chain == link(link(START, papers[0].sha256), papers[1].sha256)
    assert queries.last_link() == (2, papers[1].chain)
    assert queries.broken_link() is None


def test_a_paper_is_found_by_its_amount_and_by_names_however_they_are_spelt():
    assert vault.amount("order_sheet", SHEET) == 66_000
    assert vault.amount("delivery_note", {}) is None
    assert vault.names(SHEET) == "町の地図編集部\n髙橋𠮷乃"
    assert vault.folded("Ａｃｍｅ　商店 ") == "acme商店"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["position", "chain"])
def test_the_database_refuses_a_paper_that_does_not_follow_the_last(wrong):
    last = issued(person("hana"))
    changes = {"position": last.position + 1, "chain": link(last.chain, last.sha256)}
    forged = Document(
        number="OS-1",
        **{name: getattr(last, name) for name in ("kind", "subject_kind", "subject_id", "body")},
        **{name: getattr(last, name) for name in ("sha256", "parties", "party_names", "at")},
        **changes | {wrong: {"position": 3, "chain": last.chain}[wrong]},
    )

    with pytest.raises(IntegrityError, match="does not follow the last one"):
        forged.save()


def test_two_acts_at_once_take_places_one_after_the_other(market):
    """The second comes while the first has its paper and has not ended."""
    hana, ren = person("hana"), person("ren")

    def act():
        try:
            return issued(ren).position
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = issued(hana).position
            second = pool.submit(act)
            until_somebody_waits()
        assert [first, second.result()] == [1, 2]
    assert queries.broken_link() is None


def as_owner(cluster, *statements):
    """What only someone with the owner's rights can do, having taken the guard away."""
    with psycopg.connect(postgres.url(cluster.data, "enishi_owner")) as there:
        there.execute("alter table documents_document disable trigger all")
        for statement in statements:
            there.execute(statement)
        there.execute("alter table documents_document enable trigger all")


FORGED = canonical.text(sheet(title="Another order"))
DONE = {
    "fingerprint": "alter table documents_document"
    " drop constraint document_matches_its_fingerprint;"
    " update documents_document set body = body || ' ' where position = 2",
    "place": "delete from documents_document where position = 2",
    "chain": f"update documents_document set body = '{FORGED}',"
    f" sha256 = '{canonical.digest(FORGED)}' where position = 2",
}


@pytest.mark.parametrize("rule", DONE)
def test_the_first_broken_link_is_named(market, cluster, capsys, rule):
    hana = person("hana")
    papers = [issued(hana) for _ in range(3)]
    checks.verify_papers()
    assert capsys.readouterr().out.split() == (
        ["Papers", "whole", "Count", "3", "Last", "link", papers[2].chain]
    )

    as_owner(cluster, DONE[rule])

    fault = queries.broken_link()
    assert (fault.rule, fault.position) == (rule, 2)
    assert fault.number == papers[2 if rule == "place" else 1].number
    with pytest.raises(typer.Exit) as ended:
        checks.verify_papers(as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert (ended.value.exit_code, found["whole"], found["fault"]["rule"]) == (1, False, rule)


def test_papers_of_before_take_their_places_in_the_order_they_were_issued(market, cluster):
    papers = [issued(person(name)) for name in ("hana", "ren")]
    as_owner(
        cluster,
        "update documents_document set position = 10 - position, chain = '', amount = null,"
        " party_names = '', at = at - position * interval '1 day'",
    )
    moved = import_module("enishi.documents.migrations.0004_chain")

    with psycopg.connect(postgres.url(cluster.data, "enishi_owner")) as there:
        there.execute("alter table documents_document disable trigger all")
    with connections["owner"].schema_editor() as editor:
        moved.chained(apps, editor)
    connections["owner"].close()

    first = Document.objects.get(position=1)
    assert first.number == papers[1].number
    assert (first.amount, first.party_names) == (66_000, vault.names(SHEET))
    assert queries.broken_link() is None
