"""Envelopes: several readers, letting somebody in, taking somebody away, and nothing that opens out of its place."""

from collections.abc import Callable

import pytest

from bolwerk.accounts.tests.makers import make_person
from bolwerk.audit.models import Line
from bolwerk.vault import actions
from bolwerk.vault.actions import LastReaderError, NotAReaderError, NoVaultError, SheetExistsError
from bolwerk.vault.models import Envelope, Reader, Sheet
from bolwerk.vault.opened import OpenVault
from bolwerk.vault.rules.padding import SMALLEST
from bolwerk.vault.rules.ring import CannotOpenError
from bolwerk.vault.rules.sealing import OVERHEAD_BYTES
from bolwerk.vault.tests.makers import MONDAY, WORDS, Owner, make_note, make_owner

pytestmark = pytest.mark.django_db
ANONYMOUS = "urn:bolwerk:anonymous"
REPORT = b"Hij bood geld aan. KANARIE-4711"


@pytest.fixture
def fatima() -> Owner:
    return make_owner("Fatima El Amrani")


@pytest.fixture
def hendrik() -> Owner:
    return make_owner("Hendrik Mulder")


def sealed(*readers: Owner) -> Envelope:
    """An envelope with one report, from somebody without a vault."""
    people = [reader.person for reader in readers]
    return actions.seal_envelope(readers=people, sheets={"report": REPORT}, by=ANONYMOUS, at=MONDAY)


def read(envelope: Envelope, vault: OpenVault, name: str = "report") -> bytes:
    """Read a sheet."""
    return actions.read_sheet(envelope=envelope, name=name, vault=vault, at=MONDAY)


def test_every_reader_opens_it_and_nobody_else(fatima: Owner, hendrik: Owner) -> None:
    envelope = sealed(fatima, hendrik)
    assert read(envelope, fatima.vault) == read(envelope, hendrik.vault) == REPORT
    with pytest.raises(NotAReaderError):
        read(envelope, make_owner("Iemand Anders").vault)


def test_reading_and_sealing_are_lines_without_content(fatima: Owner) -> None:
    envelope = sealed(fatima)
    read(envelope, fatima.vault)
    lines = Line.objects.filter(subject=envelope.urn).order_by("sequence")
    assert [(line.event, line.actor) for line in lines] == [
        ("vault.envelope.sealed", ANONYMOUS),
        ("vault.envelope.read", fatima.person.urn),
    ]
    assert "KANARIE" not in str(list(Line.objects.values_list()))


def test_whoever_writes_needs_no_vault_and_cannot_read_back(fatima: Owner) -> None:
    envelope = sealed(fatima)
    actions.add_sheet(envelope=envelope, name="answer", content=b"Nog iets.", by=ANONYMOUS, at=MONDAY)
    assert read(envelope, fatima.vault, "answer") == b"Nog iets."
    with pytest.raises(SheetExistsError):
        actions.add_sheet(envelope=envelope, name="answer", content=b"Anders.", by=ANONYMOUS, at=MONDAY)
    assert read(envelope, fatima.vault, "answer") == b"Nog iets."


def test_without_readers_or_with_one_who_has_no_vault_nothing_is_sealed(fatima: Owner) -> None:
    without = make_person("Zonder Kluis")
    with pytest.raises(LastReaderError):
        sealed()
    with pytest.raises(NoVaultError) as refusal:
        actions.seal_envelope(readers=[fatima.person, without], sheets={}, by=ANONYMOUS, at=MONDAY)
    assert refusal.value.people == (without,)
    assert not Envelope.objects.exists()


def test_a_colleague_who_is_let_in_reads_along(fatima: Owner, hendrik: Owner) -> None:
    envelope = sealed(fatima)
    for _time in range(2):
        actions.admit_reader(envelope=envelope, reader=hendrik.person, vault=fatima.vault, at=MONDAY)
    assert read(envelope, hendrik.vault) == REPORT
    assert Line.objects.filter(event="vault.reader.admitted").count() == 1


def test_only_a_reader_lets_somebody_in_or_takes_somebody_away(fatima: Owner, hendrik: Owner) -> None:
    envelope = sealed(fatima)
    with pytest.raises(NotAReaderError):
        actions.admit_reader(envelope=envelope, reader=hendrik.person, vault=hendrik.vault, at=MONDAY)
    with pytest.raises(NotAReaderError):
        actions.revoke_reader(envelope=envelope, reader=fatima.person, vault=hendrik.vault, at=MONDAY)


