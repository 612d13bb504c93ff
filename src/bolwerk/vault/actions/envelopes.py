"""Envelopes: sealing content to several people, letting a colleague read along, and taking a reader away.

This is what a room works with. A room keeps a relation to the envelope; everything that is sealed goes in and comes out
here, so that it is padded, bound to its row and written down in the trail, each time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from bolwerk.accounts.models import Person
from bolwerk.audit.actions import record, record_apart
from bolwerk.vault.actions.opening import NoVaultError, key_of
from bolwerk.vault.models import Envelope, PersonalKey, Reader, Sheet
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.rules.padding import pad, unpad
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import KeyPair, new_pair, open_sealed, pair_of, seal


class NotAReaderError(LookupError):
    """This vault does not open this envelope, or there is no such sheet in it."""


class LastReaderError(Exception):
    """An envelope keeps at least one reader: without one, what is in it is lost for good."""


class SheetExistsError(Exception):
    """There is a sheet with this name in the envelope already."""


@transaction.atomic
def seal_envelope(*, readers: Iterable[Person], sheets: Mapping[str, bytes], by: str, at: datetime) -> Envelope:
    """Seal content to some people. Nobody else can open it: not whoever writes it, unless among the readers.

    `sheets` are pieces of content by name (a code, such as "report"). `by` is a URN: the writer needs no vault.
    Raises NoVaultError when a reader has none, LastReaderError without any reader.
    """
    keys = _keys_of(readers)
    if not keys:
        raise LastReaderError
    pair = new_pair()
    envelope = Envelope.objects.create(public=pair.public, sealed_at=at)
    for key in keys:
        _admit(envelope, pair, key, at)
    for name, content in sheets.items():
        _put(envelope, name, content)
    record("vault.envelope.sealed", subject=envelope.urn, actor=by, at=at, readers=len(keys), sheets=len(sheets))
    return envelope


@transaction.atomic
def add_sheet(*, envelope: Envelope, name: str, content: bytes, by: str, at: datetime) -> None:
    """Put another sheet in an envelope. Whoever does that need not be able to read it. Raises SheetExistsError."""
    envelope = _locked(envelope)
    try:
        with transaction.atomic():
            _put(envelope, name, content)
    except IntegrityError:
        raise SheetExistsError(name) from None
    record("vault.envelope.added_to", subject=envelope.urn, actor=by, at=at)


def read_sheet(*, envelope: Envelope, name: str, vault: OpenVault, at: datetime) -> bytes:
    """Return the content of a sheet, once the line in the trail that says so is written.

    Raises NotAReaderError, and CannotOpenError for what was changed or moved: that is a line as well. Never inside a
    transaction, whose rollback would take the line along.
    """
    try:
        content = peek(envelope=envelope, name=name, vault=vault)
    except CannotOpenError:
        record_apart("vault.envelope.damaged", subject=envelope.urn, actor=vault.person.urn, at=at)
        raise
    record_apart("vault.envelope.read", subject=envelope.urn, actor=vault.person.urn, at=at)
    return content


def peek(*, envelope: Envelope, name: str, vault: OpenVault) -> bytes:
    """The content of a sheet without a line in the trail: for a list that writes one line for all of its rows."""
    rows = Reader.objects.filter(envelope=envelope, key=vault.key, envelope__sheets__name=name)
    found = rows.values_list("box", "envelope__sheets__content").first()  # in one query: a rotation cannot come between
    if found is None:
        raise NotAReaderError
    reader, sheet = Reader(envelope=envelope, key=vault.key), Sheet(envelope=envelope, name=name)
    pair = pair_of(open_sealed(bytes(found[0]), pair=vault.pair, place=reader.place))
    return unpad(open_sealed(bytes(found[1]), pair=pair, place=sheet.place))


@transaction.atomic
def admit_reader(*, envelope: Envelope, reader: Person, vault: OpenVault, at: datetime) -> None:
    """Let a colleague read an envelope: its private half is sealed to that vault as well. Twice is once.

    Raises NotAReaderError when `vault` does not open it, NoVaultError when the colleague has none.
    """
    envelope = _locked(envelope)
    pair, key = _pair_of(envelope, vault), key_of(person=reader)
    if not envelope.readers.filter(key=key).exists():
        _admit(envelope, pair, key, at)
        record("vault.reader.admitted", subject=envelope.urn, actor=vault.person.urn, at=at, reader=reader.urn)


@transaction.atomic
def revoke_reader(*, envelope: Envelope, reader: Person, vault: OpenVault, at: datetime) -> None:
    """Take a reader away: the envelope gets a new pair, every sheet is sealed anew, and the old pair opens nothing.

    What was read before cannot be unread. Raises NotAReaderError, LastReaderError.
    """
    envelope = _locked(envelope)
    pair = _pair_of(envelope, vault)
    gone = envelope.readers.filter(key__person=reader)
    if not gone:
        raise NotAReaderError
    if envelope.readers.count() == 1:
        raise LastReaderError
    gone.delete()
    renew_pair(envelope=envelope, pair=pair)
    record("vault.reader.revoked", subject=envelope.urn, actor=vault.person.urn, at=at, reader=reader.urn)


def renew_pair(*, envelope: Envelope, pair: KeyPair) -> None:
    """Give a locked envelope a new pair, for the readers it has now. `pair` is the one it has until now."""
    fresh = new_pair()
    for sheet in envelope.sheets.all():
        sheet.content = seal(
            open_sealed(bytes(sheet.content), pair=pair, place=sheet.place), to=fresh.public, place=sheet.place
        )
        sheet.save(update_fields=["content"])
    for reader in envelope.readers.select_related("key"):
        reader.box = seal(fresh.private, to=bytes(reader.key.public), place=reader.place)
        reader.save(update_fields=["box"])
    envelope.public, envelope.generation = fresh.public, envelope.generation + 1
    envelope.save(update_fields=["public", "generation"])


@transaction.atomic
def destroy_envelope(*, envelope: Envelope, by: str, at: datetime) -> None:
    """Take an envelope away with all that is in it. The trail keeps that it was there, and nothing of what it said."""
    record("vault.envelope.destroyed", subject=envelope.urn, actor=by, at=at)
    envelope.delete()


def _locked(envelope: Envelope) -> Envelope:
    return Envelope.objects.select_for_update().get(pk=envelope.pk)


def _pair_of(envelope: Envelope, vault: OpenVault) -> KeyPair:
    """The pair of an envelope, opened by a reader."""
    reader = envelope.readers.filter(key=vault.key).first()
    if reader is None:
        raise NotAReaderError
    pair = pair_of(open_sealed(bytes(reader.box), pair=vault.pair, place=reader.place))
    if pair.public != bytes(envelope.public):
        raise CannotOpenError("The private half in this box is not that of the envelope.")
    return pair


def _keys_of(readers: Iterable[Person]) -> list[PersonalKey]:
    people = {person.pk: person for person in readers}
    keys = list(PersonalKey.objects.filter(person__in=people, person__is_active=True))
    without = people.keys() - {key.person_id for key in keys}
    if without:
        raise NoVaultError(*(people[pk] for pk in sorted(without)))
    return keys


def _admit(envelope: Envelope, pair: KeyPair, key: PersonalKey, at: datetime) -> None:
    reader = Reader(envelope=envelope, key=key, since=at)
    reader.box = seal(pair.private, to=bytes(key.public), place=reader.place)
    reader.save(force_insert=True)


def _put(envelope: Envelope, name: str, content: bytes) -> None:
    sheet = Sheet(envelope=envelope, name=name)
    sheet.content = seal(pad(content), to=bytes(envelope.public), place=sheet.place)
    sheet.save(force_insert=True)
