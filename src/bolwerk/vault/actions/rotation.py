"""Replacing the key that closes everything, while people work.

The new key is in the ring before anything else happens, and every process sees it at once. Then row after row is
opened and closed anew, and written only if nobody changed it meanwhile. Nothing is remembered but what lies in the
rows themselves: after a crash the same command goes on where it was.
"""

import fcntl
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model

from bolwerk.audit.actions import record
from bolwerk.crypto.fields import protected_fields
from bolwerk.crypto.keyfile import current_ring, read_key_file, write_key_file
from bolwerk.crypto.ring import CannotOpenError, Place, key_id_of, open_, seal
from bolwerk.processing.actions import renew_index
from bolwerk.vault.actions.files import protect_file
from bolwerk.vault.queries.closed import Column, key_id_in, keyed_indexes, protected_files, tokens, use_of_keys
from bolwerk.vault.queries.files import read_protected_file
from bolwerk.vault.rules.rotation import check_may_go, kept_key

RING = "urn:bolwerk:vault:ring"
ROWS_AT_ONCE = 200  # one transaction; whoever wants to write waits for that long at most


class RotationRunsError(Exception):
    """Somebody else is replacing the key or taking one out, now."""


@dataclass(frozen=True)
class Renewed:
    """How far one table or the files are in this round: looked at, closed anew, and what does not open at all."""

    what: str
    seen: int = 0
    renewed: int = 0
    unreadable: int = 0

    def plus(self, *, seen: int, renewed: int, unreadable: int) -> "Renewed":
        """The same, further on."""
        return Renewed(self.what, self.seen + seen, self.renewed + renewed, self.unreadable + unreadable)


def rotate_keys(*, by: str, at: datetime) -> Generator[Renewed, None, None]:
    """Replace the key, or go on with a rotation that was broken off; yields how far it is, and must be exhausted.

    What does not open (it was tampered with, or its key is missing) stays as it is and is counted: `bolwerk keys check`
    names it. Raises RotationRunsError, RingMissingError, RingUnreadableError.
    """
    file = Path(settings.BOLWERK_KEY_RING_FILE)
    with _alone(file):
        content = read_key_file(file)
        if not content.rotating:
            content = content.with_new_key(at=at)
            write_key_file(file, content)
            record("vault.ring.rotation_begun", subject=RING, actor=by, at=at, keys=len(content.keys))
        while (yield from _one_round()):  # what was written with the old key during a round is met in the next
            pass
        yield Renewed("processing_subject.index", renewed=renew_index())
        for index in keyed_indexes():
            yield Renewed(index.name, renewed=index.renew())
        write_key_file(file, content.with_all_renewed())
        record("vault.ring.rotation_ended", subject=RING, actor=by, at=at, keys=len(content.keys))


def retire_key(*, key_id: str, by: str, at: datetime) -> None:
    """Take an old key out of the ring, for ever. Backups from when it was in use cannot be read any more.

    Raises KeyStaysError while anything here uses it, RotationRunsError.
    """
    file = Path(settings.BOLWERK_KEY_RING_FILE)
    with _alone(file):
        content = read_key_file(file)
        kept = kept_key(content, key_id)
        check_may_go(kept, use=use_of_keys(), at=at)
        with transaction.atomic():
            record("vault.ring.key_retired", subject=RING, actor=by, at=at, key=key_id)
            write_key_file(file, content.without(kept.key.id))


@contextmanager
def _alone(ring_file: Path) -> Iterator[None]:
    """Nobody else changes the ring meanwhile; the lock goes with the process, however that ends."""
    with ring_file.with_name(f"{ring_file.name}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RotationRunsError from None
        yield


def _one_round() -> Generator[Renewed, None, int]:
    """Go through everything once; returns (as a generator does) how many were closed anew."""
    total = 0
    for model, field in protected_fields():
        done = Renewed(f"{model._meta.db_table}.{field.column}")
        for page in tokens((model, field), rows=ROWS_AT_ONCE):
            done = done.plus(**_renew_rows((model, field), page))
            yield done
        total += done.renewed
    done = Renewed("files")
    for path, place in protected_files():
        done = done.plus(**_renew_file(path, place))
    yield done
    return total + done.renewed


def _renew_rows(column: Column, page: Sequence[tuple[Any, bytes]]) -> dict[str, int]:
    """Close the rows of a page anew that another key closed, unless somebody changed them meanwhile."""
    model, field = column
    ring = current_ring()
    old = [(pk, token) for pk, token in page if key_id_of(token) != ring.current.id]
    fresh: list[tuple[Any, bytes, bytes]] = []
    for pk, token in old:
        place = field.place_of(pk)
        try:
            fresh.append((pk, token, seal(ring, open_(ring, token, place), place)))
        except CannotOpenError:
            continue  # counted as unreadable
    _swap(model, str(field.column), fresh)
    return {"seen": len(page), "renewed": len(fresh), "unreadable": len(old) - len(fresh)}


def _swap(model: type[Model], column: str, rows: Sequence[tuple[Any, bytes, bytes]]) -> None:
    """Write each new token in the place of the old one, in rows where the old one still lies."""
    key, quote = model._meta.pk, connection.ops.quote_name
    if not rows or key is None:
        return
    binary = connection.Database.Binary  # type: ignore[attr-defined]  # every database has it
    table, column, pk = quote(model._meta.db_table), quote(column), quote(str(key.column))
    statement = f"UPDATE {table} SET {column} = %s WHERE {pk} = %s AND {column} = %s"  # noqa: S608  our own names
    given = [(binary(new), key.get_db_prep_value(row, connection), binary(old)) for row, old, new in rows]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, given)


def _renew_file(path: Path, place: Place) -> dict[str, int]:
    """Close one file anew when another key closed it; one that is gone meanwhile stays gone."""
    done = {"seen": 1, "renewed": 0, "unreadable": 0}
    try:
        if key_id_in(path) not in {None, current_ring().current.id}:
            protect_file(source=read_protected_file(path, place=place), target=path, place=place)
            done["renewed"] = 1
    except CannotOpenError:
        done["unreadable"] = 1
    except FileNotFoundError:
        pass  # erased while we read it
    return done
