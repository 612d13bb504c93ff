"""What lies closed in this installation: with which keys, and whether it opens."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from bolwerk.crypto.fields import ProtectedField, protected_fields
from bolwerk.crypto.keyfile import current_ring
from bolwerk.crypto.ring import CannotOpenError, Place, key_id_of, open_
from bolwerk.processing.queries.lines import use_in_index
from bolwerk.vault.queries.files import read_protected_file
from bolwerk.vault.rules.chunks import FILE_HEADER_BYTES, key_id_of_file
from bolwerk.vault.rules.rotation import KeyedIndex

ROWS_AT_ONCE = 500
Column = tuple[type[models.Model], ProtectedField[Any]]


@dataclass(frozen=True)
class Fault:
    """Something that does not open, and why; never what is in it."""

    where: str
    why: str


def tokens(column: Column, *, rows: int = ROWS_AT_ONCE) -> Iterator[list[tuple[Any, bytes]]]:
    """Every key and token of one column, in the order of the keys, in lists of at most `rows`; memory stays flat."""
    model, field = column
    query = model._base_manager.order_by("pk").values_list("pk", field.attname)
    last = None
    while page := list(query.filter(pk__gt=last)[:rows] if last is not None else query[:rows]):
        last = page[-1][0]
        yield [(pk, closed.token) for pk, closed in page if closed is not None]


def protected_files() -> Iterator[tuple[Path, Place]]:
    """Every protected file of the house, as the apps name them (PROTECTED_FILES)."""
    for address in settings.PROTECTED_FILES:
        yield from import_string(address)()


def keyed_indexes() -> list[KeyedIndex]:
    """Every index of the rooms that is made with the keys of the ring (KEYED_INDEXES)."""
    return [import_string(address) for address in settings.KEYED_INDEXES]


def key_id_in(path: Path) -> bytes | None:
    """The id of the key that closed a file; None when the file is gone. Raises CannotOpenError."""
    try:
        with path.open("rb") as file:
            return key_id_of_file(file.read(FILE_HEADER_BYTES))
    except FileNotFoundError:
        return None


def use_of_keys() -> Counter[bytes]:
    """How many texts and files each key closes, and how many people are found by it; by its id."""
    use: Counter[bytes] = Counter()
    for column in protected_fields():
        for page in tokens(column):
            use.update(key_id_of(token) for _pk, token in page)
    use.update(use_in_index())
    for index in keyed_indexes():
        use.update(index.use())
    for path, _place in protected_files():
        try:
            use.update(key for key in [key_id_in(path)] if key is not None)
        except CannotOpenError:
            continue  # it is no file of ours; `faults_in_everything` names it
    return use


def faults_in_everything() -> Iterator[Fault]:
    """Open every text and every file, and name what does not open."""
    for model, field in protected_fields():
        for page in tokens((model, field)):
            for pk, token in page:
                place = field.place_of(pk)
                try:
                    open_(current_ring(), token, place)
                except CannotOpenError as error:
                    where = {"table": place.table, "column": place.column, "row": place.row}
                    yield Fault(_("%(table)s.%(column)s, row %(row)s") % where, str(error))
    for path, place in protected_files():
        try:
            for _part in read_protected_file(path, place=place):
                pass
        except (CannotOpenError, OSError) as error:
            yield Fault(str(path), str(error))
