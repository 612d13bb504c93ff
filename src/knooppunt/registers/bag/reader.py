"""A whole BAG delivery: which files it has, and in which order they are read."""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zipfile import ZipExtFile

import pyarrow as pa

from knooppunt.registers.archives import Member, members, size_of
from knooppunt.registers.bag import codes, mutations, relations
from knooppunt.registers.bag.blocks import Block, Result
from knooppunt.registers.bag.documents import BLOCK_BYTES, OBJECTS_ROOT, Document
from knooppunt.registers.bag.mutations import Mutations
from knooppunt.registers.bag.pools import ALONE, Pending, Pool, open_pool
from knooppunt.registers.delivery import Facts, Request, Sink
from knooppunt.registers.refusal import EmptyRefusedError, RefusedError, StoppedError

_LEARNED = 16 * 1024 * 1024
_PACKED = 20  # times smaller in a zip: buildings of 2020 were 22
_AHEAD = 6  # blocks under way: bounds memory
_LEVERING = "{http://www.kadaster.nl/schemas/lvbag/extract-levering/v20200601}BAG-Extract-Levering"
_NAME = re.compile(r"(?:^|/)[0-9]{4}(IA|NB|IO)?(?:LIG|NUM|OPR|PND|STA|VBO|WPL)[0-9]{8}[^/]*$")
_PARTS = {"IA": codes.INACTIVE, "NB": codes.NOT_BAG}
COUNTRY = "9999"  # how Kadaster names a delivery of the whole country
SUFFIX = ".gpkg"  # as PDOK gives the BAG: see `geopackage`


def read_bag(request: Request, sink: Sink) -> Facts:
    """Read a BAG 2.0 extract into `sink`: a zip, a zip of zips, a folder or one XML file; or PDOK's GeoPackage.

    Raises RefusedError when the delivery as a whole cannot be taken over, and passes on the one
    `sink.reject` raises for a single object when the user did not ask to keep going.
    """
    if request.path.suffix.lower() == SUFFIX and request.path.is_file():
        from knooppunt.registers.bag.geopackage import read_geopackage  # noqa: PLC0415  GDAL comes along, a moment

        return read_geopackage(request, sink)
    _keep_freed_memory()
    with open_pool(small=_is_small(request.path)) as pool:
        reading = _Reading(request, sink, pool)
        for member in members(request.path, request.scratch, (".xml",)):
            reading.member(member)
        reading.drain()
    if reading.mutations.start is not None:
        reading.work_in()
    reading.facts.helpers_kib = pool.memory_kib
    if not reading.facts.files:
        raise EmptyRefusedError(request.path.name, None, "holds no file of a BAG extract")
    return reading.facts


def _keep_freed_memory() -> None:
    """Have glibc keep what is freed for the next block: it would give it back and ask for it anew, page by page.

    From one large piece that is freed it learns that such pieces come and go, and then keeps up to twice as much
    (`M_MMAP_THRESHOLD` in mallopt(3)). The piece itself is never touched, so it takes no memory.
    """
    bytes(_LEARNED)


def _is_small(path: Path) -> bool:
    """Say whether a delivery is probably read before helpers would pay."""
    unpacked = size_of(path) * (_PACKED if path.suffix.lower() == ".zip" else 1)
    return unpacked < ALONE * BLOCK_BYTES


def part_of(file: str) -> str:
    """Return the part of the delivery a file belongs to, from its name: stand, inactief or niet_bag."""
    match = _NAME.search(file)
    return _PARTS.get(match[1] or "", codes.STAND) if match else codes.STAND


