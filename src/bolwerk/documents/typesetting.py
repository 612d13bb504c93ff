"""Setting in type: PDF/UA-1 and pictures of pages, with Typst. People's words go in as data and are never code."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import typst

STANDARD: Final = "ua-1"  # ISO 14289-1: tags, language, title, reading order and alternative texts, or no PDF at all
SCREEN_PPI = 110  # of pictures of pages: sharp enough to proofread
INSTEAD = "□"  # of a sign that no font of ours can draw
UNUSUAL = re.compile(r"[^\n\r\t\x20-\x7e\xa0-\u017e]")  # all but Latin letters as Europe writes them: ask a font


@cache
def _fonts(folder: Path | None) -> typst.Fonts:
    """The fonts that come with Typst, and those of the municipality: never those of the machine, so that the same
    letter looks the same everywhere. Read once."""
    paths = [str(folder)] if folder else []
    return typst.Fonts(include_system_fonts=False, font_paths=paths)


def fonts_in(folder: Path) -> list[str]:
    """The families of the municipality's own fonts, if it has any, by name."""
    own = folder.is_dir() and any(folder.iterdir())
    return sorted({font.family for font in _fonts(folder).fonts() if font.path}) if own else []


def pdf_of(sources: Mapping[str, str], data: Mapping[str, Any], *, fonts: Path, at: datetime) -> bytes:
    """A tagged PDF (PDF/UA-1). `sources` are Typst files by name, `main.typ` first; `at` stands in its metadata.

    The same sources, data and moment give the same bytes. Raises typst.TypstError when a template is wrong.
    """
    pdf = _compiled(sources, data, fonts=fonts, format="pdf", pdf_standards=STANDARD, timestamp=int(at.timestamp()))
    return bytes(pdf)


def pages_of(sources: Mapping[str, str], data: Mapping[str, Any], *, fonts: Path) -> list[bytes]:
    """A PNG picture of each page, as it will be printed."""
    pages = _compiled(sources, data, fonts=fonts, format="png", ppi=SCREEN_PPI)
    return [pages] if isinstance(pages, bytes) else list(pages)


def _compiled(sources: Mapping[str, str], data: Mapping[str, Any], *, fonts: Path, **how: Any) -> Any:
    own = fonts if fonts_in(fonts) else None
    files: Any = {name: text.encode() for name, text in sources.items()}  # the stubs forget that several may be given
    given = {"data": json.dumps(printable(data, own))}
    return typst.compile(files, sys_inputs=given, font_paths=_fonts(own), **how)


def printable(value: Any, folder: Path | None = None) -> Any:
    """The same data, with INSTEAD for signs that no font can draw: else there would be no PDF at all."""
    if isinstance(value, str):
        return UNUSUAL.sub(lambda found: found[0] if _can_draw(found[0], folder) else INSTEAD, value)
    if isinstance(value, Mapping):
        return {name: printable(one, folder) for name, one in value.items()}
    return [printable(one, folder) for one in value] if isinstance(value, list | tuple) else value


def texts_in(value: Any) -> Iterator[str]:
    """Every text in the data, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in texts_in(one))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in texts_in(one))


@lru_cache(maxsize=4096)
def _can_draw(sign: str, folder: Path | None) -> bool:
    """Ask the fonts, by setting just this sign."""
    source = b'#set document(title: "x")\n#text(json(bytes(sys.inputs.data)))'
    try:
        typst.compile(source, sys_inputs={"data": json.dumps(sign)}, font_paths=_fonts(folder), pdf_standards=STANDARD)
    except (typst.TypstError, UnicodeError):
        return False
    return True
