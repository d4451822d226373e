"""Statements that PostgreSQL keeps: read and planned once for each connection, then only filled."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
import psycopg.sql
from django.db import DEFAULT_DB_ALIAS, connection, connections

_threads = threading.local()
KEPT = 500  # statements of one connection: the forms of all compiled queries together stay below


def rows(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[Any]:
    """What a statement that comes again gives. Whoever counts or watches Django's queries sees it;
    where nobody does, it costs what the driver costs."""
    ours = _ours()  # the same steps as its own cursor's, which are its inner business
    ours.close_if_health_check_failed()
    ours.ensure_connection()
    raw = ours.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold, raw.prepared_max = 0, KEPT
    found: list[Any]
    if ours.execute_wrappers or ours.queries_logged:
        with ours.wrap_database_errors, ours._prepare_cursor(psycopg.Cursor(raw)) as cursor:
            cursor.execute(statement, values)
            found = cursor.fetchall()
        return found
    ours.validate_no_broken_transaction()
    with ours.wrap_database_errors:
        found = psycopg.Cursor(raw).execute(statement, values).fetchall()
    return found


def _ours() -> Any:
    """Django's connection of this thread. To ask for it costs a sixth of a short statement."""
    try:
        return _threads.connection
    except AttributeError:
        _threads.connection = connections[DEFAULT_DB_ALIAS]
        return _threads.connection


def literal(value: Any) -> str:
    """A value as SQL, to stand in a statement with placeholders."""
    connection.ensure_connection()
    return psycopg.sql.Literal(value).as_string(connection.connection).replace("%", "%%")
