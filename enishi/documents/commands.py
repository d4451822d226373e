"""Papers are issued inside the transaction of the act they prove, and never changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import Model

from enishi.kit.days import day_of
from enishi.kit.errors import Refused

from . import canonical, papers, shapes, vault
from .chain import START, link
from .models import Document

CHAIN = 0x7061706572  # any fixed number: the advisory lock that lets one paper follow another


def issue(
    kind: str,
    subject: Model,
    *,
    body: Mapping[str, Any],
    parties: Iterable[Model | int],
    at: datetime,
) -> Document:
    """Write a paper about a subject for its parties. The caller holds the subject's lock, so
    that two papers of one kind cannot take the same number, and every other lock it needs: from
    here to its end the transaction stands in the way of every other that issues a paper."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a paper belongs to the act that it proves")
    _check(kind, body)
    record = canonical.text(body)
    mark, number = canonical.digest(record), _number(kind, subject, at)
    position, before = _last()
    return Document.objects.create(
        number=number,
        kind=kind,
        subject_kind=subject._meta.model_name or "",
        subject_id=str(subject.pk),
        body=record,
        sha256=mark,
        parties=sorted({party if isinstance(party, int) else party.pk for party in parties}),
        amount=vault.amount(kind, body),
        party_names=vault.names(body),
        at=at,
        position=position + 1,
        chain=link(before, mark),
    )


def _last() -> tuple[int, str]:
    """Place and link of the last paper, which nobody can follow before this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [CHAIN])
    # Asked only under the lock: whoever held it before has either committed a paper or none.
    found = Document.objects.order_by("-position").values_list("position", "chain")
    return found.first() or (0, START)


def _check(kind: str, body: Mapping[str, Any]) -> None:
    if kind != "order_sheet":
        if wrong := shapes.faults(kind, body):
            raise Refused.because("document.contradictory", items=", ".join(wrong))
        return
    if lacking := papers.missing(body):
        raise Refused.because("document.incomplete", items=", ".join(lacking))
    if wrong := papers.contradictions(cast(papers.OrderSheet, body)):
        raise Refused.because("document.contradictory", items=", ".join(wrong))


def _number(kind: str, subject: Model, at: datetime) -> str:
    """OS-20261113-0482: kind, day, subject; a second paper of the same kind ends in -2."""
    earlier = Document.objects.about(subject).filter(kind=kind).count()
    number = f"{papers.KINDS[kind].prefix}-{day_of(at):%Y%m%d}-{subject.pk:04d}"
    return f"{number}-{earlier + 1}" if earlier else number