@dataclass
class _Reading:
    request: Request
    sink: Sink
    pool: Pool
    facts: Facts = field(default_factory=Facts)
    under_way: deque[Pending] = field(default_factory=deque)
    roots: set[str] = field(default_factory=set)
    mutations: Mutations = field(default_factory=Mutations)
    done: int = 0

    def member(self, member: Member) -> None:
        """Read one file; a file that is refused is left out where the user asked to keep going."""
        try:
            self._document(Document(member.stream, member.name, part_of(member.name)))
        except StoppedError:
            raise
        except RefusedError as error:
            self.drain()
            self.facts.left_out.append(error.rejection)
            self.sink.reject(error.rejection)
        self.done += member.weight
        self.sink.progress(self.done, member.name)

    def _document(self, document: Document) -> None:
        root = document.head.root
        if root not in {OBJECTS_ROOT, relations.ROOT, mutations.ROOT, _LEVERING}:
            raise RefusedError(document.file, 1, f"is not a BAG extract but {root.rpartition('}')[2]}")
        self._check_area(document)
        self._check_day(document)
        if root in (OBJECTS_ROOT, mutations.ROOT):
            self._check_alone(document)
        self.facts.files += 1
        if root == relations.ROOT:
            self._relations(document)
        elif root == mutations.ROOT:
            self.mutations.read(document, self.sink)
        elif root == OBJECTS_ROOT:
            self._objects(document)
        self.facts.whole += root in (OBJECTS_ROOT, mutations.ROOT)

    def _objects(self, document: Document) -> None:
        """Take the pieces of a file: where it is packed, the first together with a thread, as far as the pool wants."""
        pieces = document.pieces()
        if isinstance(document.stream, ZipExtFile):
            with self.pool.ahead(pieces) as first:
                for piece in first:
                    self._take(piece)
        for piece in pieces:
            self._take(piece)

    def _check_area(self, document: Document) -> None:
        """Refuse a file about another municipality than the delivery, or than the one that is welcome."""
        found = document.head.municipalities
        if document.head.root == relations.ROOT:
            return  # always the whole country
        own = found[0] if len(found) == 1 else COUNTRY
        wanted = self.request.municipality or self.facts.municipality or own
        if own != wanted:
            reason = f"is an extract of municipality {own}, not of {wanted}"
            raise StoppedError(document.file, None, reason)
        self.facts.municipality = own

    def _check_day(self, document: Document) -> None:
        day: date | None = document.head.as_of
        if day and self.facts.as_of and day != self.facts.as_of:
            reason = f"is an extract of {day}, the files before it are of {self.facts.as_of}"
            raise RefusedError(document.file, None, reason)
        self.facts.as_of = self.facts.as_of or day

    def _check_alone(self, document: Document) -> None:
        """Refuse objects and mutations in one delivery: which of the two comes first is not said."""
        self.roots.add(document.head.root)
        if len(self.roots) > 1:
            raise StoppedError(document.file, None, "comes with objects as well as mutations; give them one by one")

    def work_in(self) -> None:
        """Work the mutations into the delivery before. Raises StoppedError when they do not follow it."""
        before = self.request.before
        self.mutations.check(before, self.request.path.name)
        if before is not None:
            self.mutations.work_in(before, self.sink)
            self.facts.as_of = self.mutations.end
            self.facts.quality |= self.mutations.quality(before)

    def _relations(self, document: Document) -> None:
        for piece in relations.read_relations(document):
            if isinstance(piece, pa.Table):
                self.sink.add("town_municipality", piece)
            else:
                self.sink.reject(piece)

    def _take(self, piece: Block | Result) -> None:
        if isinstance(piece, Result):
            self.drain()
            self._put(piece)
            return
        self.under_way.append(self.pool.submit(piece))
        while len(self.under_way) >= _AHEAD:
            self._put(self.under_way.popleft().result())

    def drain(self) -> None:
        """Wait for all blocks under way; results stay in the order of the file."""
        while self.under_way:
            self._put(self.under_way.popleft().result())

    def _put(self, result: Result) -> None:
        for rejection in result.rejections:
            self.sink.reject(rejection)
        for table, pieces in result.tables.items():
            for rows in pieces:
                self.sink.add(table, rows)
