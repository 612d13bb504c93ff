"""What PDF/UA-1 (ISO 14289-1) asks that can be read from the structure of a file; numbers are those of the Matterhorn
Protocol 1.1. veraPDF checks more, but is in none of the registries that a newcomer reaches, so this runs everywhere.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf

FIGURE, HEADINGS = "/Figure", ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
HEADING_CELL, ROW = "/TH", "/TR"


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, pikepdf.Array):
            waiting = [*one, *waiting]
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                yield one
            waiting = [one.get("/K", pikepdf.Array([])), *waiting]


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    """What the elements are, in reading order."""
    return [str(element.S) for element in elements(pdf)]


def _says_yes(root: Any, name: str, what: str) -> bool:
    return name in root and root[name].get(what) is True


def _whole(pdf: pikepdf.Pdf, language: str) -> Iterator[str]:
    with pdf.open_metadata() as metadata:
        if str(metadata.get("pdfuaid:part")) != "1":
            yield "06-002: does not say that it is PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "06-003: has no title"
    if not _says_yes(pdf.Root, "/MarkInfo", "/Marked"):
        yield "not marked as tagged"
    if not _says_yes(pdf.Root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "07-001: a window shows the name of the file, not the title"
    if not str(pdf.Root.get("/Lang", "")).startswith(language):
        yield f"11-006: the language is not {language}"
    if pdf.is_encrypted:
        yield "26: protected"


def _headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    levels = [HEADINGS.index(kind) + 1 for kind in kinds(pdf) if kind in HEADINGS]
    if not levels or levels[0] != 1:
        yield "14-002: does not begin with a heading of the first level"
    if any(deeper - before > 1 for before, deeper in pairwise(levels)):
        yield "14-003: skips a level of headings"


def _things(pdf: pikepdf.Pdf) -> Iterator[str]:
    for element in elements(pdf):
        if str(element.S) == FIGURE and not str(element.get("/Alt", "")):
            yield "13-004: a figure without alternative text"
    tables = [element for element in elements(pdf) if str(element.S) == "/Table"]
    if tables and HEADING_CELL not in kinds(pdf):
        yield "15-003: a table without headings"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if str(page.obj.get("/Tabs")) != "/S" and "/Annots" in page.obj:
            yield f"28-009: page {number} does not follow the structure by keyboard"
        if "/StructParents" not in page.obj:
            yield f"page {number} is not tied to the structure"
        marked = [str(op.operator) for op in pikepdf.parse_content_stream(page)]
        if marked.count("BDC") + marked.count("BMC") != marked.count("EMC"):
            yield f"page {number} has marks that do not close"
        if _draws_unmarked(page):
            yield f"01-005: page {number} draws something that is neither content nor decoration"
        fonts = page.obj.Resources.Font.values() if "/Font" in page.obj.Resources else ()
        if any("/ToUnicode" not in font for font in fonts):
            yield f"10-001: page {number} has letters that cannot be read out"


def _draws_unmarked(page: pikepdf.Page) -> bool:
    depth = 0
    for one in pikepdf.parse_content_stream(page):
        name = str(one.operator)
        depth += (name in {"BDC", "BMC"}) - (name == "EMC")
        if depth == 0 and name in {"Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "B"}:
            return True
    return False


def problems(data: bytes, *, language: str) -> list[str]:
    """What is wrong with a PDF for whoever cannot see it; empty when all is well."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [fault for check in (_headings, _things, _pages) for fault in check(pdf)] + list(_whole(pdf, language))


def text_of(data: bytes) -> str:
    """The words of a PDF as a screen reader gets them, by the tables of its fonts."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return "\n".join(_text_of_page(page) for page in pdf.pages)


def _text_of_page(page: pikepdf.Page) -> str:
    tables = {name: _table(font) for name, font in page.obj.Resources.Font.items()}
    table: dict[int, str] = {}
    words = []
    for one in pikepdf.parse_content_stream(page):
        if str(one.operator) == "Tf":
            table = tables[str(one.operands[0])]
        elif str(one.operator) in {"Tj", "TJ"}:
            data = _bytes_of(one.operands[0])
            words.append("".join(table.get(data[at] << 8 | data[at + 1], "?") for at in range(0, len(data), 2)))
    return "".join(words)


def _bytes_of(shown: Any) -> bytes:
    """The glyphs of one operator: a string, or strings with spaces in between."""
    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    return b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))


def _table(font: Any) -> dict[int, str]:
    """What each glyph of a font reads as (its ToUnicode map)."""
    found: dict[int, str] = {}
    text = font.ToUnicode.read_bytes().decode("ascii")
    for line in text.splitlines():
        parts = [part.strip("<> ") for part in line.split("> <")]
        if len(parts) == 2 and all(set(part) <= set("0123456789abcdefABCDEF") and part for part in parts):
            found[int(parts[0], 16)] = bytes.fromhex(parts[1]).decode("utf-16-be", "replace")
    return found
