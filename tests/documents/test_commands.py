"""A paper is issued once, with a number, and nobody can change it afterwards."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from enishi.accounts.models import Account
from enishi.documents import commands, render
from enishi.documents.chain import link
from enishi.documents.models import Document
from enishi.kit.errors import Refused

from .sheets import SHEET, sheet

AT = datetime(2026, 11, 13, 15, 30, tzinfo=UTC)  # the 14th in Tokyo

pytestmark = pytest.mark.django_db


def person(name):
    return Account.objects.create_user(f"{name}@example.jp", name=name, joined_at=AT)


def issued(*parties, body=SHEET):
    parties = parties or (person("hana"), person("ren"))
    with transaction.atomic():
        return commands.issue("order_sheet", parties[0], body=body, parties=parties, at=AT)


def test_a_paper_states_its_record_and_fingerprint():
    document = issued()

    assert document.facts == SHEET
    assert render.verified(document)
    assert (document.subject_kind, document.at) == ("account", AT)


def test_the_number_names_the_day_in_tokyo_and_the_subject():
    hana, ren = person("hana"), person("ren")

    first, second = issued(hana, ren), issued(hana, ren)

    assert first.number == f"OS-20261114-{hana.pk:04d}"
    assert second.number == f"OS-20261114-{hana.pk:04d}-2"
    assert list(Document.objects.about(hana)) == [first, second]


def test_only_the_parties_see_it():
    hana, ren, sora = person("hana"), person("ren"), person("sora")
    document = issued(hana, ren)

    assert [Document.objects.seen_by(who).count() for who in (hana, ren, sora)] == [1, 1, 0]
    assert document.parties == sorted([hana.pk, ren.pk])


def test_an_order_that_lacks_an_item_is_refused():
    with pytest.raises(Refused, match=r"document\.incomplete") as refusal:
        issued(body=sheet(content=" "))

    assert refusal.value.facts == {"items": "content"}


def test_an_order_whose_sums_disagree_is_refused():
    with pytest.raises(Refused, match=r"document\.contradictory"):
        issued(body=sheet(totals=SHEET["totals"] | {"amount": 66_001}))


@pytest.mark.parametrize(
    "statement", ["update documents_document set number = 'x'", "delete from documents_document"]
)
def test_a_paper_cannot_be_changed_even_by_sql(statement):
    issued()

    refused = pytest.raises(DatabaseError, match=r"append-only|permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_a_record_that_does_not_match_its_fingerprint():
    document = issued()
    forged = Document(
        number="OS-1",
        kind="order_sheet",
        subject_kind="account",
        subject_id="1",
        body=document.body.replace("66000", "66001"),
        sha256=document.sha256,
        parties=document.parties,
        at=AT,
        position=2,
        chain=link(document.chain, document.sha256),
        party_names="",
    )

    with pytest.raises(IntegrityError, match="document_matches_its_fingerprint"):
        forged.save()
