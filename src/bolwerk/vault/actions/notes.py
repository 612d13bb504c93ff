"""Sealed notes: writing one for a few people, reading it, and taking it away."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record, record_apart
from bolwerk.vault.actions.envelopes import (
    NotAReaderError,
    admit_reader,
    destroy_envelope,
    peek,
    read_sheet,
    seal_envelope,
)
from bolwerk.vault.actions.telling import NOTES, tell
from bolwerk.vault.models import Note
from bolwerk.vault.opened import OpenVault

SHEET = "note"
LIST = "urn:bolwerk:vault:notes"


@dataclass(frozen=True)
class Words:
    """What a note says."""

    subject: str
    text: str

    @classmethod
    def of(cls, content: bytes) -> "Words":
        """The words in a sheet."""
        return cls(**json.loads(content))

    def as_bytes(self) -> bytes:
        """The words as they go into a sheet."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


@transaction.atomic
def seal_note(*, author: Person, readers: Iterable[Person], words: Words, at: datetime) -> Note:
    """Seal a note to its readers and its author. Nobody needs to open a vault for it. Raises NoVaultError."""
    others = {*readers} - {author}
    envelope = seal_envelope(readers={author, *others}, sheets={SHEET: words.as_bytes()}, by=author.urn, at=at)
    note = Note.objects.create(envelope=envelope, author=author, written_at=at)
    for reader in others:
        tell(person=reader, path=NOTES, cause=f"{note.urn}:sealed", at=at)
    return note


@transaction.atomic
def let_read(*, note: Note, reader: Person, vault: OpenVault, at: datetime) -> None:
    """Let a colleague read a note, who hears of it. Raises NotAReaderError, NoVaultError."""
    admit_reader(envelope=note.envelope, reader=reader, vault=vault, at=at)
    tell(person=reader, path=NOTES, cause=f"{note.urn}:sealed", at=at)


def read_note(*, note: Note, vault: OpenVault, at: datetime) -> Words:
    """What a note says; reading is a line in the trail. Raises NotAReaderError, CannotOpenError."""
    return Words.of(read_sheet(envelope=note.envelope, name=SHEET, vault=vault, at=at))


def read_subjects(*, notes: Iterable[Note], vault: OpenVault, at: datetime) -> dict[Note, str]:
    """The subjects of the notes on a page: one line in the trail for all of them. What was taken away is left out."""
    found = {}
    for note in notes:
        try:
            found[note] = Words.of(peek(envelope=note.envelope, name=SHEET, vault=vault)).subject
        except NotAReaderError:  # since the page was asked for
            continue
    record_apart("vault.notes.listed", subject=LIST, actor=vault.person.urn, at=at, shown=len(found))
    return found


@transaction.atomic
def destroy_note(*, note: Note, by: Person, at: datetime) -> None:
    """Take a note away for everybody."""
    envelope = note.envelope
    record("vault.note.destroyed", subject=note.urn, actor=by.urn, at=at)
    note.delete()
    destroy_envelope(envelope=envelope, by=by.urn, at=at)
