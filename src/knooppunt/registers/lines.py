"""Text files read line by line, with ceilings: a delivery may be large, a line may not."""

import csv
from collections.abc import Iterator
from typing import IO, BinaryIO

from knooppunt.registers.archives import damage_of
from knooppunt.registers.refusal import RefusedError

MAXIMUM_LINE = 4 * 1024 * 1024  # bytes: a KVK profile is about 3 kB, a row of the BRP about 2 kB
MAXIMUM_COLUMNS = 2_000  # the widest layout in use (BRP) has 257

_ZIP = b"PK\3\4"  # how every zip begins, and an XLSX is one


def text_lines(stream: BinaryIO | IO[bytes], file: str, encoding: str = "utf-8") -> Iterator[str]:
    """Yield the lines of a file, UTF-8 unless said. Raises RefusedError for another encoding or a line without end."""
    number = 0
    while True:
        with damage_of(file):
            line = stream.readline(MAXIMUM_LINE + 1)
        if not line:
            return
        number += 1
        if number == 1 and line.startswith(_ZIP):
            raise RefusedError(file, 1, "is a spreadsheet (XLSX) or a zip with another name; save it as CSV in UTF-8")
        if len(line) > MAXIMUM_LINE:
            raise RefusedError(file, number, f"is longer than {MAXIMUM_LINE // 1024 // 1024} MiB")
        try:
            text = line.removeprefix(b"\xef\xbb\xbf" if number == 1 else b"").decode(encoding)
        except UnicodeDecodeError as error:
            raise RefusedError(file, number, f"is not in {encoding.upper()}") from error
        if "\0" in text:
            raise RefusedError(file, number, "holds a NUL character; this is not a text file")
        yield text


class Rows:
    """The rows of a CSV by heading, each with its line number."""

    def __init__(self, stream: BinaryIO | IO[bytes], file: str, delimiter: str, encoding: str = "utf-8") -> None:
        self.file = file
        self._reader = csv.reader(text_lines(stream, file, encoding), delimiter=delimiter, strict=True)
        self.headings: list[str] = next(self._read(), [])
        if not any(self.headings):
            raise RefusedError(file, 1, "is empty")
        if len(self.headings) > MAXIMUM_COLUMNS:
            reason = f"has {len(self.headings):,} columns; no layout has more than {MAXIMUM_COLUMNS:,}"
            raise RefusedError(file, 1, reason)

    def places(self, wanted: list[str]) -> list[int]:
        """Return where the wanted headings stand. Raises RefusedError naming those that are missing or double."""
        missing = [heading for heading in wanted if heading not in self.headings]
        if missing:
            raise RefusedError(self.file, 1, f"has no column {', '.join(missing)}")
        double = [heading for heading in wanted if self.headings.count(heading) > 1]
        if double:
            raise RefusedError(self.file, 1, f"has the column {', '.join(double)} more than once")
        return [self.headings.index(heading) for heading in wanted]

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yield line number and cells; empty lines are passed over. The number of cells is not checked."""
        for cells in self._read():
            if cells:
                yield self._reader.line_num, cells

    def _read(self) -> Iterator[list[str]]:
        try:
            yield from self._reader
        except csv.Error as error:
            raise RefusedError(self.file, self._reader.line_num, f"is not a CSV ({error})") from error
