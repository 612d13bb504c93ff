"""Every change to documents."""

from bolwerk.documents.actions.binding import bind_waiting, drop_waiting, prune
from bolwerk.documents.actions.erasing import erase_documents_of
from bolwerk.documents.actions.keeping import Upload, keep_own, keep_upload
from bolwerk.documents.actions.reading import look_again, record_reading
from bolwerk.documents.cleaning.outcome import FileRefusedError

__all__ = [
    "FileRefusedError",
    "Upload",
    "bind_waiting",
    "drop_waiting",
    "erase_documents_of",
    "keep_own",
    "keep_upload",
    "look_again",
    "prune",
    "record_reading",
]
