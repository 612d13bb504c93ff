"""A card that comes in stands in the library: read, searched and taken over like any other, with where it came from.

Its three contents (what the origin says, the own change, a newer version beside it) lie in `Received`; each time what
people read of them changes, the library gets it as the next version of the card.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Max

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record
from bolwerk.circle.actions.cards import library_changed
from bolwerk.circle.models import Card, CardVersion, Origin, Received, TrustedKey
from bolwerk.circle.queries.bundles import kinds
from bolwerk.circle.queries.card_bundles import FILES, KIND, words_in
from bolwerk.circle.rules.bundles import Bundle, BundleRefusedError, Material, Refusal, materials_in
from bolwerk.circle.rules.cards import read_card
from bolwerk.documents.actions import FileRefusedError, Upload, bind_waiting, keep_upload, look_at_upload
from bolwerk.documents.actions.erasing import remove_rows
from bolwerk.documents.queries import documents_of
from bolwerk.documents.rules import Kind, waiting_for
from bolwerk.documents.rules.refusals import sentence

CODE_LIMIT, MARK = 60, 8
UNKNOWN_TYPE = "application/octet-stream"
EXCHANGE = "urn:bolwerk:circle:exchange"


def look_at_files(*, bundle: Bundle, by: Person, at: datetime) -> None:
    """Clean the files of a bundle to see whether they can come in; nothing of them is kept. Raises BundleRefusedError.

    Not inside a transaction: each file takes a moment.
    """
    for one in materials_in(bundle.content, kinds()[bundle.kind].files):
        try:
            look_at_upload(upload=_upload(one), subject=EXCHANGE, kind=Kind.FILE, by=by, at=at)
        except FileRefusedError as refusal:
            raise BundleRefusedError(Refusal.FILE, f"{one.name}: {sentence(refusal.reason)}") from None


def keep_files(*, bundle: Bundle, by: Person, at: datetime) -> tuple[UUID, list[UUID]]:
    """Clean and keep the files of a bundle as what belongs to a form that was not sent yet: when what follows fails,
    they go by themselves. Returns the key of that form and the documents. Not inside a transaction.

    Raises BundleRefusedError.
    """
    key, found = uuid4(), []
    for one in materials_in(bundle.content, kinds()[bundle.kind].files):
        try:
            kept = keep_upload(upload=_upload(one), subject=waiting_for(key), kind=Kind.FILE, by=by, at=at)
        except FileRefusedError as refusal:
            raise BundleRefusedError(Refusal.FILE, f"{one.name}: {sentence(refusal.reason)}") from None
        found.append(kept.pk)
    return key, found


def _upload(material: Material) -> Upload:
    return Upload(material.name, UNKNOWN_TYPE, material.data, len(material.data))


def put_in_library(*, row: Received, by: Person, at: datetime) -> Card:
    """Let the library show what people read of a copy. Call it inside the transaction that changed the copy.

    The card keeps its code, unless another card has it here. Numbers go on from those of the origin.
    """
    words = words_in(row.copy.shown)
    card = row.card
    if card is None:
        card = Card.objects.create(code=_free_code(words.code, row.origin), origin=Origin.BUNDLE, made_at=at)
        row.card = card
        row.save(update_fields=["card"])
    last = card.versions.aggregate(last=Max("number"))["last"] or 0
    shown = card.versions.filter(number=card.current).first()
    same = replace(words, code=card.code, number=card.current or 1).as_dict()
    if shown is None or shown.card_content != read_card(same):
        number = max(words.number, last + 1)
        content = replace(words, code=card.code, number=number).as_dict()
        CardVersion.objects.create(card=card, number=number, content=content, by=by, at=at, published_at=at)
        card.current = number
    card.withdrawn_at = None
    card.save(update_fields=["current", "withdrawn_at"])
    library_changed()
    record("circle.card.received", subject=card.urn, actor=by.urn, at=at, number=card.current)
    return card


def _free_code(code: str, origin: TrustedKey) -> str:
    """The code of the card; with a mark of its origin when another card has it here."""
    if not Card.objects.filter(code=code).exists():
        return code
    marked = f"{code[: CODE_LIMIT - MARK - 1]}-{origin.public[:MARK]}"
    return marked if not Card.objects.filter(code=marked).exists() else f"{code[:27]}-{uuid4().hex}"


def bind_files(*, row: Received, key: UUID, documents: Iterable[UUID], by: Person, at: datetime) -> None:
    """Give what was kept to the card, and take away what the version that is read does not have any more."""
    card = row.card
    if card is None or row.kind != KIND:
        return
    listed = {one["sha256"] for one in row.copy.shown.get(FILES, [])}
    gone = [one for one in documents_of(card.urn) if one.received_sha256 not in listed]
    remove_rows(rows=gone, by=by.urn, at=at)
    bind_waiting(key=key, subject=card.urn, chosen=documents, by=by, at=at)
