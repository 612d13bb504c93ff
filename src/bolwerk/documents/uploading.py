"""How uploads come in: in memory, never on disk, and never more than we would take.

What says beforehand that it is larger than we would ever take is not read to its end: the fields before the first file
are, so that what was typed is kept, and nothing of the files. Forms with files have them last for that reason.

A view that takes larger files says so (`takes`): those of a register's delivery, which lie in the folder of deliveries
until they are read. What is more than a photo may be waits in a file without a name, that is gone with the process.

Django would write what is large to a temporary file: in the clear, and left behind when a server dies. Whoever did not
sign in gets next to nothing: the only form for strangers that takes a file is that of the first run, with its logo.
"""

from collections.abc import Callable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from bolwerk.documents.cleaning.limits import MAXIMUM_BYTES
from bolwerk.ui.errors import page_for

REQUEST_BYTES = 60 * 1024**2  # all files of one request together
STRANGER_BYTES = 1024**2
FIELDS_BYTES = 4 * 1024**2  # what a form weighs besides its files, at most
TOO_LARGE = 413
CUT = "upload_was_cut"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def was_cut(request: HttpRequest) -> bool:
    """Whether this request said that it was too large, so that its files were not read."""
    if request.method == "POST" and (request.content_type or "").startswith("multipart/"):
        request.POST  # noqa: B018  only reading it tells
    return bool(getattr(request, CUT, False))


def keeps_typed(view: View) -> View:
    """Mark a view that asks `was_cut` itself and shows the form again; others get a page that says so."""
    view.keeps_typed = True  # type: ignore[attr-defined]  # a function takes attributes
    return view


def takes(most: Callable[[], int]) -> Callable[[View], View]:
    """Mark a view that takes files of up to `most()` bytes from whoever signed in; others take MAXIMUM_BYTES."""

    def marked(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]  # a function takes attributes
        return view

    return marked


class WholeUploads:
    """Middleware: what came in by half reaches no view that does not know about it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, *_: object) -> HttpResponse | None:
        """Refuse in a sentence. Views without a token in the form read the body themselves, as it came."""
        if getattr(view, "keeps_typed", False) or getattr(view, "csrf_exempt", False):
            return None
        return page_for(TOO_LARGE) if was_cut(request) else None


class InMemory(FileUploadHandler):
    """Keeps each file up to a byte more than may come in; of the rest only the length is remembered."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room, self.most = 0, MAXIMUM_BYTES
        self.too_large = False

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002  Django's names, here and below
        META: dict[str, str],  # noqa: ARG002, N803  Django's signature
        content_length: int,
        boundary: str,  # noqa: ARG002  Django's signature
        encoding: str | None = None,  # noqa: ARG002  Django's signature
    ) -> None:
        """Before the first byte: is it more than we would ever take?"""
        self._measure()
        self.too_large = content_length > self.room + FIELDS_BYTES

    def _measure(self) -> None:
        """How much all files of this request, and one of them, may be: by who sends them, and to which page."""
        user, place = getattr(self.request, "user", None), getattr(self.request, "resolver_match", None)
        if user is None or not user.is_authenticated:
            self.room = STRANGER_BYTES
            return
        self.most = getattr(place and place.func, "takes", lambda: MAXIMUM_BYTES)()
        self.room = max(REQUEST_BYTES, self.most)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        if self.too_large:
            setattr(self.request, CUT, True)
            raise StopUpload(connection_reset=True)
        large = self.most > MAXIMUM_BYTES
        self.kept: IO[bytes] = SpooledTemporaryFile(MAXIMUM_BYTES) if large else BytesIO()  # noqa: SIM115  the request closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002  Django's name
        """A piece arrives: keep what there is room for; nobody else gets to see it."""
        fits = max(0, min(self.room, self.most + 1 - self.kept.tell()))
        self.room -= self.kept.write(raw_data[:fits])
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The file is there. One that did not fit says of itself that it is too large."""
        size = file_size if self.kept.tell() == file_size else max(file_size, self.most + 1)
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", self.content_type or "", size, self.charset
        )
