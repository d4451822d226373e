"""A hire that is played again writes papers that the database takes."""

import uuid

import pytest
from django.db import connection

from benchmarks.replay import Vault
from enishi.documents import queries
from tests.documents.test_commands import issued


@pytest.mark.django_db
def test_a_paper_played_again_follows_the_one_before():
    seen = []

    def watch(execute, sql, params, many, context):
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        first = issued()
    (insert,) = [(sql, params) for sql, params in seen if sql.startswith('INSERT INTO "documents')]
    fresh = [
        {first.pk: uuid.uuid4(), first.number: "XX-2"}.get(p, p)
        if isinstance(p, str | uuid.UUID)
        else p
        for p in insert[1]
    ]

    played = Vault(first.position, first.chain).signed(insert[0], fresh)
    with connection.cursor() as cursor:
        cursor.execute(insert[0], played)

    assert queries.last_link()[0] == 2
    assert queries.broken_link() is None
