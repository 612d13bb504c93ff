"""How uploads come in: in memory, never on disk, and never more than we would take.

Django would write what is large to a temporary file: in the clear, and left behind when a server dies. Whoever did not
sign in gets next to nothing: the only form for strangers that takes a file is that of the first run, with its logo.
"""

from io import BytesIO
from typing import IO, Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from bolwerk.documents.cleaning.limits import MAXIMUM_BYTES

REQUEST_BYTES = 60 * 1024**2  # all files of one request together
STRANGER_BYTES = 1024**2


class InMemory(FileUploadHandler):
    """Keeps each file up to a byte more than may come in; of the rest only the length is remembered."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room: int | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        if self.room is None:
            user = getattr(self.request, "user", None)
            self.room = REQUEST_BYTES if user is not None and user.is_authenticated else STRANGER_BYTES
        self.kept = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002  Django's name
        """A piece arrives: keep what there is room for; nobody else gets to see it."""
        fits = max(0, min(self.room or 0, MAXIMUM_BYTES + 1 - len(self.kept)))
        self.kept += raw_data[:fits]
        self.room = (self.room or 0) - min(fits, len(raw_data))
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The file is there. One that did not fit says of itself that it is too large."""
        size = file_size if len(self.kept) == file_size else max(file_size, MAXIMUM_BYTES + 1)
        file: IO[bytes] = BytesIO(bytes(self.kept))
        return InMemoryUploadedFile(
            file, self.field_name, self.file_name or "", self.content_type or "", size, self.charset
        )
