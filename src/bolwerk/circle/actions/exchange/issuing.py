"""Something leaves: prepared, seen exactly as it will leave, then signed. Signed it never changes any more."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.models import Issued
from bolwerk.circle.queries.bundles import checked_content, digest, kept, unsigned
from bolwerk.circle.queries.feed import feed_files, offered
from bolwerk.circle.rules.bundles import signed_bytes
from bolwerk.crypto.signing import own_signer


@dataclass(frozen=True)
class Item:
    """What somebody wants to send: its kind, its own id (the same for each version), and what it says."""

    kind: str
    item: UUID
    title: str
    content: dict[str, Any]
    language: str = "nl"
    licence: str = "CC-BY-4.0"
    provenance: list[dict[str, Any]] = field(default_factory=list)


@transaction.atomic
def draft(*, item: Item, by: Person, at: datetime) -> Issued:
    """Prepare the next version of an item, in place of an earlier draft of it.

    Raises BundleRefusedError: what would be refused elsewhere does not leave here either.
    """
    checked_content(item.kind, item.title, item.content, language=item.language)
    rows = Issued.objects.select_for_update().filter(kind=item.kind, item=item.item)
    rows.filter(issued_at=None).delete()
    last = rows.aggregate(last=Max("sequence"))["last"] if rows.exists() else 0
    row = Issued.objects.create(
        kind=item.kind,
        item=item.item,
        sequence=(last or 0) + 1,
        title=item.title,
        language=item.language,
        licence=item.licence,
        content=item.content,
        provenance=item.provenance,
        by=by,
        drafted_at=at,
    )
    record("circle.bundle.drafted", subject=row.urn, actor=by.urn, at=at, kind=row.kind, sequence=row.sequence)
    return row


@transaction.atomic
def issue(*, row: Issued, by: Person, at: datetime) -> Issued:
    """Sign what was seen: exactly those words, figures and files. Signed before, it stays as it is."""
    locked = Issued.objects.select_for_update().get(pk=row.pk)
    if locked.issued_at is None:
        signer = own_signer(at=at)
        locked.issued_at = at
        data = signed_bytes(unsigned(locked, key=signer.public), signer.sign)
        locked.data, locked.sha256 = data.decode(), digest(data)
        locked.content = kept(locked.kind, locked.content)
        locked.save(update_fields=["issued_at", "data", "sha256", "content"])
        record("circle.bundle.issued", subject=locked.urn, actor=by.urn, at=at, kind=row.kind, sequence=row.sequence)
    return locked


@transaction.atomic
def withdraw(*, row: Issued, by: Person, at: datetime) -> None:
    """Take an item out of the feed. Who took it over before keeps it."""
    if Issued.objects.filter(kind=row.kind, item=row.item, withdrawn_at=None).update(withdrawn_at=at):
        record("circle.bundle.withdrawn", subject=row.urn, actor=by.urn, at=at, kind=row.kind)


def write_feed(*, folder: Path, at: datetime) -> int:
    """Write the feed as files that any web server can serve; returns how many items. Each file is whole at any time."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = set()
    for name, data in feed_files(at=at):
        fresh = folder / f".{name}.new"
        fresh.write_bytes(data)
        fresh.chmod(0o644)
        fresh.replace(folder / name)
        kept.add(name)
    for file in folder.glob("*-*.json"):
        if file.name not in kept:
            file.unlink()
    return offered().count()
