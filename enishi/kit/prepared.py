"""Statements that PostgreSQL keeps: read and planned once for each connection, then only filled."""

from typing import Any

import psycopg
import psycopg.sql
from django.db import connection

KEPT = 500  # statements of one connection: the forms of all compiled queries together stay below


class Prepared(psycopg.Cursor[Any]):
    """Values travel beside the statement, which is prepared when it is first met."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> "Prepared":
        return super().execute(query, params, prepare=True, **more)


def cursor() -> Any:
    """A cursor of Django's, seen by its wrappers as any other, for statements that come again."""
    ours: Any = connection  # the same steps as its own `cursor()`, which are its inner business
    ours.close_if_health_check_failed()
    ours.ensure_connection()
    raw = ours.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold, raw.prepared_max = 0, KEPT
    with ours.wrap_database_errors:
        return ours._prepare_cursor(Prepared(raw))


def literal(value: Any) -> str:
    """A value as SQL, to stand in a statement with placeholders."""
    connection.ensure_connection()
    return psycopg.sql.Literal(value).as_string(connection.connection).replace("%", "%%")
