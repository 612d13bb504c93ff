"""Draws small pictures for tests, byte by byte."""

import struct
import zlib


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 8, height: int = 8, *, extra: bytes = b"", pixels: bytes | None = None) -> bytes:
    """A black PNG, with `extra` chunks before the picture; `pixels` replaces the right amount of them."""
    raw = (b"\x00" + b"\x00" * width * 3) * height if pixels is None else pixels
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def segment(marker: int, body: bytes) -> bytes:
    """One segment of a JPEG file."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(width: int = 8, height: int = 8, *, extra: bytes = b"") -> bytes:
    """The frame of a JPEG with a few compressed bytes: enough for whoever reads segments."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return b"\xff\xd8" + extra + segment(0xDB, bytes(65)) + segment(0xC0, frame) + scan + b"\xff\xd9"
