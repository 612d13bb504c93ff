"""Binding: what was uploaded with a form belongs to what the form became; what nobody sent goes after two days."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.documents.actions.erasing import remove_rows
from bolwerk.documents.actions.noting import note
from bolwerk.documents.models import Attempt, Document, Letter
from bolwerk.documents.queries.files import folder
from bolwerk.documents.rules import WAITING, waiting_for

ABANDONED_AFTER = timedelta(days=2)  # long enough for a weekend, short enough to be no archive
UNFINISHED_AFTER = timedelta(days=30)  # a letter that nobody kept or changed for a month; drafts of forms go as soon
ORPHANED_AFTER = timedelta(hours=1)  # a file whose row never came: its server died in between
AT_A_TIME = 500
IS_AN_ID = re.compile(r"[0-9a-f]{32}")


@transaction.atomic
def bind_waiting(*, key: UUID, subject: str, chosen: Iterable[UUID], by: Person, at: datetime) -> int:
    """Give what `by` uploaded with the form `key` to its subject; return how many documents that were.

    What was not `chosen` any more goes, and so does what the subject has already. Nobody binds what another uploaded,
    whatever a form says.
    """
    wanted = set(chosen)
    known = set(Document.objects.filter(subject=subject).values_list("received_sha256", flat=True))
    rows = list(Document.objects.select_for_update().filter(subject=waiting_for(key), by=by))
    bound = [row for row in rows if row.pk in wanted and row.received_sha256 not in known]
    remove_rows(rows=[row for row in rows if row not in bound], by=by.urn, at=at)
    for row in bound:
        row.subject = subject
        row.save(update_fields=["subject"])
        note("documents.document.bound", urn=row.urn, about=subject, by=by.urn, at=at)
    return len(bound)


@transaction.atomic
def drop_waiting(*, key: UUID, chosen: Iterable[UUID], by: Person, at: datetime) -> None:
    """Throw away what somebody uploaded with the form `key`, except what is still `chosen`."""
    mine = Document.objects.select_for_update().filter(subject=waiting_for(key), by=by)
    remove_rows(rows=list(mine.exclude(pk__in=set(chosen))), by=by.urn, at=at)


def prune(*, by: str, at: datetime) -> int:
    """Throw away uploads whose form was never sent, letters nobody finished, old attempts, and files without a row.

    Returns how many documents went. Doing it twice, or two at once, does no harm.
    """
    Attempt.objects.filter(at__lt=at - timedelta(hours=1)).delete()
    Letter.objects.filter(document=None, changed_at__lt=at - UNFINISHED_AFTER).delete()
    gone = 0
    while count := _drop_abandoned(by=by, at=at):
        gone += count
    for shelf in folder().glob("??"):
        _sweep(shelf, at=at)
    return gone


@transaction.atomic
def _drop_abandoned(*, by: str, at: datetime) -> int:
    old = Document.objects.filter(subject__startswith=WAITING, at__lt=at - ABANDONED_AFTER)
    rows = list(old.select_for_update()[:AT_A_TIME])
    remove_rows(rows=rows, by=by, at=at)
    return len(rows)


def _sweep(shelf: Path, *, at: datetime) -> None:
    """Unlink files that belong to no document: a server that died left them."""
    before = (at - ORPHANED_AFTER).timestamp()
    old = [file for file in shelf.iterdir() if file.stat().st_mtime < before]
    ids = {file: UUID(file.stem) for file in old if IS_AN_ID.fullmatch(file.stem)}
    known = set(Document.objects.filter(pk__in=set(ids.values())).values_list("pk", flat=True))
    for file in old:
        if ids.get(file) not in known:
            file.unlink(missing_ok=True)
