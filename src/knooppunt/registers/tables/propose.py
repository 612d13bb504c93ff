"""Proposing a mapping from the head of a file: what each column seems to be, and why. A person decides."""

import re
from dataclasses import dataclass
from pathlib import Path

from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.lines import Rows
from knooppunt.registers.refusal import RefusedError
from knooppunt.registers.tables.layout import ABOUT_PEOPLE, Field, Layout
from knooppunt.registers.tables.layouts import LAYOUTS
from knooppunt.registers.tables.reader import sniff_delimiter
from knooppunt.registers.tables.values import reader_of

LINES = 200  # of the head are looked at
FITS = 0.95  # of the filled cells must be readable as what the column is proposed for
DATE_FORMATS = ("", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d")
_USUAL: dict[str, str] = {
    "number": "number nummer zaaknummer id meldnummer volgnummer kenmerk registratienummer",
    "kind": "kind soort type zaaktype zaakspecificatie vergunningsoort erkenning api_bedrijf_erkenningen",
    "status": "status statusvergunning",
    "started_on": "started_on begindatum startdatum ingangsdatum datum_aanvang datumaanvang vanaf",
    "ended_on": "ended_on einddatum datum_einde datumeinde geldig_tot",
    "reported_on": "reported_on datum melddatum created_at aangemaakt datum_melding incident_date_start",
    "seen_on": "seen_on datum datum_waarneming waargenomen_op",
    "category": "category categorie hoofdcategorie subcategorie onderwerp",
    "source": "source bron herkomst",
    "holder_kvk": "holder_kvk kvk kvknummer kvk_nummer vergunninghouder_kvk",
    "provider_kvk": "provider_kvk kvk kvknummer kvk_nummer",
    "kvk": "kvk kvknummer kvk_nummer",
    "object_id": "object_id vbo_id verblijfsobject adresseerbaarobjectidentificatie bag_id bagid",
    "address_id": "address_id nummeraanduiding nummeraanduidingidentificatie",
    "street": "street straat straatnaam openbareruimte",
    "house_number": "house_number huisnummer hnr huisnr",
    "house_letter": "house_letter huisletter",
    "addition": "addition toevoeging huisnummertoevoeging huisnummer_toevoeging",
    "postcode": "postcode pc6 zipcode",
    "town": "town plaats woonplaats plaatsnaam",
    "x": "x x_coordinaat rd_x rijksdriehoekx",
    "y": "y y_coordinaat rd_y rijksdriehoeky",
    "code": "code buurtcode buurt2024 buurt bu_code",
    "name": "name naam buurtnaam",
    "urbanity": "urbanity stedelijkheid stedelijkheid_adressen_per_km2 mate_van_stedelijkheid",
    "inhabitants": "inhabitants aantal_inwoners inwoners",
    "households": "households aantal_huishoudens huishoudens",
    "area": "area gebied regiocode buurtcode",
    "indicator": "indicator onderwerp",
    "year": "year jaar peiljaar",
    "value": "value waarde",
    "counted": "counted aantal noemer",
    "fact": "fact feit feit_of_vermoeden",
}


@dataclass(frozen=True)
class Proposal:
    """A mapping that seems to fit, as TOML, and what could not be placed."""

    register: str
    toml: str
    columns: dict[str, str]  # our name → heading
    missing: tuple[str, ...]  # required fields for which no column was found
    unused: tuple[str, ...]  # headings that are not used
    words: dict[str, tuple[str, ...]]  # words in the file that still need a meaning


def propose_mapping(path: Path, register: str = "") -> Proposal:
    """Look at the first lines of the CSV at `path` and propose a mapping, for `register` or for what fits best.

    Raises RefusedError when the file is no CSV, or the register is not a table register.
    """
    if register and register not in LAYOUTS:
        raise RefusedError(path.name, None, f"{register} has no mapping; known are {', '.join(LAYOUTS)}")
    headings, rows, delimiter, encoding = _head(path)
    proposals = [_for(layout, headings, rows) for name, layout in LAYOUTS.items() if not register or name == register]
    layout, columns, date_format = max(proposals, key=lambda one: _fitness(*one[:2]))
    missing = tuple(own.name for own in layout.fields if own.required and own.name not in columns)
    words = _words(layout, columns, headings, rows)
    unused = tuple(heading for heading in headings if heading and heading not in columns.values())
    toml = _toml(layout, columns, (delimiter, encoding, date_format), missing, words)
    return Proposal(layout.register, toml, columns, missing, unused, words)


def _head(path: Path) -> tuple[list[str], list[list[str]], str, str]:
    try:
        with path.open("rb") as stream:
            start = stream.read(64 * 1024)
    except OSError as error:
        raise RefusedError(path.name, None, f"cannot be opened ({error.strerror})") from error
    encoding = "utf-8"
    try:
        start[: start.rfind(b"\n") + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = "cp1252"
    first = start.splitlines()[:1] or [b""]
    delimiter = sniff_delimiter(first[0].decode(encoding, "replace"))
    with path.open("rb") as stream:
        rows = Rows(stream, path.name, delimiter, encoding)
        cells = [cells for (_, cells), _ in zip(rows, range(LINES), strict=False) if len(cells) == len(rows.headings)]
    return rows.headings, cells, delimiter, encoding


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", heading.strip().lower()).strip("_")


def _for(layout: Layout, headings: list[str], rows: list[list[str]]) -> tuple[Layout, dict[str, str], str]:
    """The columns that fit a layout by their heading and by what stands in them, each heading used once."""
    best: tuple[dict[str, str], str] = ({}, "")
    for date_format in DATE_FORMATS:
        columns: dict[str, str] = {}
        for own in layout.fields:
            usual = _USUAL.get(own.name, own.name).split()
            fitting = [
                (usual.index(_plain(heading)), place, heading)
                for place, heading in enumerate(headings)
                if _plain(heading) in usual and heading not in columns.values() and headings.count(heading) == 1
            ]
            for _, place, heading in sorted(fitting):
                if _fits(own, [row[place] for row in rows], date_format):
                    columns[own.name] = heading
                    break
        if len(columns) > len(best[0]):
            best = (columns, date_format)
    return layout, *best


def _fits(own: Field, cells: list[str], date_format: str) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    read = reader_of(own.kind, date_format)
    good = 0
    for cell in filled:
        try:
            good += read(cell, own.name) is not None
        except FactRefusedError:
            continue
    return good >= FITS * len(filled)


def _fitness(layout: Layout, columns: dict[str, str]) -> tuple[float, int]:
    required = [own.name for own in layout.fields if own.required]
    return (sum(name in columns for name in required) / max(len(required), 1), len(columns))


def _words(
    layout: Layout, columns: dict[str, str], headings: list[str], rows: list[list[str]]
) -> dict[str, tuple[str, ...]]:
    """The words in the head that are not ours yet."""
    found = {}
    for own in layout.fields:
        if own.words and own.name in columns:
            place = headings.index(columns[own.name])
            words = sorted({row[place].strip() for row in rows} - set(own.words) - {""})
            if words:
                found[own.name] = tuple(words)
    return found


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _toml(
    layout: Layout,
    columns: dict[str, str],
    form: tuple[str, str, str],
    missing: tuple[str, ...],
    words: dict[str, tuple[str, ...]],
) -> str:
    delimiter, encoding, date_format = form
    lines = [f'register = "{layout.register}"', f"delimiter = {_quoted(delimiter)}".replace("\t", "\\t")]
    lines += [f'encoding = "{encoding}"'] * (encoding != "utf-8")
    lines += [f'date_format = "{date_format}"'] * bool(date_format)
    lines += ["", "[columns]"]
    lines += [f"{name} = {_quoted(heading)}" for name, heading in columns.items()]
    lines += [f'# {name} = "…"  needed: {_meaning(layout, name)}' for name in missing]
    for name, found in words.items():
        own = layout.field(name)
        lines += ["", f"[values.{name}]  # each one of: {', '.join(own.words if own else ())}"]
        lines += [f'# {_quoted(word)} = "…"' for word in found]
    return "\n".join(lines) + "\n"


def _meaning(layout: Layout, name: str) -> str:
    own = layout.field(name)
    return own.meaning if own else name


def about_people(headings: tuple[str, ...]) -> list[str]:
    """Headings that seem to be about people: those columns are best taken out before a file is handed over."""
    return [heading for heading in headings if ABOUT_PEOPLE & {_plain(heading), *_plain(heading).split("_")}]
