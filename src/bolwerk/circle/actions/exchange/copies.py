"""A copy is changed here, and a newer version of its origin is chosen or left beside it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.cards import withdraw_card
from bolwerk.circle.actions.exchange.library import bind_files, keep_files, put_in_library
from bolwerk.circle.models import Received
from bolwerk.circle.queries.bundles import check_meaning, kinds, opened
from bolwerk.circle.queries.card_bundles import KIND as CARD
from bolwerk.circle.rules.bundles import Copy, check_content


class CopyMovedError(Exception):
    """Somebody else changed this copy, or a newer version came in, since the page was opened."""


def change_copy(*, row: Received, content: dict[str, Any], by: Person, at: datetime, seen: int) -> Received:
    """Change the own copy. Raises CopyMovedError; BundleRefusedError for what may not stand in a bundle either."""
    check_content(content, contact=kinds()[row.kind].contact)
    check_meaning(row.kind, row.title, content, language=row.language)
    return _moved(row, row.copy.changed(content), "changed", by=by, at=at, seen=seen)


def keep_own(*, row: Received, by: Person, at: datetime, seen: int) -> Received:
    """The newer version was looked at and the own change stays. Raises CopyMovedError."""
    return _moved(row, row.copy.keeping_own(), "kept", by=by, at=at, seen=seen)


def take_theirs(*, row: Received, by: Person, at: datetime, seen: int) -> Received:
    """The newer version comes in place of the own change, with its files. Not inside a transaction.

    Raises CopyMovedError; BundleRefusedError when a file cannot come in.
    """
    key, documents = keep_files(bundle=opened(row.data), by=by, at=at)
    with transaction.atomic():
        locked = _moved(row, row.copy.taking_theirs(), "renewed", by=by, at=at, seen=seen)
        bind_files(row=locked, key=key, documents=documents, by=by, at=at)
    return locked


@transaction.atomic
def take_out(*, row: Received, by: Person, at: datetime, seen: int) -> None:
    """Take a copied card out of the library; the copy stays, and whoever took the card over keeps theirs.

    Taken in anew it stands there again. Raises CopyMovedError.
    """
    locked = Received.objects.select_for_update(of=("self",)).select_related("card").get(pk=row.pk)
    if locked.version != seen:
        raise CopyMovedError
    if locked.card:
        withdraw_card(card=locked.card, by=by, at=at)


@transaction.atomic
def _moved(row: Received, copy: Copy, how: str, *, by: Person, at: datetime, seen: int) -> Received:
    locked = Received.objects.select_for_update(of=("self",)).select_related("card", "origin").get(pk=row.pk)
    if locked.version != seen:
        raise CopyMovedError
    locked.copy, locked.version, locked.updated_at = copy, locked.version + 1, at
    locked.save()
    if locked.kind == CARD:
        put_in_library(row=locked, by=by, at=at)
    record(f"circle.copy.{how}", subject=locked.urn, actor=by.urn, at=at)
    return locked
