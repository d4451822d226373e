"""What PostgreSQL itself holds true of the ledger: entries balance, balances follow the lines."""

from typing import Any

from enishi.kit.constraints import TriggerConstraint


class EntryIsWhole(TriggerConstraint):
    """On Entry, checked at commit: an entry has at least two lines and they sum to zero."""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        name = schema_editor.quote_name(self.name)
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT count(*) < 2 OR sum(amount) <> 0
                      FROM escrow_line WHERE entry_id = NEW.id) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                        CONSTRAINT = '{self.name}',
                        MESSAGE = 'entry ' || NEW.id || ' does not balance';
                END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON {model._meta.db_table}
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}();
        """


class LinesMoveBalances(TriggerConstraint):
    """On Line: an entry's lines come in one statement, balance, and move the accounts' balances.
    `says`: what a line repeats must be true, its entry's time and the balance after it."""

    def __init__(self, *, name: str, says: list[str] | None = None) -> None:
        super().__init__(name=name)
        self.says = list(says or ())

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | ({"says": self.says} if self.says else {})

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        name = schema_editor.quote_name(self.name)
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (
                    SELECT FROM fresh GROUP BY entry_id HAVING sum(amount) <> 0
                ) OR EXISTS (
                    SELECT FROM escrow_line line
                     WHERE line.entry_id IN (SELECT entry_id FROM fresh)
                       AND line.id NOT IN (SELECT id FROM fresh)
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                        CONSTRAINT = '{self.name}',
                        MESSAGE = 'the lines of an entry come at once and sum to zero';
                END IF;
                UPDATE escrow_account account SET balance = account.balance + moved.amount
                  FROM (SELECT account_id, sum(amount) AS amount FROM fresh GROUP BY 1) moved
                 WHERE account.id = moved.account_id;
                {self._said() if self.says else ""}
                RETURN NULL;
            END $$;
            CREATE TRIGGER {name} AFTER INSERT ON {model._meta.db_table}
                REFERENCING NEW TABLE AS fresh
                FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """

    def _said(self) -> str:
        """Of several lines to one account in a statement the last says the balance."""
        return f"""
                IF EXISTS (
                    SELECT FROM fresh JOIN escrow_entry entry ON entry.id = fresh.entry_id
                     WHERE entry.at <> fresh.at
                ) OR EXISTS (
                    SELECT FROM (SELECT DISTINCT ON (account_id) account_id, after
                                   FROM fresh ORDER BY account_id, id DESC) said
                      JOIN escrow_account account ON account.id = said.account_id
                     WHERE account.balance <> said.after
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                        CONSTRAINT = '{self.name}',
                        MESSAGE = 'a line says the time of its entry and the balance after it';
                END IF;"""


class BalanceFollowsLines(TriggerConstraint):
    """On Account: it opens empty, and nothing but the lines' own trigger ever changes it. What is
    fixed stays as it was opened."""

    def __init__(self, *, name: str, fixed: list[str]) -> None:
        super().__init__(name=name)
        self.fixed = list(fixed)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"fixed": self.fixed}

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        name = schema_editor.quote_name(self.name)
        new, old = (
            ", ".join(f"{row}.{column}" for column in ["id", *self.fixed]) for row in ("NEW", "OLD")
        )
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF NEW.balance = 0 THEN RETURN NEW; END IF;
                ELSIF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
                  AND ({new}) IS NOT DISTINCT FROM ({old}) THEN RETURN NEW;
                END IF;
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                    MESSAGE = 'a balance changes by ledger lines only';
            END $$;
            CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {model._meta.db_table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """
