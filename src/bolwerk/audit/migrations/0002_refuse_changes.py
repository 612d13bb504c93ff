"""The database itself refuses to change the trail: whatever the application does, lines are only ever added at the end.

An owner of the database can still drop these triggers. That is what `bolwerk audit verify` and anchors are for.
Rebuilding one of the two tables on SQLite drops its triggers: a migration that alters them must call `refuse` again.
"""

from django.db import migrations

REFUSED = "The trail cannot be changed: lines are only added at its end."

SQLITE = {
    "audit_line_follows": f"""
        BEFORE INSERT ON audit_line
        WHEN NOT EXISTS (SELECT 1 FROM audit_head
                         WHERE id = 1 AND sequence = NEW.sequence - 1 AND hash = NEW.previous_hash)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    "audit_line_moves_head": """
        AFTER INSERT ON audit_line
        BEGIN UPDATE audit_head SET sequence = NEW.sequence, hash = NEW.hash WHERE id = 1; END""",
    "audit_line_no_update": f"BEFORE UPDATE ON audit_line BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "audit_line_no_delete": f"BEFORE DELETE ON audit_line BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    "audit_head_begins_once": f"""
        BEFORE INSERT ON audit_head
        WHEN NEW.sequence <> 0 OR EXISTS (SELECT 1 FROM audit_line) OR EXISTS (SELECT 1 FROM audit_head)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    "audit_head_follows_lines": f"""
        BEFORE UPDATE ON audit_head
        WHEN NEW.id <> OLD.id OR NEW.sequence <> OLD.sequence + 1
             OR NOT EXISTS (SELECT 1 FROM audit_line
                            WHERE sequence = NEW.sequence AND hash = NEW.hash AND previous_hash = OLD.hash)
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    "audit_head_no_delete": f"BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
}

POSTGRES_FUNCTIONS = f"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION audit_check_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_line WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous_hash)
       OR EXISTS (SELECT 1 FROM audit_head WHERE sequence = NEW.sequence - 1 AND hash = NEW.previous_hash) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION audit_move_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE audit_head SET sequence = last.sequence, hash = last.hash
    FROM (SELECT sequence, hash FROM audit_line ORDER BY sequence DESC LIMIT 1) AS last
    WHERE id = 1 AND audit_head.sequence < NEW.sequence;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_check_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.sequence = 0 AND NOT EXISTS (SELECT 1 FROM audit_line) THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.id = OLD.id AND NEW.sequence > OLD.sequence
          AND EXISTS (SELECT 1 FROM audit_line WHERE sequence = NEW.sequence AND hash = NEW.hash) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
# The head moves once, when the transaction commits: moving it with every line would leave as many dead rows as lines,
# and a transaction that writes thousands of lines would search through all of them for each next one.
POSTGRES = {
    "audit_line_follows": "BEFORE INSERT ON audit_line FOR EACH ROW EXECUTE FUNCTION audit_check_line()",
    "audit_line_no_change": "BEFORE UPDATE OR DELETE ON audit_line FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_line_no_truncate": "BEFORE TRUNCATE ON audit_line EXECUTE FUNCTION audit_refuse()",
    "audit_line_moves_head": "AFTER INSERT ON audit_line DEFERRABLE INITIALLY DEFERRED "
    "FOR EACH ROW EXECUTE FUNCTION audit_move_head()",
    "audit_head_follows_lines": "BEFORE INSERT OR UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_check_head()",
    "audit_head_no_delete": "BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_head_no_truncate": "BEFORE TRUNCATE ON audit_head EXECUTE FUNCTION audit_refuse()",
}


def refusals(vendor):
    """The statements that make the database refuse."""
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items()]
    kinds = {name: "CONSTRAINT TRIGGER" if "DEFERRABLE" in body else "TRIGGER" for name, body in POSTGRES.items()}
    return [POSTGRES_FUNCTIONS, *(f"CREATE {kinds[name]} {name} {body}" for name, body in POSTGRES.items())]


def removals(vendor):
    """The statements that take the refusals away: for a migration back, and for tests that play the owner."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name in SQLITE]
    triggers = [f"DROP TRIGGER {name} ON {name[:10]}" for name in POSTGRES]  # the first ten signs name the table
    return [*triggers, "DROP FUNCTION audit_refuse, audit_check_line, audit_move_head, audit_check_head"]


def refuse(apps, schema_editor):
    """Lay the triggers."""
    for statement in refusals(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def allow(apps, schema_editor):
    """Take them away again."""
    for statement in removals(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
