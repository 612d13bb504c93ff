"""Lettering: a letter is begun from a template, written, looked at, and then kept exactly as it was shown."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from bolwerk.accounts.models import Person
from bolwerk.documents.actions.keeping import keep_own
from bolwerk.documents.actions.noting import note
from bolwerk.documents.models import Document, Letter
from bolwerk.documents.queries.letters import digest_of, docx_of, pdf_of
from bolwerk.documents.rules import Kind
from bolwerk.documents.rules.letters import Facts, Template, begun


class LetterChangedError(Exception):
    """The letter is no longer as it was shown: somebody changed or kept it meanwhile. Nothing was done."""


@transaction.atomic
def begin_letter(*, subject: str, template: Template, facts: Facts, by: Person, at: datetime) -> Letter:
    """Begin a letter or report about a subject, filled in with what the room knows. The room has checked who may."""
    letter = Letter.objects.create(
        subject=subject,
        template=template.code,
        language=template.language,
        kind=template.kind,
        values=asdict(begun(template, facts)),
        by=by,
        changed_at=at,
    )
    note("documents.letter.begun", urn=letter.urn, about=letter.subject, by=by.urn, at=at, template=template.code)
    return letter


def _locked(letter: Letter, seen: int) -> Letter:
    """The letter as it is now, locked. Raises LetterChangedError when it moved on since version `seen`, or was kept."""
    now = Letter.objects.select_for_update().get(pk=letter.pk)
    if now.version != seen or now.document_id:
        raise LetterChangedError
    return now


@transaction.atomic
def write_letter(*, letter: Letter, values: dict[str, str], by: Person, at: datetime, seen: int) -> Letter:
    """Change what people may change of a letter. Raises LetterChangedError."""
    now = _locked(letter, seen)
    now.values = {**now.values, **values}
    now.version += 1
    now.changed_at = at
    now.save(update_fields=["values", "version", "changed_at"])
    note("documents.letter.written", urn=now.urn, about=now.subject, by=by.urn, at=at)
    return now


@transaction.atomic
def keep_letter(*, letter: Letter, shown: str, by: Person, at: datetime) -> Document:
    """Keep the PDF with the hash `shown`, under lock, with what it is about; from then on the letter cannot change.

    Raises LetterChangedError when it would be another PDF than was shown, FileRefusedError when the subject is full.
    """
    now = _locked(letter, letter.version)
    pdf = pdf_of(now)
    if digest_of(pdf) != shown:
        raise LetterChangedError
    name = f"{now.values['subject'][:90]}.pdf"
    kept = keep_own(content=pdf, name=name, subject=now.subject, kind=Kind(now.kind), by=by, at=at)
    now.document = kept
    now.save(update_fields=["document"])
    return kept


@transaction.atomic
def drop_letter(*, letter: Letter, by: Person, at: datetime) -> None:
    """Throw away a letter that was not kept. Raises LetterChangedError when it was."""
    now = _locked(letter, letter.version)
    note("documents.letter.dropped", urn=now.urn, about=now.subject, by=by.urn, at=at)
    now.delete()


def take_along(*, letter: Letter, by: Person, at: datetime) -> bytes:
    """The letter as a Word file, with a line in the trail that it left the house in a form that can be changed."""
    note("documents.letter.taken_along", urn=letter.urn, about=letter.subject, by=by.urn, at=at)
    return docx_of(letter)
