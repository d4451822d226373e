"""What the role of web, worker and stream may do: read and write rows, never rewrite the records.

The tables of AppendOnly models are guarded twice: by their trigger, and by a right never given.
"""

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from .constraints import AppendOnly
from .postgres import APP

RIGHTS = (
    f"GRANT USAGE ON SCHEMA public TO {APP}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP}",
    f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP}",
    f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {APP}",
)


def grant(connection: BaseDatabaseWrapper) -> None:
    """Give the app role its rights; called by the owner after every migrate. Does nothing in a
    foreign database that has no such role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP])
        if cursor.fetchone() is None:
            return
        for statement in RIGHTS:
            cursor.execute(statement)
        for model in append_only_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP}")


def append_only_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if any(map(_appends, model._meta.constraints))]


def _appends(constraint: models.BaseConstraint) -> bool:
    return isinstance(constraint, AppendOnly)
