"""Zip archives that come from elsewhere: unfolded by the piece, never further than they say and we allow."""

import zipfile
from io import BytesIO

from bolwerk.documents.cleaning import limits
from bolwerk.documents.cleaning.outcome import FileRefusedError, Reason

PIECE = 1 << 16
ENCRYPTED = 1
SYMLINK = 0o120000
FILE_TYPE = 0o170000
LONGEST_NAME = 200
ONE_MOMENT = (1980, 1, 1, 0, 0, 0)  # when it was saved is nobody's business


def unfold(data: bytes) -> dict[str, bytes]:
    """Every part of the archive by name. Raises FileRefusedError for bombs, passwords and names that lead elsewhere."""
    parts: dict[str, bytes] = {}
    room = limits.UNFOLDED_BYTES
    with zipfile.ZipFile(BytesIO(data)) as whole:
        if len(whole.infolist()) > limits.ARCHIVE_PARTS:
            raise FileRefusedError(Reason.TOO_MUCH)
        for part in whole.infolist():
            if part.is_dir():
                continue
            _check(part, parts)
            parts[part.filename] = _unfolded(whole, part, room)
            room -= len(parts[part.filename])
    return parts


def _check(part: zipfile.ZipInfo, parts: dict[str, bytes]) -> None:
    if part.flag_bits & ENCRYPTED:
        raise FileRefusedError(Reason.PASSWORD)
    name = part.filename
    leads_elsewhere = name.startswith("/") or "\\" in name or ".." in name.split("/") or len(name) > LONGEST_NAME
    links = (part.external_attr >> 16) & FILE_TYPE == SYMLINK
    twice = name.lower() in {known.lower() for known in parts}
    unusual = part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if leads_elsewhere or links or twice or unusual or not name.isprintable():
        raise FileRefusedError(Reason.DAMAGED)


def _unfolded(whole: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> bytes:
    """The content of one part: asked by the piece, because what it says of its own size is not to be believed."""
    content = bytearray()
    if part.file_size > room:
        raise FileRefusedError(Reason.TOO_MUCH)
    with whole.open(part) as stream:
        while piece := stream.read(PIECE):
            content += piece
            if len(content) > room:
                raise FileRefusedError(Reason.TOO_MUCH)
    return bytes(content)


def fold(parts: dict[str, bytes]) -> bytes:
    """A new archive with these parts, the list of contents first, as Office wants it; no dates, no remarks."""
    out = BytesIO()
    first = "[Content_Types].xml"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, ONE_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(entry, parts[name])
    return out.getvalue()
