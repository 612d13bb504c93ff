"""Which pictures may be a logo, and how they are cleaned. Pure functions: bytes in, bytes out.

Only PNG and JPEG: SVG can carry script. Everything that is not the picture itself (comments, places, thumbnails, a
second file glued behind it) is left out, so that what is served is only what is seen.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAXIMUM_BYTES = 200 * 1024  # the first load of a page stays under 200 kB (ui.md); a logo is far smaller
MAXIMUM_SIDE = 2_000  # pixels; a logo on a 4K screen is drawn at less than half of this
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}  # what a picture needs (PNG specification, clause 11)
PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # colour type: samples per pixel (PNG specification, clause 6.1)
JPEG_START = b"\xff\xd8"
JPEG_END = 0xD9
JPEG_SCAN = 0xDA
JPEG_FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what browsers draw (ITU T.81, table B.1)
JPEG_TABLES = {0xC4, 0xDB, 0xDD, 0xEE}  # Huffman, quantisation, restart interval, and Adobe's colour transform


class LogoRefusedError(ValueError):
    """The file cannot be a logo; the text says why, for people."""


@dataclass(frozen=True)
class Logo:
    """A cleaned picture with its media type and a short digest for its address."""

    data: bytes
    media_type: str

    @property
    def digest(self) -> str:
        """Sixteen hex digits that change when the picture changes."""
        return hashlib.sha256(self.data).hexdigest()[:16]


def cleaned_logo(data: bytes) -> Logo:
    """Return the picture without anything else in it. Raises LogoRefusedError with a sentence for people."""
    if len(data) > MAXIMUM_BYTES:
        raise LogoRefusedError(_("The logo is larger than 200 kB. Save it smaller and try again."))
    try:
        if data.startswith(PNG_SIGNATURE):
            return Logo(_cleaned_png(data), "image/png")
        if data.startswith(JPEG_START):
            return Logo(_cleaned_jpeg(data), "image/jpeg")
    except (struct.error, IndexError, zlib.error) as error:
        raise LogoRefusedError(_("The logo is damaged: it could not be read to the end.")) from error
    raise LogoRefusedError(_("The logo is not a PNG or JPEG picture. Other kinds, such as SVG, are not accepted."))


def _check_sides(width: int, height: int) -> None:
    if not (0 < width <= MAXIMUM_SIDE and 0 < height <= MAXIMUM_SIDE):
        raise LogoRefusedError(_("The logo may be at most 2,000 pixels wide and high."))


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_SIGNATURE)
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack_from(">I", data, place + 8 + length)
        if zlib.crc32(kind + body) != checksum:
            raise zlib.error("checksum")
        yield kind, body
        place += length + 12


def _cleaned_png(data: bytes) -> bytes:
    kept = [(kind, body) for kind, body in _png_chunks(data) if kind in PNG_KEPT]
    if kept[0][0] != b"IHDR":
        raise zlib.error("no header")
    width, height, depth, colour = struct.unpack_from(">IIBB", kept[0][1])
    _check_sides(width, height)
    line = (width * PNG_CHANNELS.get(colour, 4) * depth + 7) // 8 + 1
    room = line * height * 2  # interlaced pictures have a few more filter bytes; twice is ample
    unpacker = zlib.decompressobj()
    pixels = unpacker.decompress(b"".join(body for kind, body in kept if kind == b"IDAT"), room)
    if not unpacker.eof or len(pixels) < line * height:  # a bomb, cut off, or less than it says it is
        raise zlib.error("length")
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in kept
    )
    return PNG_SIGNATURE + b"".join(chunks)


def _scan_end(data: bytes, place: int) -> int:
    """Where the compressed part that starts at `place` ends: at the next marker that is not a restart."""
    while not (data[place] == 0xFF and data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7):
        place += 1
    return place


def _cleaned_jpeg(data: bytes) -> bytes:
    kept = [JPEG_START]
    place = len(JPEG_START)
    framed = False
    while data[place + 1] != JPEG_END:
        filler, marker, length = struct.unpack_from(">BBH", data, place)
        if filler != 0xFF:
            raise IndexError(place)
        end = place + 2 + length
        if marker in JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 5)
            _check_sides(width, height)
            framed = True
        if marker == JPEG_SCAN:
            end = _scan_end(data, end)
        if marker in JPEG_FRAMES | JPEG_TABLES | {JPEG_SCAN}:
            kept.append(data[place:end])
        place = end
    if not framed:
        raise IndexError(place)
    return b"".join([*kept, b"\xff\xd9"])
