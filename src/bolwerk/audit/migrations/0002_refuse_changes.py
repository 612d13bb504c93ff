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

CREATE FUNCTION audit_add_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE audit_head SET sequence = NEW.sequence, hash = NEW.hash
    WHERE id = 1 AND sequence = NEW.sequence - 1 AND hash = NEW.previous_hash;
    IF NOT FOUND THEN
        RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_check_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.sequence = 0 AND NOT EXISTS (SELECT 1 FROM audit_line) THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.id = OLD.id AND NEW.sequence = OLD.sequence + 1 AND EXISTS (
        SELECT 1 FROM audit_line
        WHERE sequence = NEW.sequence AND hash = NEW.hash AND previous_hash = OLD.hash
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
POSTGRES = {
    "audit_line_moves_head": ("audit_line", "AFTER INSERT", "FOR EACH ROW", "audit_add_line"),
    "audit_line_no_change": ("audit_line", "BEFORE UPDATE OR DELETE", "FOR EACH ROW", "audit_refuse"),
    "audit_line_no_truncate": ("audit_line", "BEFORE TRUNCATE", "FOR EACH STATEMENT", "audit_refuse"),
    "audit_head_follows_lines": ("audit_head", "BEFORE INSERT OR UPDATE", "FOR EACH ROW", "audit_check_head"),
    "audit_head_no_delete": ("audit_head", "BEFORE DELETE", "FOR EACH ROW", "audit_refuse"),
    "audit_head_no_truncate": ("audit_head", "BEFORE TRUNCATE", "FOR EACH STATEMENT", "audit_refuse"),
}


def refusals(vendor):
    """The statements that make the database refuse."""
    if vendor == "sqlite":
        return [f"CREATE TRIGGER {name} {body}" for name, body in SQLITE.items()]
    return [POSTGRES_FUNCTIONS] + [
        f"CREATE TRIGGER {name} {moment} ON {table} {each} EXECUTE FUNCTION {function}()"
        for name, (table, moment, each, function) in POSTGRES.items()
    ]


def removals(vendor):
    """The statements that take the refusals away: for a migration back, and for tests that play the owner."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER {name}" for name in SQLITE]
    triggers = [f"DROP TRIGGER {name} ON {table}" for name, (table, *_) in POSTGRES.items()]
    return [*triggers, "DROP FUNCTION audit_refuse, audit_add_line, audit_check_head"]


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
