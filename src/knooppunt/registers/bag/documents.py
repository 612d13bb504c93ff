"""One XML file of a delivery → blocks for the fast road, or results of the slow one.

The head of a file (everything before the first object) decides: are the prefixes those Kadaster
uses, whose municipality is it, of which day. From a comment, a processing instruction or anything
else out of the ordinary on, the rest of that file is read by lxml.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, BinaryIO

import numpy as np
from lxml import etree

from knooppunt.registers.archives import damage_of
from knooppunt.registers.bag.blocks import Block, Result
from knooppunt.registers.bag.kinds import NAMESPACES
from knooppunt.registers.bag.safexml import SafePuller, line_of, safe_parser
from knooppunt.registers.bag.scan import STAND
from knooppunt.registers.bag.slowly import SlowReader
from knooppunt.registers.refusal import RefusedError

BLOCK_BYTES = 2 * 1024 * 1024  # small enough for the cache of a processor, large enough for array operations
_PIECE_BYTES = 128 * 1024  # a block ends within so many bytes after BLOCK_BYTES
_HEAD_BYTES = 1024 * 1024  # no head of a file is longer
_OBJECT_BYTES = 64 * 1024 * 1024  # no object is longer: the largest town is about 1 MB

_STAND_END = b"</sl:stand>"
_FOOT_PATTERN = re.compile(rb"\s*</sl:standBestand>\s*</sl-bag-extract:bagStand>\s*")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARATION = re.compile(rb"""<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")
_SELECTIONS = "{http://www.kadaster.nl/schemas/lvbag/extract-selecties/v20200601}"
_PERIOD = (_SELECTIONS + "MutatiedatumVanaf", _SELECTIONS + "MutatiedatumTot")
OBJECTS_ROOT = "{" + NAMESPACES["sl-bag-extract"] + "}bagStand"


@dataclass(frozen=True)
class Head:
    """What the head of a file says."""

    root: str  # {namespace}name of the root element
    municipalities: tuple[str, ...] = ()  # four digits each; empty for the whole country
    as_of: date | None = None  # StandTechnischeDatum
    period: tuple[date, date] | None = None  # of mutations: from the first day (with it) to the last (without it)
    usual: bool = False  # the prefixes are those of kinds.NAMESPACES


def read_head(data: bytes, file: str) -> Head:
    """Read the first bytes of a file, up to its first object or its end.

    Raises RefusedError for another encoding than UTF-8, a DTD, and what is not XML.
    """
    _check_start(data, file)
    municipalities: list[str] = []
    as_of = None
    period: dict[str, date] = {}
    puller = SafePuller()
    try:
        for element in puller.feed(data):
            if element.tag == _SELECTIONS + "GemeenteIdentificatie":
                municipalities.append(_four_digits(element, file))
            elif element.tag == _SELECTIONS + "StandTechnischeDatum":
                as_of = _day(element, file)
            elif element.tag in _PERIOD:
                period[element.tag] = _day(element, file)
        root = puller.root()
    except etree.XMLSyntaxError as error:
        raise RefusedError(file, line_of(error), f"is not well-formed XML ({error.msg})") from error
    if root is None:
        raise RefusedError(file, 1, "is not XML")
    usual = root.prefix == "sl-bag-extract" and all(root.nsmap.get(p) == uri for p, uri in NAMESPACES.items())
    days = tuple(period[name] for name in _PERIOD if name in period)
    known = (days[0], days[1]) if len(days) == len(_PERIOD) else None
    return Head(str(root.tag), tuple(municipalities), as_of, known, usual and None not in root.nsmap)


def _check_start(data: bytes, file: str) -> None:
    declared = _DECLARATION.match(data.removeprefix(b"\xef\xbb\xbf"))
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or (declared and declared[1].upper() not in {b"UTF-8", b"US-ASCII"}):
        raise RefusedError(file, 1, "is not in UTF-8, as a BAG extract is")
    plain = _COMMENT.sub(b"", data)
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise RefusedError(file, 1, "holds a document type or entities; a BAG extract never does")


def _four_digits(element: etree._Element, file: str) -> str:
    text = (element.text or "").strip()
    if not re.fullmatch("[0-9]{4}", text):
        raise RefusedError(file, line_of(element), f"“{text}” is not the code of a municipality")
    return text


