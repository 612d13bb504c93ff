"""`bolwerk vault seal`, `notes`, `read`, `admit`, `revoke`: sealed notes."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation
from bolwerk.config.commands.vault.asking import by_person, find, opened, refusals

if TYPE_CHECKING:
    from bolwerk.accounts.models import Person
    from bolwerk.vault.models import Note


def _note(person: "Person", note_id: UUID) -> "Note":
    """A note that is sealed to this person. Refuses in the same words for any other and for none."""
    from bolwerk.vault.access import notes_for

    note = notes_for(person).filter(pk=note_id).first()
    if note is None:
        raise Refused(
            _("There is no note %(note_id)s for %(person)s. Nothing was changed.")
            % {"note_id": note_id, "person": person.name}
        )
    return note


def _own_note(person: "Person", note_id: UUID) -> "Note":
    """A note of which this person decides who reads it."""
    note = _note(person, note_id)
    if note.author_id != person.pk:
        raise Refused(
            _("Only %(author)s decides who reads this note. Nothing was changed.") % {"author": note.author.name}
        )
    return note


@click.command("seal")
@in_installation
@by_person
@click.option("--reader", "readers", multiple=True, required=True, help="E-mail address of a reader; may come again.")
@click.option("--subject", required=True, help="What it is about. It is sealed too.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def seal(folder: Path, email: str, readers: tuple[str, ...], subject: str, file: Path) -> None:  # noqa: ARG001  --dir starts Django
    """Seal the text in FILE for its readers and for whoever writes it; prints the number of the note."""
    from django.utils import timezone

    from bolwerk.vault.actions import Words, seal_note

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Refused(_("%(file)s is no text in UTF-8. Nothing was sealed.") % {"file": file}) from None
    with refusals():
        people = [find(reader) for reader in readers]
        author = opened(email).person  # nobody writes in somebody else's name
        note = seal_note(author=author, readers=people, words=Words(subject, text), at=timezone.now())
    click.echo(str(note.pk))


@click.command("notes")
@in_installation
@by_person
def notes(folder: Path, email: str) -> None:  # noqa: ARG001  --dir starts Django
    """The notes sealed to somebody, with their subjects."""
    from django.utils import timezone

    from bolwerk.vault.access import notes_for
    from bolwerk.vault.actions import read_subjects

    with refusals():
        vault = opened(email)
        found = read_subjects(notes=notes_for(vault.person), vault=vault, at=timezone.now())
    for note, subject in found.items():
        click.echo(f"{note.pk}  {note.written_at:%Y-%m-%d}  {note.author.name}: {subject}")


@click.command("read")
@in_installation
@by_person
@click.argument("note_id", type=click.UUID)
def read(folder: Path, email: str, note_id: UUID) -> None:  # noqa: ARG001  --dir starts Django
    """Print what a note says; reading is a line in the trail."""
    from django.utils import timezone

    from bolwerk.vault.actions import read_note

    with refusals():
        vault = opened(email)
        words = read_note(note=_note(vault.person, note_id), vault=vault, at=timezone.now())
    click.echo(f"{words.subject}\n\n{words.text}")


@click.command("admit")
@in_installation
@by_person
@click.argument("note_id", type=click.UUID)
@click.argument("reader")
def admit(folder: Path, email: str, note_id: UUID, reader: str) -> None:  # noqa: ARG001  --dir starts Django
    """Let the colleague with the address READER read a note."""
    from django.utils import timezone

    from bolwerk.vault.actions import let_read

    with refusals():
        vault, colleague = opened(email), find(reader)
        note = _own_note(vault.person, note_id)
        let_read(note=note, reader=colleague, vault=vault, at=timezone.now())
    click.echo(_("%(colleague)s reads it from now on.") % {"colleague": colleague.name})


@click.command("revoke")
@in_installation
@by_person
@click.argument("note_id", type=click.UUID)
@click.argument("reader")
def revoke(folder: Path, email: str, note_id: UUID, reader: str) -> None:  # noqa: ARG001  --dir starts Django
    """Take the reader with the address READER away from a note, and give the note a new key."""
    from django.utils import timezone

    from bolwerk.vault.actions import revoke_reader

    with refusals():
        vault, colleague = opened(email), find(reader)
        envelope = _own_note(vault.person, note_id).envelope
        revoke_reader(envelope=envelope, reader=colleague, vault=vault, at=timezone.now())
    click.echo(_("%(colleague)s opens it no longer. What was read before stays read.") % {"colleague": colleague.name})


COMMANDS = (seal, notes, read, admit, revoke)
