"""Makes documents for tests, through the real actions."""

from uuid import uuid4

from bolwerk.accounts.models import Person
from bolwerk.accounts.tests.makers import AT
from bolwerk.documents.actions import Upload, keep_upload
from bolwerk.documents.models import Document
from bolwerk.documents.rules import Kind
from bolwerk.documents.tests.hostile.pictures import drawn


def photo(*, red: int = 255, name: str = "foto.jpg") -> Upload:
    """A small photo; another shade of red is another photo."""
    data = drawn(size=(64, 48), comment=str(red).encode())
    return Upload(name, "image/jpeg", data, len(data))


def make_document(by: Person, *, subject: str = "", kind: Kind = Kind.PHOTO, upload: Upload | None = None) -> Document:
    """A photo that belongs to nothing that exists, unless told otherwise."""
    about = subject or f"urn:bolwerk:nothing:thing:{uuid4()}"
    return keep_upload(upload=upload or photo(), subject=about, kind=kind, by=by, at=AT)
