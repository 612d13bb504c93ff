"""Taking metadata out of JPEG and PNG files that lie inside other files, without touching a pixel."""

import struct
from collections.abc import Iterator

JPEG_START = b"\xff\xd8"
SCAN = 0xDA
# Kept of the application segments: JFIF (APP0), ICC profiles (APP2) and Adobe's colour transform (APP14): without them
# the colours change. EXIF and XMP (APP1), IPTC (APP13), comments and the rest go (ITU T.81, table B.1).
KEPT_APPLICATION = {0xE0, 0xE2, 0xEE}
APPLICATION = range(0xE0, 0xF0)
COMMENT = 0xFE
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM", b"iCCP", b"pHYs", b"bKGD", b"sBIT"}


class BrokenPictureError(ValueError):
    """The segments of a picture do not fit together."""


def without_metadata(data: bytes) -> bytes:
    """A JPEG or PNG without metadata; any other file as it is. Raises BrokenPictureError."""
    try:
        if data.startswith(JPEG_START):
            return b"".join(_jpeg(data))
        if data.startswith(PNG_START):
            return b"".join(_png(data))
    except (struct.error, IndexError) as error:
        raise BrokenPictureError from error
    return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    yield JPEG_START
    at = 2
    while True:
        if data[at] != 0xFF:
            raise BrokenPictureError
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == SCAN:
            yield _scans(data[at:])
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        if (marker not in APPLICATION and marker != COMMENT) or marker in KEPT_APPLICATION:
            yield data[at : at + 2 + length]
        at += 2 + length


def _scans(rest: bytes) -> bytes:
    """The picture itself, up to its end: a second file glued behind it is left out."""
    end = rest.rfind(b"\xff\xd9")
    first_end = rest.find(b"\xff\xd9\xff\xd8")  # another picture follows, as in files of many phones
    stop = first_end if first_end >= 0 else end
    return rest[: stop + 2] if stop >= 0 else rest + b"\xff\xd9"


def _png(data: bytes) -> Iterator[bytes]:
    yield PNG_START
    at = len(PNG_START)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        whole = data[at : at + 12 + length]
        if len(whole) != 12 + length:
            raise BrokenPictureError
        if kind in PNG_KEPT:
            yield whole
        if kind == b"IEND":
            return
        at += 12 + length
