"""How a document leaves: under a name that can do no harm, and powerless in a browser."""

from urllib.parse import quote

from bolwerk.documents.cleaning.formats import HANDED_OUT
from bolwerk.documents.rules import Part

# Whatever a file holds, in a browser it runs nothing, loads nothing and sends nothing (CSP level 3, `sandbox`).
SANDBOX = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SHOWN_INLINE = "image/jpeg"  # made by Bolwerk itself; everything else is a download
PLAIN_BYTES = "application/octet-stream"


def headers(*, name: str, format_code: str, part: Part) -> dict[str, str]:
    """The headers with which a part of a document goes out. The extension is that of what it is, not of what it was."""
    media_type, extension = HANDED_OUT[format_code]
    stem = name.rpartition(".")[0] or name
    shown = f"{stem}.{extension}"
    if part is Part.THUMBNAIL:
        media_type = SHOWN_INLINE
    if part is Part.ORIGINAL:
        media_type, shown = PLAIN_BYTES, f"{name}.original"
    how = "inline" if media_type == SHOWN_INLINE else "attachment"
    return {
        "Content-Type": media_type,
        "Content-Disposition": f"{how}; filename*=UTF-8''{quote(shown, safe='')}",
        "Content-Security-Policy": SANDBOX,
    }
