"""Answers of the Haal Centraal BRP APIs as stays: `bewoningen` (v2.1) and `personen`.

`bewoningen` says who lived at one object, or may have, in the periods that were asked. What lies outside those is not
known: who was there from the first day came some day before, who was there to the last goes on. `personen` says where
somebody lives now. Names and the mark for secrecy are not looked at. A BSN goes into the hash and nowhere else.

Source: BRP-API/Haal-Centraal-BRP-bewoning, specificatie/resolved/openapi.yaml (EUPL-1.2).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from knooppunt.registers.brp.dates import FIRST, LAST, UNKNOWN, Span, adult_from, read_span
from knooppunt.registers.brp.stays import COLUMNS, Cells, RowRefusedError, is_identifier, stays_of
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.parts import Json, part, parts

Hash = Callable[[str], str]
Row = dict[str, Any]
_DAY = timedelta(days=1)
_ADDRESS = "Adres"


@dataclass(frozen=True)
class _Run:
    """Somebody at an object without a break: possible from `start`, certain in [sure, unsure), possible to `end`."""

    start: date
    sure: date
    unsure: date
    end: date


@dataclass(frozen=True)
class _Asked:
    """The periods about one object together: what lies outside is not known."""

    first: date
    last: date


class Answers:
    """Turns answers into rows of STAYS. `seen` is told every BSN, to count them; `many` counts cut-off answers."""

    def __init__(self, who: Hash, valid: Callable[[str], bool], seen: Callable[[str], None]) -> None:
        self._who, self._valid, self._seen = who, valid, seen
        self.persons = self.many = 0

    def stays(self, line: int, answer: Any) -> Iterator[Row]:
        """The stays in one answer. Raises FactRefusedError; its reason repeats nothing that stands in it."""
        if not isinstance(answer, dict):
            raise FactRefusedError("is not an answer but something else in JSON")
        if "bewoningen" in answer:
            yield from self._lived(line, parts(answer, "bewoningen"))
        elif "personen" in answer:
            for person in parts(answer, "personen"):
                yield from self._person(line, person)
        elif "status" in answer:
            raise FactRefusedError("is an answer that says what went wrong, not an answer with people")
        else:
            raise FactRefusedError("has neither bewoningen nor personen")

    def _bsn(self, person: Json) -> str:
        bsn = person.get("burgerservicenummer")
        if not (isinstance(bsn, str) and len(bsn) == 9 and bsn.isascii() and bsn.isdigit()):
            raise FactRefusedError("has somebody without a burgerservicenummer of nine digits; ask for that field")
        self._seen(bsn)
        return bsn

    def _lived(self, line: int, periods: list[Json]) -> Iterator[Row]:
        """The stays at every object in an answer of `bewoningen`."""
        told: dict[str, list[tuple[date, date, Json]]] = defaultdict(list)
        for one in periods:
            object_id = one.get("adresseerbaarObjectIdentificatie")
            if not (isinstance(object_id, str) and is_identifier(object_id)):
                raise FactRefusedError("has an adresseerbaarObjectIdentificatie that is none")
            told[object_id].append((*_period(part(one, "periode")), one))
            self.many += one.get("indicatieVeelBewoners") is True
        for object_id, found in sorted(told.items()):
            asked = _Asked(min(start for start, _, _ in found), max(end for _, end, _ in found))
            yield from self._at(line, object_id, found, asked)

    def _at(self, line: int, object_id: str, found: list[tuple[date, date, Json]], asked: _Asked) -> Iterator[Row]:
        there: dict[str, list[tuple[date, date, bool]]] = defaultdict(list)
        born: dict[str, Span] = {}
        for start, end, one in found:
            for name, sure in (("bewoners", True), ("mogelijkeBewoners", False)):
                for person in parts(one, name):
                    bsn = self._bsn(person)
                    there[bsn].append((start, end, sure))
                    born[bsn] = _day(part(part(person, "geboorte"), "datum"))
        for bsn, pieces in sorted(there.items()):
            self.persons += 1
            for run in _runs(sorted(pieces)):
                for part_of in _parted(run, asked):
                    yield self._row(line, (object_id, bsn), born[bsn]) | _bounds(part_of, asked)

    def _row(self, line: int, of: tuple[str, str], born: Span) -> Row:
        object_id, bsn = of
        earliest, latest = adult_from(born)
        return {
            "person": self._who(bsn),
            "object_id": int(object_id),
            "function": "W",
            "adult_from_earliest": earliest,
            "adult_from_latest": latest,
            "bsn_valid": self._valid(bsn),
            "source_line": line,
        }

    def _person(self, line: int, person: Json) -> Iterator[Row]:
        """The stay of one person in an answer of `personen`, when it is at an address."""
        bsn = self._bsn(person)
        self.persons += 1
        place = part(person, "verblijfplaats")
        if place.get("type") != _ADDRESS:
            return
        suspended = part(person, "opschortingBijhouding")
        cells: Cells = dict.fromkeys(COLUMNS, "") | {
            "birth": _cell(part(part(person, "geboorte"), "datum")),
            "function": _code(place, "functieAdres"),
            "since": _cell(part(place, "datumVan")),
            "object_id": _text(place, "adresseerbaarObjectIdentificatie"),
            "address_id": _text(place, "nummeraanduidingIdentificatie"),
            "municipality": _code(person, "gemeenteVanInschrijving"),
            "suspension": _code(suspended, "reden"),
            "suspended_on": _cell(part(suspended, "datum")) if suspended else "",
        }
        try:
            yield from stays_of([(line, cells)], self._who(bsn), bsn_valid=self._valid(bsn))
        except RowRefusedError as error:
            raise FactRefusedError(error.reason) from error


def _text(whole: Json, name: str) -> str:
    value = whole.get(name)
    return value if isinstance(value, str) else ""


def _code(whole: Json, name: str) -> str:
    return _text(part(whole, name), "code")


def _period(period: Json) -> tuple[date, date]:
    try:
        start, end = (date.fromisoformat(_text(period, name)) for name in ("datumVan", "datumTot"))
    except ValueError as error:
        raise FactRefusedError("has a periode without datumVan and datumTot as days") from error
    if end <= start:
        raise FactRefusedError("has a periode that ends before it starts")
    return start, end


def _cell(told: Json) -> str:
    """A day as the APIs say it, in eight digits; what is not known is 0. Raises FactRefusedError."""
    if not told or told.get("onbekend") is True:
        return "00000000"
    if "datum" in told:
        return _text(told, "datum").replace("-", "")
    year, month = told.get("jaar"), told.get("maand", 0)
    if not (isinstance(year, int) and isinstance(month, int)) or isinstance(year, bool) or isinstance(month, bool):
        raise FactRefusedError("has a day that is none")
    return f"{year:04}{month:02}00"


def _day(told: Json) -> Span:
    if not told:
        return UNKNOWN
    try:
        return read_span(_cell(told))
    except ValueError as error:
        raise FactRefusedError("has a day that is none") from error


def _runs(pieces: list[tuple[date, date, bool]]) -> Iterator[_Run]:
    """Pieces in order as runs: possible, then certain, then possible. What does not fit in one starts another."""
    run: _Run | None = None
    for start, end, sure in pieces:
        joined = _joined(run, start, end, sure=sure) if run and run.end == start else None
        if joined is None:
            if run:
                yield run
            joined = _Run(start, start, end, end) if sure else _Run(start, end, end, end)
        run = joined
    if run:
        yield run


def _joined(run: _Run, start: date, end: date, *, sure: bool) -> _Run | None:
    """The run with one more piece, or None when certain days would come after doubtful ones that ended it."""
    nothing_sure, doubtful = run.sure == run.unsure, run.unsure < run.end
    if sure:
        if nothing_sure:
            return _Run(run.start, start, end, end)
        return None if doubtful else _Run(run.start, run.sure, end, end)
    return _Run(run.start, end, end, end) if nothing_sure else _Run(run.start, run.sure, run.unsure, end)


def _parted(run: _Run, asked: _Asked) -> Iterator[_Run]:
    """The run; one that ends in a single doubtful day as two, for an end between two equal days would be no doubt."""
    if run.sure < run.unsure and run.end - run.unsure == _DAY and run.end != asked.last:
        yield _Run(run.start, run.sure, run.unsure, run.unsure)
        yield _Run(run.unsure, run.end, run.end, run.end)
    else:
        yield run


def _bounds(run: _Run, asked: _Asked) -> Row:
    """The days between which a stay starts and ends."""
    before, after = run.start == asked.first, run.end == asked.last
    if run.sure == run.unsure:  # never certain: it stays so beyond what was asked
        start = Span(run.start, LAST if after else run.end - _DAY, certain=False)
    elif run.start < run.sure:
        start = Span(run.start, run.sure - _DAY, certain=False)
    elif before:
        start = Span(FIRST, run.sure - _DAY, certain=False)
    else:
        start = Span(run.sure, run.sure, certain=True)
    doubtful = run.sure < run.unsure < run.end
    ends: tuple[date | None, date | None] = (run.end, run.end)
    if doubtful:
        ends = (run.unsure, LAST if after else run.end - _DAY)
    elif after:
        ends = (None, None)
    return {
        "start_earliest": start.earliest,
        "start_latest": start.latest,
        "start_uncertain": not start.certain,
        "end_earliest": ends[0],
        "end_latest": ends[1],
    }
