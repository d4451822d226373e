"""What PostgreSQL itself holds true of the vault: its papers are one chain without a gap."""

from typing import Any

from enishi.kit.constraints import TriggerConstraint

from .chain import START


class FollowsTheLast(TriggerConstraint):
    """On Document: a paper takes the place after one that stands, and seals its link. That nobody
    else has taken that place is the unique constraint's part."""

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        name = schema_editor.quote_name(self.name)
        return f"""
            CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                sealed text;
            BEGIN
                IF NEW.position = 1 THEN sealed := '{START}';
                ELSE SELECT chain INTO sealed FROM {table} WHERE position = NEW.position - 1;
                END IF;
                IF NEW.chain = encode(
                    sha256(convert_to(sealed || NEW.sha256, 'UTF8')), 'hex'
                ) THEN RETURN NEW; END IF;
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{self.name}',
                    MESSAGE = 'paper ' || NEW.number || ' does not follow the last one';
            END $$;
            CREATE TRIGGER {name} BEFORE INSERT ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """
