"""What PostgreSQL itself holds true of the ledger: entries balance, balances follow the lines; and
how it writes an entry."""

from typing import Any

from enishi.kit.constraints import TriggerConstraint

# A connection keeps the plan of a function's query. One that was made while the table was nearly
# empty would read the whole of it, until somebody analyses the table, however long it has become.
BY_INDEX = "SET enable_seqscan = off"


class EntryIsWhole(TriggerConstraint):
    """On Entry, checked at commit: an entry has at least two lines and they sum to zero."""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        name = schema_editor.quote_name(self.name)
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger
                LANGUAGE plpgsql {BY_INDEX} AS $$
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


class WritesEntries(TriggerConstraint):
    """On Entry: the function that writes one, so that accounts are locked for no round trip longer
    than they must. It opens the accounts that are new and locks all in the order of their ids;
    only then it looks for the key, when a twin has either committed or not begun.

    `outcome`: written, known (an entry with this key stands), not_enough or more_than_owed, with
    the account that says so and what it holds."""

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        return f"DROP FUNCTION IF EXISTS {schema_editor.quote_name(self.name)}"

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        name = schema_editor.quote_name(self.name)
        return f"""
            CREATE OR REPLACE FUNCTION {name}(
                kind_ text, idem_ text, at_ timestamptz, purpose_kind_ text, purpose_id_ bigint,
                facts_ jsonb, codes text[], amounts bigint[], floors bigint[], ceilings bigint[],
                OUT outcome text, OUT entry bigint, OUT code text, OUT held bigint
            ) LANGUAGE plpgsql {BY_INDEX} AS $$
            BEGIN
                IF (SELECT count(*) FROM escrow_account known WHERE known.code = ANY (codes))
                   < cardinality(codes) THEN
                    INSERT INTO escrow_account (code, balance, credited, floor, ceiling)
                    SELECT fresh.code, 0, 0, fresh.floor, fresh.ceiling
                      FROM unnest(codes, floors, ceilings) fresh (code, floor, ceiling)
                     ORDER BY fresh.code
                        ON CONFLICT DO NOTHING;
                END IF;
                PERFORM FROM escrow_account locked
                  WHERE locked.code = ANY (codes) ORDER BY locked.id FOR UPDATE;
                SELECT known.id INTO entry FROM escrow_entry known WHERE known.idem = idem_;
                IF FOUND THEN
                    outcome := 'known';
                    RETURN;
                END IF;
                SELECT account.code, account.balance,
                       CASE WHEN account.balance + line.amount < account.floor
                            THEN 'not_enough' ELSE 'more_than_owed' END
                  INTO code, held, outcome
                  FROM unnest(codes, amounts) WITH ORDINALITY line (code, amount, place)
                  JOIN escrow_account account ON account.code = line.code
                 WHERE account.balance + line.amount < account.floor
                    OR account.balance + line.amount > account.ceiling
                 ORDER BY line.place LIMIT 1;
                IF FOUND THEN RETURN; END IF;
                INSERT INTO escrow_entry (kind, idem, at, purpose_kind, purpose_id, facts)
                VALUES (kind_, idem_, at_, purpose_kind_, purpose_id_, facts_)
                RETURNING id INTO entry;
                INSERT INTO escrow_line (entry_id, account_id, amount, at, after, credited)
                SELECT entry, account.id, line.amount, at_, account.balance + line.amount,
                       account.credited + greatest(line.amount, 0)
                  FROM unnest(codes, amounts) WITH ORDINALITY line (code, amount, place)
                  JOIN escrow_account account ON account.code = line.code
                 ORDER BY line.place;
                outcome := 'written';
            END $$;
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
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger
                LANGUAGE plpgsql {BY_INDEX} AS $$
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
                {self._moved()}
                {self._said() if self.says else ""}
                RETURN NULL;
            END $$;
            CREATE TRIGGER {name} AFTER INSERT ON {model._meta.db_table}
                REFERENCING NEW TABLE AS fresh
                FOR EACH STATEMENT EXECUTE FUNCTION {name}();
        """

    def _moved(self) -> str:
        if not self.says:
            return """UPDATE escrow_account account SET balance = account.balance + moved.amount
                  FROM (SELECT account_id, sum(amount) AS amount FROM fresh GROUP BY 1) moved
                 WHERE account.id = moved.account_id;"""
        return """UPDATE escrow_account account
                   SET balance = account.balance + moved.amount,
                       credited = account.credited + moved.credit
                  FROM (SELECT account_id, sum(amount) AS amount, sum(greatest(amount, 0)) AS credit
                          FROM fresh GROUP BY 1) moved
                 WHERE account.id = moved.account_id;"""

    def _said(self) -> str:
        """Of several lines to one account in a statement the last says the sums."""
        return f"""
                IF EXISTS (
                    SELECT FROM fresh JOIN escrow_entry entry ON entry.id = fresh.entry_id
                     WHERE entry.at <> fresh.at
                ) OR EXISTS (
                    SELECT FROM (SELECT DISTINCT ON (account_id) account_id, after, credited
                                   FROM fresh ORDER BY account_id, id DESC) said
                      JOIN escrow_account account ON account.id = said.account_id
                     WHERE (account.balance, account.credited) <> (said.after, said.credited)
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = 'check_violation',
                        CONSTRAINT = '{self.name}',
                        MESSAGE = 'a line says the time of its entry and the sums after it';
                END IF;"""


class BalanceFollowsLines(TriggerConstraint):
    """On Account: it opens empty, and nothing but the lines' own trigger ever changes it. What is
    fixed stays as it was opened."""

    def __init__(self, *, name: str, fixed: list[str], sums: list[str] | None = None) -> None:
        super().__init__(name=name)
        self.fixed, self.sums = list(fixed), list(sums or ["balance"])

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"fixed": self.fixed, "sums": self.sums}

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        name = schema_editor.quote_name(self.name)
        empty = " AND ".join(f"NEW.{column} = 0" for column in self.sums)
        new, old = (
            ", ".join(f"{row}.{column}" for column in ["id", *self.fixed]) for row in ("NEW", "OLD")
        )
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF {empty} THEN RETURN NEW; END IF;
                ELSIF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1
                  AND ({new}) IS NOT DISTINCT FROM ({old}) THEN RETURN NEW;
                END IF;
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                    MESSAGE = 'a balance changes by ledger lines only';
            END $$;
            CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {model._meta.db_table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """
