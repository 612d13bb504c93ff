"""Every change to documents."""

from bolwerk.documents.actions.binding import bind_waiting, drop_waiting, prune
from bolwerk.documents.actions.erasing import erase_documents_of
from bolwerk.documents.actions.keeping import Upload, keep_own, keep_upload, look_at_upload
from bolwerk.documents.actions.lettering import (
    LetterChangedError,
    begin_letter,
    drop_letter,
    keep_letter,
    take_along,
    write_letter,
)
from bolwerk.documents.actions.reading import look_again, record_letter_reading, record_reading
from bolwerk.documents.actions.removing import HeldError, remove_document
from bolwerk.documents.cleaning.outcome import FileRefusedError

__all__ = [
    "FileRefusedError",
    "HeldError",
    "LetterChangedError",
    "Upload",
    "begin_letter",
    "bind_waiting",
    "drop_letter",
    "drop_waiting",
    "erase_documents_of",
    "keep_letter",
    "keep_own",
    "keep_upload",
    "look_again",
    "look_at_upload",
    "prune",
    "record_letter_reading",
    "record_reading",
    "remove_document",
    "take_along",
    "write_letter",
]
