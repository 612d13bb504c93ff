"""The formats that can be checked and cleaned, and how a file shows which one it is.

Left out on purpose: SVG (carries script), GIF and TIFF (many pictures in one, rarely needed), the old binary Office
formats and those with macros, archives; and of sound all but three containers that can be read to the end here without
playing them: M4A, MP3 and WAV.
"""

from dataclasses import dataclass

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COMPOUND_FILE = b"\xd0\xcf\x11\xe0"  # a Word or Excel file with a password is no archive, but one of these
# What browsers say of a file when the machine of its owner knows no better.
UNKNOWN_TYPES = frozenset({"", "application/octet-stream"})
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})  # still pictures (ISO/IEC 23008-12, annex B)


@dataclass(frozen=True)
class Format:
    """One format: its extensions, the media types that it may be declared as, and what it becomes when cleaned."""

    code: str
    extensions: frozenset[str]
    media_types: frozenset[str]
    becomes: str


def _format(code: str, extensions: str, media_types: str, becomes: str = "") -> Format:
    return Format(code, frozenset(extensions.split()), frozenset(media_types.split()), becomes or code)


FORMATS = {
    one.code: one
    for one in (
        _format("jpeg", "jpg jpeg jfif", "image/jpeg image/pjpeg"),
        _format("png", "png", "image/png", "jpeg"),
        _format("webp", "webp", "image/webp", "jpeg"),
        _format("heic", "heic heif", "image/heic image/heif image/heic-sequence image/heif-sequence", "jpeg"),
        _format("m4a", "m4a", "audio/mp4 audio/x-m4a audio/m4a audio/aac"),
        _format("mp3", "mp3", "audio/mpeg audio/mp3"),
        _format("wav", "wav", "audio/wav audio/x-wav audio/wave audio/vnd.wave"),
        _format("pdf", "pdf", "application/pdf"),
        _format("docx", "docx", WORD),
        _format("xlsx", "xlsx", SHEET),
    )
}
IMAGES = frozenset({"jpeg", "png", "webp", "heic"})
SOUNDS = frozenset({"m4a", "mp3", "wav"})
OFFICE = frozenset({"docx", "xlsx"})
# What is handed out, by the format after cleaning: media type and extension.
HANDED_OUT = {
    "jpeg": ("image/jpeg", "jpg"),
    "m4a": ("audio/mp4", "m4a"),
    "mp3": ("audio/mpeg", "mp3"),
    "wav": ("audio/wav", "wav"),
    "pdf": ("application/pdf", "pdf"),
    "docx": (WORD, "docx"),
    "xlsx": (SHEET, "xlsx"),
}


def looks_like(head: bytes) -> frozenset[str]:
    """The formats that a file beginning with these bytes (at least 16) can be; empty when it is none of ours.

    The format must begin at the very first byte: what stands before it is what makes a polyglot.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return frozenset({"jpeg"})
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return frozenset({"png"})
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return frozenset({"webp"})
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return frozenset({"heic"})
    if head.startswith(b"%PDF-"):
        return frozenset({"pdf"})
    return OFFICE if head.startswith(b"PK\x03\x04") else _sounds_like(head)


def _sounds_like(head: bytes) -> frozenset[str]:
    """As `looks_like`, of sound: after pictures, which can begin in nearly the same way."""
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return frozenset({"wav"})
    if head[4:8] == b"ftyp":
        return frozenset({"m4a"})
    framed = head[:1] == b"\xff" and head[1] & 0xE0 == 0xE0
    return frozenset({"mp3"}) if framed or head.startswith(b"ID3") else frozenset()


def format_named(extension: str) -> Format | None:
    """The format that has this extension (without the dot), or None."""
    return next((one for one in FORMATS.values() if extension.lower() in one.extensions), None)
