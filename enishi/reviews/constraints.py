"""A review stands as it was written: PostgreSQL refuses all changes but publishing and a reply."""

from collections.abc import Sequence
from typing import Any

from enishi.kit.constraints import TriggerConstraint


class StandsAsWritten(TriggerConstraint):
    """`fixed` columns never change, `once` columns only until filled; no row is deleted."""

    def __init__(self, *, name: str, fixed: Sequence[str], once: Sequence[str]) -> None:
        super().__init__(name=name)
        self.fixed, self.once = list(fixed), list(once)

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        quote = schema_editor.quote_name
        table, name = quote(model._meta.db_table), quote(self.name)
        fixed = [quote(model._meta.get_field(field).column) for field in self.fixed]
        once = [quote(model._meta.get_field(field).column) for field in self.once]
        changed = [f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in fixed]
        changed += [
            f"(OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})"
            for column in once
        ]
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NOT ({" OR ".join(changed)}) THEN RETURN NEW; END IF;
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                    MESSAGE = TG_TABLE_NAME || ' stands as it was written';
            END $$;
            CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"fixed": self.fixed, "once": self.once}