def _day(element: etree._Element, file: str) -> date:
    text = (element.text or "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RefusedError(file, line_of(element), f"“{text}” is not a date") from None


class Document:
    """One XML file of objects, being read from a stream."""

    def __init__(self, stream: BinaryIO | IO[bytes], file: str, part: str) -> None:
        self.stream, self.file, self.part = stream, file, part
        start = self.read(BLOCK_BYTES)
        while STAND not in start and len(start) < _HEAD_BYTES and (more := self.read(BLOCK_BYTES)):
            start += more
        if not start.strip():
            raise RefusedError(file, 1, "is empty")
        first = start.find(STAND)
        self.head_bytes = start[:first] if first >= 0 else start
        self.rest = start[first:] if first >= 0 else b""
        self.head = read_head(self.head_bytes, file)

    def read(self, size: int) -> bytes:
        """Return the next bytes of the file."""
        with damage_of(self.file):
            return self.stream.read(size)

    def pieces(self) -> Iterator[Block | Result]:
        """Yield the objects of the file: as blocks still to be read, or read already where lxml had to.

        Raises RefusedError when the file is not what it should be.
        """
        if not self.head.usual or not self.rest:
            yield from self._slowly(self.head_bytes + self.rest, 0)
            return
        yield from self._blocks()

    def _blocks(self) -> Iterator[Block | Result]:
        """Cut the file into blocks of whole objects."""
        line = self.head_bytes.count(b"\n")  # how many line ends came before
        block, rest = self._next(self.rest)
        while block:
            if _has_oddity(block):
                yield from self._slowly(self.head_bytes + block + rest, line - self.head_bytes.count(b"\n"))
                return
            self._check_text(block, line)
            yield Block(block, self.file, self.part, line + 1)
            start = rest.lstrip()
            line += _line_ends(block) + rest.count(b"\n", 0, len(rest) - len(start))
            block, rest = self._next(start)
        if len(rest) > _OBJECT_BYTES:
            raise RefusedError(self.file, line + 1, "holds an object of more than 64 MiB")
        if _has_oddity(rest):
            yield from self._slowly(self.head_bytes + rest, line - self.head_bytes.count(b"\n"))
        elif not _FOOT_PATTERN.fullmatch(rest):
            self._refuse_foot(rest, line)

    def _next(self, rest: bytes) -> tuple[bytes, bytes]:
        """Read on from `rest`; return whole objects (nothing: there are no more) and what comes behind them."""
        pieces, size, wanted, ended = [rest], len(rest), BLOCK_BYTES, False
        while True:
            while size < wanted and not ended:
                step = min(_PIECE_BYTES, BLOCK_BYTES)
                piece = self.read(-(-(wanted - size) // step) * step)  # at once: unpacking lets go of Python's lock
                ended = not piece
                pieces.append(piece)
                size += len(piece)
            cut = pieces[-1].rfind(_STAND_END)
            if cut < 0:  # mostly it is there, and only a small piece is copied
                pieces = [b"".join(pieces)]
                cut = pieces[0].rfind(_STAND_END)
            if cut >= 0 or ended or size > _OBJECT_BYTES:
                break
            wanted *= 2
        last, end = pieces.pop(), cut + len(_STAND_END) if cut >= 0 else 0
        return b"".join([*pieces, last[:end]]), last[end:]

    def _check_text(self, block: bytes, line: int) -> None:
        if block.isascii():
            return
        try:
            block.decode("utf-8")
        except UnicodeDecodeError as error:
            at = line + 1 + block.count(b"\n", 0, error.start)
            raise RefusedError(self.file, at, "is not in UTF-8, as a BAG extract is") from error

    def _refuse_foot(self, foot: bytes, line: int) -> None:
        """Say what is wrong after the last whole object; lxml knows best."""
        before = self.head_bytes.count(b"\n")
        try:
            etree.fromstring(self.head_bytes + foot, safe_parser())
        except etree.XMLSyntaxError as error:
            at = line_of(error) + line - before
            raise RefusedError(self.file, at, f"is cut short or not well-formed ({error.msg})") from error
        raise RefusedError(self.file, line + 1, "holds something unknown after the last object")

    def _slowly(self, data: bytes, shift: int) -> Iterator[Result]:
        """Read a document from `data` and the rest of the stream with lxml; `shift` corrects line numbers."""
        reader = SlowReader(self.file, self.part, shift)
        while data:
            yield from reader.feed(data)
            data = self.read(BLOCK_BYTES)
        yield from reader.finish()


def _has_oddity(buffer: bytes) -> bool:
    """Say whether there is a comment, CDATA, declaration or processing instruction in the buffer."""
    if b"!" not in buffer and b"?" not in buffer:  # looking for one byte is ten times as fast
        return False
    return b"<!" in buffer or b"<?" in buffer


def _line_ends(block: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(block, np.uint8) == ord("\n")))  # three times as fast as bytes.count
