"""Rules that PostgreSQL itself refuses to break, written as Django constraints.

Being constraints, they are part of a model's state: editing one makes `makemigrations` write
the migration, and forgetting it fails `makemigrations --check`.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from . import money


class TriggerConstraint(models.BaseConstraint):
    """A constraint whose SQL is a trigger function of the constraint's own name."""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        raise NotImplementedError  # each subclass writes its trigger

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return f"DROP FUNCTION IF EXISTS {schema_editor.quote_name(self.name)}() CASCADE"

    def constraint_sql(  # type: ignore[override]  # None: nothing goes into CREATE TABLE
        self, model: Any, schema_editor: Any
    ) -> None:
        # Not part of CREATE TABLE: the trigger follows once the table stands.
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(
        self, model: Any, instance: Any, exclude: Any = None, using: str | None = None
    ) -> None:
        """Nothing to do: forms never choose what these triggers guard, commands do."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.deconstruct() == other.deconstruct()

    __hash__ = models.BaseConstraint.__hash__


class LegalMoves(TriggerConstraint):
    """Lets a status change only along the edges of a life cycle."""

    def __init__(self, *, name: str, field: str, start: str, edges: list[tuple[str, str]]) -> None:
        super().__init__(name=name)
        self.field, self.start = field, start
        self.edges = [tuple(edge) for edge in edges]

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        name = schema_editor.quote_name(self.name)
        column = schema_editor.quote_name(model._meta.get_field(self.field).column)
        edges = ", ".join(f"('{old}', '{new}')" for old, new in self.edges)
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF NEW.{column} = '{self.start}' THEN RETURN NEW; END IF;
                ELSIF NEW.{column} = OLD.{column}
                   OR (OLD.{column}, NEW.{column}) IN ({edges}) THEN RETURN NEW;
                END IF;
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                    MESSAGE = 'illegal move to ' || NEW.{column};
            END $$;
            CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {column} ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"field": self.field, "start": self.start, "edges": self.edges}


class AppendOnly(TriggerConstraint):
    """Rows are written once: UPDATE, DELETE and TRUNCATE fail for everyone who goes by SQL."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        name = schema_editor.quote_name(self.name)
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                    MESSAGE = TG_TABLE_NAME || ' is append-only';
            END $$;
            CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
            CREATE TRIGGER {self.name}_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """


def yen_in_range(name: str, *columns: str, signed: bool = False) -> models.CheckConstraint:
    """The database refuses a sum that can be none. A column that is empty says nothing."""
    condition = Q()
    for column in columns:
        condition &= Q(**{f"{column}__range": (-money.MOST if signed else 0, money.MOST)})
    return models.CheckConstraint(name=name, condition=condition)