def test_who_is_taken_away_opens_nothing_any_more_not_even_with_the_old_pair(fatima: Owner, hendrik: Owner) -> None:
    envelope = sealed(fatima, hendrik)
    kept = Reader.objects.get(envelope=envelope, key=hendrik.vault.key)  # a copy from before, as in a backup
    actions.revoke_reader(envelope=envelope, reader=hendrik.person, vault=fatima.vault, at=MONDAY)
    assert read(envelope, fatima.vault) == REPORT
    assert Envelope.objects.get().generation == 2
    with pytest.raises(NotAReaderError):
        read(envelope, hendrik.vault)
    kept.save(force_insert=True)
    with pytest.raises(CannotOpenError):
        read(envelope, hendrik.vault)


def test_the_last_reader_stays(fatima: Owner) -> None:
    envelope = sealed(fatima)
    with pytest.raises(LastReaderError):
        actions.revoke_reader(envelope=envelope, reader=fatima.person, vault=fatima.vault, at=MONDAY)
    assert read(envelope, fatima.vault) == REPORT


def test_the_length_of_what_lies_there_tells_nothing(fatima: Owner) -> None:
    for text in (b"", b"Geld.", b"x" * 3000):
        actions.seal_envelope(readers=[fatima.person], sheets={"report": text}, by=ANONYMOUS, at=MONDAY)
    lengths = {len(bytes(sheet.content)) for sheet in Sheet.objects.all()}
    assert lengths == {SMALLEST + OVERHEAD_BYTES}


Tamper = Callable[[Envelope, Envelope], object]


def _content(envelope: Envelope) -> bytes:
    return bytes(envelope.sheets.get().content)


def _box(envelope: Envelope) -> bytes:
    return bytes(envelope.readers.get().box)


TAMPERING: dict[str, Tamper] = {
    "a sheet from another envelope": lambda one, other: one.sheets.update(content=_content(other)),
    "a sheet under another name": lambda one, _other: one.sheets.update(name="else"),
    "a box from another envelope": lambda one, other: one.readers.update(box=_box(other)),
    "sheet and box from another envelope": lambda one, other: (
        one.sheets.update(content=_content(other)),
        one.readers.update(box=_box(other)),
    ),
    "a flipped bit": lambda one, _other: one.sheets.update(content=_content(one)[:-1] + bytes([_content(one)[-1] ^ 1])),
    "a cut sheet": lambda one, _other: one.sheets.update(content=_content(one)[:-1]),
    "a cut box": lambda one, _other: one.readers.update(box=_box(one)[:-1]),
    "an emptied sheet": lambda one, _other: one.sheets.update(content=b""),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_was_moved_or_touched_is_refused(fatima: Owner, what: str) -> None:
    one, other = sealed(fatima), sealed(fatima)
    TAMPERING[what](one, other)
    name = one.sheets.get().name
    with pytest.raises(CannotOpenError):
        read(one, fatima.vault, name)


def test_a_box_moved_to_another_reader_opens_for_nobody(fatima: Owner, hendrik: Owner) -> None:
    envelope = sealed(fatima)
    Reader.objects.update(key=hendrik.vault.key)
    with pytest.raises(CannotOpenError):
        read(envelope, hendrik.vault)


def test_a_false_pair_put_under_an_envelope_is_noticed(fatima: Owner, hendrik: Owner) -> None:
    one, other = sealed(fatima), sealed(fatima)
    Envelope.objects.filter(pk=one.pk).update(public=other.public)
    with pytest.raises(CannotOpenError):
        actions.admit_reader(envelope=one, reader=hendrik.person, vault=fatima.vault, at=MONDAY)


def test_a_note_is_read_by_its_readers_and_its_author(fatima: Owner, hendrik: Owner) -> None:
    note = make_note(fatima, hendrik)
    assert actions.read_note(note=note, vault=hendrik.vault, at=MONDAY) == WORDS
    assert actions.read_note(note=note, vault=fatima.vault, at=MONDAY) == WORDS


def test_subjects_of_a_page_are_one_line(fatima: Owner) -> None:
    notes = [make_note(fatima) for _number in range(3)]
    assert set(actions.read_subjects(notes=notes, vault=fatima.vault, at=MONDAY).values()) == {WORDS.subject}
    assert Line.objects.get(event="vault.notes.listed").facts == {"shown": 3}
    assert not Line.objects.filter(event="vault.envelope.read").exists()


def test_a_destroyed_note_leaves_a_line_and_nothing_else(fatima: Owner, hendrik: Owner) -> None:
    note = make_note(fatima, hendrik)
    urn = note.urn
    actions.destroy_note(note=note, by=fatima.person, at=MONDAY)
    assert not (Envelope.objects.exists() or Reader.objects.exists() or Sheet.objects.exists())
    assert Line.objects.get(event="vault.note.destroyed").subject == urn
