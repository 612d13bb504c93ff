"""The database out and in, to the microsecond and the byte, as it was at one moment.

SQLite: its own online backup, a copy of the file while others write. PostgreSQL: COPY of every table in one REPEATABLE
READ snapshot. Not pg_dump: its version must match that of the server, and a machine with only our wheels has none. Not
Django's dumpdata: it rounds moments to milliseconds, and the trail would no longer verify.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from psycopg import sql

from bolwerk.config.backups.archive import PIECE, Member

EMBEDDED = "database.sqlite3"
TABLES = "tables/"
PART = 1024 * 1024  # bytes of a table that are held in memory at once
APPLIED = "SELECT app, name FROM django_migrations"
OWN_TABLES = """SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname"""


class CannotLoadError(Exception):
    """A database cannot be put back here. The message is a sentence."""


class Snapshot:
    """The database at one moment: what is in it, and its bytes."""

    about: dict[str, Any]

    def members(self) -> Iterator[Member]:
        """The bytes, as members of an archive."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of it."""
        raise NotImplementedError


class EmbeddedSnapshot(Snapshot):
    """A copy of the embedded database in a file of its own."""

    def __init__(self, copy: Path) -> None:
        self.copy = copy
        source = str(connection.settings_dict["NAME"])
        try:
            with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as kept:
                live.backup(kept)
                kept.execute("PRAGMA journal_mode=DELETE")
                whole = kept.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
                self.about = {"vendor": "sqlite", "applied": kept.execute(APPLIED).fetchall()}
        except sqlite3.Error as error:  # a full disk, too
            raise CannotLoadError(
                _("The embedded database could not be copied (%(error)s).") % {"error": error}
            ) from error
        if not whole:
            raise CannotLoadError(_("The embedded database is damaged: put an earlier backup back."))

    def members(self) -> Iterator[Member]:
        yield file_member(EMBEDDED, self.copy)

    def close(self) -> None:
        self.copy.unlink(missing_ok=True)


class ServerSnapshot(Snapshot):
    """A transaction of its own on PostgreSQL, in which nothing moves any more."""

    def __init__(self) -> None:
        self.link = psycopg.connect(**connection.get_connection_params())
        self.link.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self.link.read_only = True
        self.tables: list[tuple[str, list[str]]] = self.link.execute(OWN_TABLES).fetchall()
        counters = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value > 0"
        self.about = {
            "vendor": "postgresql",
            "applied": [list(row) for row in self.link.execute(APPLIED).fetchall()],
            "tables": dict(self.tables),
            "counters": dict(self.link.execute(counters).fetchall()),
        }

    def members(self) -> Iterator[Member]:
        for name, columns in self.tables:
            for number, part in enumerate(self._parts(name, columns)):
                yield Member(f"{TABLES}{name}/{number:06}", len(part), [part])

    def _parts(self, table: str, columns: list[str]) -> Iterator[bytes]:
        """The rows of a table as COPY writes them, in parts that fit in memory."""
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        waiting = bytearray()
        with self.link.cursor() as cursor:
            statement = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), names)
            with cursor.copy(statement) as rows:
                for row in rows:
                    waiting += row
                    if len(waiting) >= PART:
                        yield bytes(waiting)
                        waiting.clear()
        if waiting:
            yield bytes(waiting)

    def close(self) -> None:
        self.link.close()


def snapshot(workshop: Path) -> Snapshot:
    """The database as it is now."""
    return EmbeddedSnapshot(workshop / EMBEDDED) if connection.vendor == "sqlite" else ServerSnapshot()


def file_member(name: str, path: Path) -> Member:
    """A file as a member. Its size is fixed here; the bytes are read when they are asked for."""
    return Member(name, path.stat().st_size, pieces_of(path))


def pieces_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file, some at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def check_fits(about: dict[str, Any]) -> None:
    """Raise CannotLoadError when this database cannot become the one of an archive: another kind, in use, or older."""
    if about["vendor"] != connection.vendor:
        raise CannotLoadError(
            _(
                "The archive is of %(theirs)s, this installation is on %(ours)s: set "
                "BOLWERK_DATABASE_URL as it was when the backup was made."
            )
            % {"theirs": about["vendor"], "ours": connection.vendor}
        )
    known = set(MigrationExecutor(connection).loader.disk_migrations)
    if newer := [f"{app} {name}" for app, name in about["applied"] if (app, name) not in known]:
        raise CannotLoadError(
            _("The archive was made by a newer version (it knows %(newer)s): install that one first.")
            % {"newer": newer[0]}
        )
    if connection.vendor != "sqlite" and connection.introspection.table_names():
        raise CannotLoadError(_("The database has tables already. Nothing is overwritten: give an empty database."))


def load_embedded(copy: Path) -> None:
    """Make a restored copy the database of this installation, and bring it to this version."""
    connections.close_all()
    copy.replace(str(connection.settings_dict["NAME"]))
    call_command("migrate", verbosity=0)


def load_tables(folder: Path, about: dict[str, Any]) -> None:
    """Build the tables as they were when the backup was made, fill them, and bring them to this version."""
    try:
        MigrationExecutor(connection).migrate(_last_of(about["applied"]))
        _fill_all(folder, about)
        call_command("migrate", verbosity=0)
    except DatabaseError as error:
        raise CannotLoadError(
            _("PostgreSQL refused the tables (%(error)s). Drop this database, make an empty one, try again.")
            % {"error": type(error).__name__}
        ) from error


def _fill_all(folder: Path, about: dict[str, Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        names = list(about["tables"])
        for name in names:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(name)} DISABLE TRIGGER USER")
        for name in names:  # what migrations put in is in the archive too
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608  names of our own tables
        for name, columns in about["tables"].items():
            _fill(cursor, name, columns, sorted((folder / TABLES / name).glob("*")))
        for counter, value in about["counters"].items():
            cursor.execute("SELECT setval(%s::regclass, %s)", [connection.ops.quote_name(counter), value])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(name)} ENABLE TRIGGER USER")


def _fill(cursor: Any, table: str, columns: list[str], parts: list[Path]) -> None:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with cursor.copy(f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN") as rows:
        for part in parts:
            for piece in pieces_of(part):
                rows.write(piece)


def _last_of(applied: list[list[str]]) -> list[tuple[str, str]]:
    """The last migration of each app that had been applied: to go there is to have exactly these tables."""
    done = {(app, name) for app, name in applied}
    graph = MigrationExecutor(connection).loader.graph
    return [node for node in sorted(done & set(graph.nodes)) if not any(child in done for child in _after(graph, node))]


def _after(graph: Any, node: tuple[str, str]) -> list[tuple[str, str]]:
    """The migrations of the same app that come right after one."""
    return [child.key for child in graph.node_map[node].children if child.key[0] == node[0]]
