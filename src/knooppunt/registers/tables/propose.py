"""Proposing a mapping from the head of a file: what each column seems to be, and why. A person decides."""

import re
from dataclasses import dataclass
from pathlib import Path

from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.lines import Rows
from knooppunt.registers.refusal import RefusedError
from knooppunt.registers.tables.layout import ABOUT_PEOPLE, Layout
from knooppunt.registers.tables.layouts import LAYOUTS
from knooppunt.registers.tables.reader import sniff_delimiter
from knooppunt.registers.tables.values import reader_of

LINES = 200  # of the head are looked at
FITS = 0.95  # of the filled cells must be readable as what the column is proposed for
DATE_FORMATS = ("", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d")
_USUAL: dict[str, str] = {
    "number": "number nummer zaaknummer id meldnummer volgnummer kenmerk registratienummer "
    "contractnummer vergunningnummer",
    "kind": "kind soort type zaaktype zaakspecificatie vergunningsoort erkenning api_bedrijf_erkenningen "
    "maatregel waarneming wet",
    "status": "status statusvergunning",
    "started_on": "started_on begindatum startdatum ingangsdatum datum_aanvang datumaanvang vanaf",
    "ended_on": "ended_on einddatum datum_einde datumeinde geldig_tot",
    "reported_on": "reported_on datum melddatum created_at aangemaakt datum_melding incident_date_start",
    "seen_on": "seen_on datum datum_waarneming waargenomen_op",
    "category": "category categorie onderwerp",
    "main_category": "main_category hoofdcategorie main",
    "sub_category": "sub_category subcategory subcategorie sub",
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
    "longitude": "lng lon long longitude lengtegraad x",
    "latitude": "lat latitude breedtegraad y",
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

_NAMED = {
    "permits": ("vergunning", "permit"),
    "rdw": ("erkenning", "rdw"),
    "street": ("waarneming", "observation"),
    "reports": ("melding", "meldnummer", "report"),
    "measures": ("maatregel", "sluiting", "measure"),
    "contracts": ("contract",),
}
"""By what the name of a file, or a heading, gives a register away."""
_DATA = re.compile(r"[\d.,:/ -]*\d[\d.,:/ -]*")  # a number or a date, where a heading should be

Columns = dict[str, str | list[str]]
"""Our name → heading; for a category maybe two, the main one first."""


@dataclass(frozen=True)
class Proposal:
    """A mapping that seems to fit, as TOML, and what could not be placed."""

    register: str
    toml: str
    columns: Columns  # our name → heading
    missing: tuple[str, ...]  # required fields for which no column was found
    unused: tuple[str, ...]  # headings that are not used
    words: dict[str, tuple[str, ...]]  # words in the file that still need a meaning
    alike: tuple[str, ...] = ()  # other registers that fit as well
    doubtful: tuple[str, ...] = ()  # headings that look like data: the file may have no headings at all


def propose_mapping(path: Path, register: str = "") -> Proposal:
    """Look at the first lines of the CSV at `path` and propose a mapping, for `register` or for what fits best.

    Raises RefusedError when the file is no CSV, or the register is not a table register.
    """
    if register and register not in LAYOUTS:
        raise RefusedError(path.name, None, f"{register} has no mapping; known are {', '.join(LAYOUTS)}")
    headings, rows, delimiter, encoding = _head(path)
    names = [_plain(one) for one in (path.stem, *headings)]
    proposals = [_for(layout, headings, rows) for name, layout in LAYOUTS.items() if not register or name == register]
    layout, placed, date_format = max(proposals, key=lambda one: _fitness(one[0], one[1], names))
    best = _fitness(layout, placed, names)
    alike = tuple(
        one.register for one, columns, _ in proposals if one != layout and _fitness(one, columns, names) == best
    )
    parts, points = _category(layout, placed, headings, rows), _degrees(layout, placed, headings, rows)
    columns: Columns = {**placed, **parts, **points}
    used = {heading for one in columns.values() for heading in ([one] if isinstance(one, str) else one)}
    missing = tuple(own.name for own in layout.fields if own.required and own.name not in columns)
    words = _words(layout, placed, headings, rows)
    unused = tuple(heading for heading in headings if heading and heading not in used)
    form = _form(delimiter, encoding, date_format, degrees=bool(points))
    toml = _toml(layout, columns, form, missing, words)
    doubtful = tuple(one for one in headings if _DATA.fullmatch(one.strip()))
    return Proposal(layout.register, toml, columns, missing, unused, words, alike, doubtful)


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
            free = [heading for heading in headings if heading not in columns.values()]
            for heading in _usual(own.name, free):
                place = headings.index(heading)
                if _fits(own.kind, [row[place] for row in rows], date_format):
                    columns[own.name] = heading
                    break
        if len(columns) > len(best[0]):
            best = (columns, date_format)
    return layout, *best


def _usual(name: str, headings: list[str]) -> list[str]:
    """Those of the headings by which a field usually goes, the most usual first."""
    usual = _USUAL.get(name, name).split()
    fitting = [one for one in headings if _plain(one) in usual and headings.count(one) == 1]
    return sorted(fitting, key=lambda one: usual.index(_plain(one)))


def _category(layout: Layout, placed: dict[str, str], headings: list[str], rows: list[list[str]]) -> Columns:
    """A main category and the one under it, or whichever is there, where no column is the category itself."""
    if layout.field("category") is None or "category" in placed:
        return {}
    free = [heading for heading in headings if heading not in placed.values()]
    found = [one for name in ("main_category", "sub_category") for one in _usual(name, free)[:1]]
    fitting = [one for one in found if _fits("word", [row[headings.index(one)] for row in rows], "")]
    return {"category": fitting if len(fitting) > 1 else fitting[0]} if fitting else {}


def _degrees(layout: Layout, placed: dict[str, str], headings: list[str], rows: list[list[str]]) -> Columns:
    """Longitude as x and latitude as y, where no two columns are in metres: alone, a degree might be one."""
    if not {"x", "y"} <= {own.name for own in layout.fields} or {"x", "y"} <= placed.keys():
        return {}
    taken = {heading for own, heading in placed.items() if own not in ("x", "y")}
    free = [heading for heading in headings if heading not in taken]
    found = {own: _usual(name, free)[:1] for own, name in (("x", "longitude"), ("y", "latitude"))}
    points = {own: one for own, those in found.items() for one in those}
    fitting = all(_fits("degrees", [row[headings.index(one)] for row in rows], "") for one in points.values())
    return {**points} if fitting and len(points) == len(found) else {}


def _fits(kind: str, cells: list[str], date_format: str) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    read = reader_of(kind, date_format)
    good = 0
    for cell in filled:
        try:
            good += read(cell, kind) is not None
        except FactRefusedError:
            continue
    return good >= FITS * len(filled)


def _fitness(layout: Layout, columns: dict[str, str], names: list[str]) -> tuple[bool, float, int]:
    """How well a register fits: it is named, has what it needs, and the most columns have a place."""
    named = any(hint in name for hint in _NAMED.get(layout.register, ()) for name in names)
    required = [own.name for own in layout.fields if own.required]
    return named, sum(name in columns for name in required) / max(len(required), 1), len(columns)


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


def _heading(given: str | list[str]) -> str:
    return _quoted(given) if isinstance(given, str) else f"[{', '.join(map(_quoted, given))}]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _form(delimiter: str, encoding: str, date_format: str, *, degrees: bool) -> list[str]:
    """How the file is written, as lines of a mapping."""
    lines = [f"delimiter = {_quoted(delimiter)}".replace("\t", "\\t")]
    lines += [f'encoding = "{encoding}"'] * (encoding != "utf-8")
    lines += [f'date_format = "{date_format}"'] * bool(date_format)
    return lines + ['coordinates = "degrees"'] * degrees


def _toml(
    layout: Layout,
    columns: Columns,
    form: list[str],
    missing: tuple[str, ...],
    words: dict[str, tuple[str, ...]],
) -> str:
    lines = [f'register = "{layout.register}"', *form, "", "[columns]"]
    lines += [f"{name} = {_heading(one)}" for name, one in columns.items()]
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
