"""The app role cannot rewrite the records, even where their triggers would be gone."""

import pytest
from django.db import connection, connections
from django.db.utils import ProgrammingError

from enishi.kit import roles


def tables():
    """With the name of their key."""
    models = roles.append_only_models()
    return sorted((model._meta.db_table, model._meta.pk.column) for model in models)


def test_there_are_records_to_protect():
    assert ("events_event", "id") in tables()


@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_app_role_may_not_rewrite_any_append_only_table(db, verb):
    from django.db import transaction

    for table, key in tables():
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(verb.format(table, *[key] * 2))


def test_every_table_may_be_read_by_the_app_role(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace "
            "AND NOT has_table_privilege(oid, 'SELECT, INSERT')"
        )
        assert cursor.fetchall() == []


def test_granting_twice_changes_nothing(market):
    roles.grant(connections["owner"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('events_event', 'UPDATE')")
        assert cursor.fetchone() == (False,)
