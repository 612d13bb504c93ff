"""PDF: everything that acts, hides or tells tales is taken out; what is seen on the pages stays.

What goes follows ISO 32000-2: information dictionary and XMP (14.3), actions (12.6), embedded files and collections
(7.11.4, 12.3.5), forms of XFA (12.7.8), private data of programs (14.5), and annotations that play or carry something.
"""

import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from bolwerk.documents.cleaning import limits
from bolwerk.documents.cleaning.jpegs import BrokenPictureError, without_metadata
from bolwerk.documents.cleaning.outcome import Cleaned, FileRefusedError, Reason

TELLING_TALES = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/AF", "/Measure", "/PtData")
OF_THE_ROOT = ("/OpenAction", "/Collection", "/Perms", "/SpiderInfo", "/Legal", "/Requirements", "/DSS", "/Extensions")
OF_THE_NAMES = ("/JavaScript", "/EmbeddedFiles", "/AP", "/Renditions", "/URLS", "/IDS", "/Templates")
GONE_FROM_PAGES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/TrapNet", "/Projection"}
SAFE_ACTIONS = {"/GoTo", "/Named"}
SAFE_ADDRESSES = (b"https://", b"http://", b"mailto:", b"tel:")
AUTHOR, FIELD_TYPE = "/T", "/FT"
PIECE = 1 << 16
# Filters that fold, and how far each can unfold at most where it is not counted (ISO 32000-2, 7.4).
FOLDS = {"/FlateDecode": 1032, "/LZWDecode": 1365, "/RunLengthDecode": 64, "/Fl": 1032, "/LZW": 1365, "/RL": 64}


def clean(data: bytes, _code: str = "pdf") -> Cleaned:
    """Return the PDF without what acts, hides or tells tales. Raises FileRefusedError; anything else means damaged."""
    try:
        with Pdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            _check(pdf)
            _clean_root(pdf)
            for thing in pdf.objects:
                _clean_object(thing)
            for page in pdf.pages:
                _clean_annotations(page.obj)
            return Cleaned(_saved(pdf), "pdf")
    except pikepdf.PasswordError:
        raise FileRefusedError(Reason.PASSWORD) from None


def rehearse() -> None:
    """Clean a file of our own: what the library loads when it is first used is there before the fence closes."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(user="", owner="x"))  # its source of chance opens a device
    clean(out.getvalue())


def _check(pdf: Pdf) -> None:
    """Refuse what is far too long, or unfolds to too much. What opens without a password comes out unprotected."""
    if len(pdf.objects) > limits.PDF_OBJECTS or len(pdf.pages) > limits.PDF_PAGES:
        raise FileRefusedError(Reason.TOO_MUCH)
    room = limits.UNFOLDED_BYTES
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            room -= _unfolded_size(thing, room)
            if room < 0:
                raise FileRefusedError(Reason.TOO_MUCH)


def _filters(stream: Stream) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, Array) else [str(found)]


def _unfolded_size(stream: Stream, most: int) -> int:
    """To how many bytes the stream unfolds; counting stops just above `most`. What is folded twice is refused."""
    filters = _filters(stream)
    folding = [one for one in filters if one in FOLDS]
    if len(folding) > 1 or len(filters) > 2:
        raise FileRefusedError(Reason.TOO_MUCH)
    raw = stream.read_raw_bytes()
    if filters == ["/FlateDecode"]:
        return _inflated_size(raw, most)
    return len(raw) * max((FOLDS[one] for one in folding), default=1)


def _inflated_size(raw: bytes, most: int) -> int:
    unfolding, size = zlib.decompressobj(), 0
    while raw and size <= most:
        try:
            size += len(unfolding.decompress(raw, PIECE))
        except zlib.error:  # readers show what comes before the fault; more than that never unfolds
            break
        raw = unfolding.unconsumed_tail
    return size


def _remove(thing: Any, names: Iterable[str]) -> None:
    for name in names:
        if name in thing:
            del thing[name]


def _clean_root(pdf: Pdf) -> None:
    _remove(pdf.trailer, ("/Info", "/ID"))
    _remove(pdf.Root, OF_THE_ROOT)
    if isinstance(names := pdf.Root.get("/Names"), Dictionary):
        _remove(names, OF_THE_NAMES)
    if isinstance(form := pdf.Root.get("/AcroForm"), Dictionary):
        _remove(form, ("/XFA", "/SigFlags", "/CO"))


def _clean_object(thing: Any) -> None:
    """Take out of any dictionary or stream what no page needs; what is nested inside is reached in turn."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            waiting += [item for item in one if _is_nested(item)]
            continue
        if not isinstance(one, Dictionary | Stream):
            continue
        _remove(one, TELLING_TALES)
        _clean_actions(one)
        if isinstance(one, Stream):
            _clean_picture(one)
        waiting += [item for _name, item in one.items() if _is_nested(item)]


def _is_nested(item: Any) -> bool:
    """Whether the item lies inside its owner; what is referred to is an object of its own, and gets its own turn."""
    return isinstance(item, Dictionary | Array) and not item.is_indirect


def _clean_actions(thing: Any) -> None:
    """Take out actions, whatever they hang on: only going to a page, or to an ordinary address, stays."""
    if str(thing.get("/S")) in {"/JavaScript", "/Launch"} or "/JS" in thing:
        _remove(thing, ("/S", "/JS", "/F", "/Win", "/Mac", "/Unix", "/Next"))
    action = thing.get("/A")
    if isinstance(action, Dictionary) and not _is_safe(action):
        del thing["/A"]
    elif isinstance(action, Dictionary):
        _remove(action, ("/Next",))


def _is_safe(action: Dictionary) -> bool:
    kind = str(action.get("/S"))
    if kind == "/URI":
        return bytes(action.get("/URI", pikepdf.String(""))).lower().startswith(SAFE_ADDRESSES)
    return kind in SAFE_ACTIONS or "/S" not in action  # /A of other things (a structure's attributes) is no action


def _clean_picture(stream: Stream) -> None:
    """A photo keeps its place and its serial number in the JPEG itself."""
    if _filters(stream) != ["/DCTDecode"]:
        return
    try:
        bare = without_metadata(stream.read_raw_bytes())
    except BrokenPictureError:
        raise FileRefusedError(Reason.DAMAGED) from None
    parameters = stream.get("/DecodeParms")
    kept = parameters if isinstance(parameters, Dictionary | Array) else None
    stream.write(bare, filter=Name("/DCTDecode"), decode_parms=kept)


def _clean_annotations(page: Any) -> None:
    annotations = page.get("/Annots")
    if not isinstance(annotations, Array):
        return
    kept = [one for one in annotations if isinstance(one, Dictionary) and _may_stay(one)]
    for one in kept:
        if FIELD_TYPE not in one and "/Parent" not in one:  # a remark: its author stays nameless
            _remove(one, (AUTHOR,))
        _remove(one, ("/FS", "/CreationDate", "/M", "/NM"))
    page["/Annots"] = Array(kept)


def _may_stay(annotation: Dictionary) -> bool:
    return str(annotation.get("/Subtype")) not in GONE_FROM_PAGES


def _saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(
        out,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        recompress_flate=False,
    )
    return out.getvalue()
