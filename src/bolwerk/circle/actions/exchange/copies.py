"""A copy is changed here, and a newer version of its origin is chosen or left beside it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Received
from bolwerk.circle.queries.bundles import kinds
from bolwerk.circle.rules.bundles import Copy, check_content


class CopyMovedError(Exception):
    """Somebody else changed this copy, or a newer version came in, since the page was opened."""


def change_copy(*, row: Received, content: dict[str, Any], by: Person, at: datetime, seen: int) -> Received:
    """Change the own copy. Raises CopyMovedError; BundleRefusedError for what may not stand in a bundle either."""
    check_content(content, contact=kinds()[row.kind].contact)
    return _moved(row, row.copy.changed(content), "changed", by=by, at=at, seen=seen)


def keep_own(*, row: Received, by: Person, at: datetime, seen: int) -> Received:
    """The newer version was looked at and the own change stays. Raises CopyMovedError."""
    return _moved(row, row.copy.keeping_own(), "kept", by=by, at=at, seen=seen)


def take_theirs(*, row: Received, by: Person, at: datetime, seen: int) -> Received:
    """The newer version comes in place of the own change. Raises CopyMovedError."""
    return _moved(row, row.copy.taking_theirs(), "renewed", by=by, at=at, seen=seen)


@transaction.atomic
def _moved(row: Received, copy: Copy, how: str, *, by: Person, at: datetime, seen: int) -> Received:
    locked = Received.objects.select_for_update().get(pk=row.pk)
    if locked.version != seen:
        raise CopyMovedError
    locked.copy, locked.version, locked.updated_at = copy, locked.version + 1, at
    locked.save()
    record(f"circle.copy.{how}", subject=locked.urn, actor=by.urn, at=at)
    return locked
