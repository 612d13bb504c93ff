"""A whole file read by lxml: for other prefixes, comments, and whatever else is out of the ordinary."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from knooppunt.registers.bag.blocks import Result, rows_table
from knooppunt.registers.bag.elements import read_stand
from knooppunt.registers.bag.kinds import NAMESPACES, Kind
from knooppunt.registers.bag.safexml import SafePuller, line_of
from knooppunt.registers.bag.values import ValueRefusedError
from knooppunt.registers.refusal import RefusedError, Rejection

_STAND = "{" + NAMESPACES["sl"] + "}stand"
_ROWS = 5_000  # in one table


class SlowReader:
    """Feeds a document to lxml and lets go of every object that has been read."""

    def __init__(self, file: str, part: str, shift: int) -> None:
        self.file, self.part = file, part
        self.shift = shift  # what to add to lxml's line numbers
        self.puller = SafePuller(_STAND)
        self.rows: dict[str, list[tuple[Kind, dict[str, Any]]]] = {}
        self.result = Result()

    def feed(self, data: bytes) -> Iterator[Result]:
        """Take more of the file. Raises RefusedError when it is not well-formed."""
        try:
            for stand in self.puller.feed(data):
                self._read(stand)
                _let_go(stand)
        except etree.XMLSyntaxError as error:
            raise self._refusal(error) from error
        if self.result.slow >= _ROWS:
            yield self._take()

    def finish(self) -> Iterator[Result]:
        """Yield what is left. Raises RefusedError when the file ends too early."""
        try:
            self.puller.close()
        except etree.XMLSyntaxError as error:
            raise self._refusal(error) from error
        yield self._take()

    def _refusal(self, error: etree.XMLSyntaxError) -> RefusedError:
        reason = f"is cut short or not well-formed ({error.msg})"
        return RefusedError(self.file, line_of(error) + self.shift, reason)

    def _read(self, stand: etree._Element) -> None:
        self.result.slow += 1
        try:
            kind, row = read_stand(stand)
            self.rows.setdefault(kind.table, []).append((kind, row))
        except ValueRefusedError as error:
            self.result.rejections.append(Rejection(self.file, line_of(stand) + self.shift, str(error)))

    def _take(self) -> Result:
        for table, rows in self.rows.items():
            self.result.tables[table].append(rows_table(rows, self.file, self.part))
        result, self.result, self.rows = self.result, Result(), {}
        return result


def _let_go(stand: etree._Element) -> None:
    """Forget an element that has been read, and those before it, so that memory does not grow."""
    stand.clear()
    parent = stand.getparent()
    while parent is not None and (earlier := stand.getprevious()) is not None and earlier.tag == _STAND:
        parent.remove(earlier)
