"""Canaries: strings that may be read nowhere outside the application. Plants them, and looks for them in raw bytes."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import randbelow, token_bytes
from typing import Any
from uuid import uuid4

from django.db import connection, models

from bolwerk.crypto.fields import ProtectedBytesField, ProtectedField, ProtectedJSONField, protected_fields

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A_BIT = 1 << 22  # bytes that are read at once
# What a row needs to keep the checks of its table: a backup looks whether they hold.
BELONGS = {"circle.CaseDraft": {"at_home_id": uuid4()}}


def canaries(count: int) -> list[str]:
    """So many strings that no other file holds by accident."""
    return [f"kanarie-{uuid4().hex}" for _ in range(count)]


def plant_rows(words: Iterable[str]) -> dict[str, int]:
    """A row for every string, round and round over every protected field of the house; how many each field got.

    Rows refer to nothing, and keep no rule but the types of their columns and BELONGS: what is tested is how they lie.
    """
    fields = list(protected_fields())
    planted: dict[str, int] = {}
    _lift_the_rules()
    for number, word in enumerate(words):
        model, field = fields[number % len(fields)]
        model._base_manager.bulk_create([model(**_row(model, field, word))])
        planted[str(field)] = planted.get(str(field), 0) + 1
    return planted


def found_in(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """Every file below `folder` in which a string can be read, as it is or under a common coat; (file, string)."""
    coats = {coat: word for word in words for coat in _coats(word)}
    longest = max(map(len, coats))
    found: set[tuple[str, str]] = set()
    for file in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        for piece in _pieces(file, longest):
            if b"kanarie-" in piece or any(mark in piece for mark in _marks()):
                found |= {(str(file.relative_to(folder)), word) for coat, word in coats.items() if coat in piece}
    return sorted(found)


def _coats(word: str) -> Iterator[bytes]:
    """How the same string may lie: plain, wide, hexadecimal, and base64 at each of its three places."""
    plain = word.encode()
    yield from (plain, word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode())
    for before in range(3):  # the characters that hang on what stands around it are left out
        yield b64encode(b"\0" * before + plain)[4 if before else 0 : -4]


def _marks() -> Iterator[bytes]:
    """What every string begins with, under every coat: a quick look before the slow one."""
    yield from _coats("kanarie-")


def _pieces(file: Path, longest: int) -> Iterator[bytes]:
    """A file in pieces that overlap, so that nothing falls between two of them."""
    before = b""
    with file.open("rb") as content:
        while piece := content.read(A_BIT):
            yield before + piece
            before = piece[-longest:]


def _lift_the_rules() -> None:
    """Let rows refer to nothing, in this connection."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            return
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND conrelid > 0"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def _row(model: type[models.Model], planted: ProtectedField[Any], word: str) -> dict[str, Any]:
    """Values for every column of a row; the string in one of them."""
    values = {
        field.attname: _something(field)
        for field in model._meta.local_concrete_fields
        if field is not planted and not field.has_default() and not field.null
    }
    return values | BELONGS.get(model._meta.label, {}) | {planted.attname: _as(planted, word)}


def _as(field: ProtectedField[Any], word: str) -> object:
    if isinstance(field, ProtectedBytesField):
        return word.encode()
    return {"words": [word]} if isinstance(field, ProtectedJSONField) else word


def _something(field: models.Field[Any, Any]) -> object:
    """A value that the column of a field takes."""
    if isinstance(field, ProtectedField):
        return _as(field, "")
    kind: models.Field[Any, Any] = field.target_field if isinstance(field, models.ForeignKey) else field
    while isinstance(kind, models.ForeignKey):
        kind = kind.target_field
    if isinstance(kind, models.UUIDField):
        return uuid4()
    return _plain(kind)


def _plain(field: models.Field[Any, Any]) -> object:
    by_kind: list[tuple[type[models.Field[Any, Any]], object]] = [
        (models.BooleanField, False),
        (models.DateTimeField, AT),
        (models.DateField, AT.date()),
        (models.IntegerField, randbelow(30_000)),
        (models.BinaryField, token_bytes(16)),
        (models.JSONField, {}),
    ]
    for kind, value in by_kind:
        if isinstance(field, kind):
            return value
    if field.choices:
        return next(iter(field.flatchoices))[0]
    return uuid4().hex[: field.max_length or 32]
