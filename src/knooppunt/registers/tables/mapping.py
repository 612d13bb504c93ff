"""The TOML file that says which column of a file is which.

register = "permits"             # one of the table registers, or a new name for a table of your own
delimiter = ";"                  # optional
encoding = "utf-8"               # optional; cp1252 for files out of older systems
layer = "buurten"                # which layer, where the file is a GeoPackage with more than one
date_format = "%d-%m-%Y"         # optional; otherwise YYYY-MM-DD or YYYYMMDD
coordinates = "degrees"          # optional; x and y are longitude and latitude (WGS84), and are turned to metres

[columns]                        # our name = the heading in the file
number = "Zaaknummer"
postcode = ["PC4", "PC2"]        # a postcode or a category may be put together from two columns; nothing else may

[values.kind]                    # what a word in the file stands for; the others are kept as they are
"Horeca-exploitatievergunning" = "horeca"

[fixed]                          # what holds for every row
source = "resident"

[fields.zone]                    # only for a table of your own: what each column holds
kind = "text"                    # text word number amount day yes postcode object kvk sbi house_number x y
required = true
least = 0                        # checks, for numbers and days
most = 100

[keys]
unique = ["number"]              # only for a table of your own
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knooppunt.registers.catalogue import FIXED
from knooppunt.registers.kvk.values import FactRefusedError
from knooppunt.registers.refusal import RefusedError
from knooppunt.registers.tables.layout import ABOUT_PEOPLE, Field, Layout
from knooppunt.registers.tables.layouts import LAYOUTS
from knooppunt.registers.tables.values import TYPES, reader_of

COORDINATES = ("metres", "degrees")
SHIPPED = Path(__file__).parent / "mappings"
OWN = "own_"
_NAME = re.compile(r"[a-z][a-z_]{0,30}")
_ENCODINGS = ("utf-8", "cp1252")
_KNOWN = {"register", "delimiter", "encoding", "layer", "date_format", "coordinates"}
_KNOWN |= {"columns", "values", "fixed", "fields", "keys"}
Toml = dict[str, Any]


@dataclass(frozen=True)
class Mapping:
    """Which column of a file is which, for one layout."""

    layout: Layout
    columns: dict[str, tuple[str, ...]]  # our name → heading; for a postcode or a category maybe two
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    bounds: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    delimiter: str = ";"
    encoding: str = "utf-8"
    date_format: str = ""
    layer: str = ""
    degrees: bool = False

    def kind_of(self, own: Field) -> str:
        """How a cell of this field is written in the file."""
        return "degrees" if self.degrees and own.kind in ("x", "y") else own.kind


def shipped_mapping(register: str) -> Path:
    """The mapping that comes along for a register."""
    return SHIPPED / f"{register}.toml"


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises RefusedError saying what is wrong with it, and where TOML tells, on which line."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        line = re.search(r"at line (\d+)", str(error))
        raise RefusedError(path.name, int(line[1]) if line else None, f"is not a mapping in TOML ({error})") from error
    unknown = sorted(set(data) - _KNOWN)
    if unknown:
        raise RefusedError(path.name, None, f"has {', '.join(unknown)}; known are {', '.join(sorted(_KNOWN))}")
    layout = _layout(path.name, data)
    degrees = _degrees(path.name, data, layout)
    return Mapping(
        layout=layout,
        columns=_columns(path.name, data, layout),
        words=_words(path.name, data, layout),
        fixed=_fixed(path.name, data, layout),
        bounds=_bounds(path.name, data, layout, _text(path.name, data, "date_format", "")),
        degrees=degrees,
        delimiter=_delimiter(path.name, data),
        encoding=_encoding(path.name, data),
        date_format=_text(path.name, data, "date_format", ""),
        layer=_text(path.name, data, "layer", ""),
    )


def _text(file: str, data: Toml, name: str, default: str) -> str:
    value = data.get(name, default)
    if not isinstance(value, str):
        raise RefusedError(file, None, f"{name} is not a text")
    return value


def _table(file: str, data: Toml, name: str) -> Toml:
    value = data.get(name, {})
    if not isinstance(value, dict):
        raise RefusedError(file, None, f"[{name}] is not a table")
    return value


def _delimiter(file: str, data: Toml) -> str:
    delimiter = _text(file, data, "delimiter", ";")
    if len(delimiter) != 1:
        raise RefusedError(file, None, "needs a delimiter of one character")
    return delimiter


def _encoding(file: str, data: Toml) -> str:
    encoding = _text(file, data, "encoding", "utf-8").lower()
    if encoding not in _ENCODINGS:
        raise RefusedError(file, None, f"has the encoding {encoding}; known are {', '.join(_ENCODINGS)}")
    return encoding


def _degrees(file: str, data: Toml, layout: Layout) -> bool:
    """Whether the points are in degrees; a check on one would be in metres and see degrees."""
    said = _text(file, data, "coordinates", "metres")
    if said not in COORDINATES:
        raise RefusedError(file, None, f"has the coordinates {said}; known are {', '.join(COORDINATES)}")
    given = _table(file, data, "columns")
    checked = any({"least", "most"} & set(_table(file, _table(file, data, "fields"), name)) for name in ("x", "y"))
    if said == "degrees" and (checked or not {"x", "y"} <= {*given} & {one.name for one in layout.fields}):
        raise RefusedError(file, None, "has coordinates in degrees, which need both x and y, without a check on either")
    return said == "degrees"


def _layout(file: str, data: Toml) -> Layout:
    name = _text(file, data, "register", "")
    if name in LAYOUTS:
        if "fields" in data or "keys" in data:
            raise RefusedError(file, None, f"describes the fields of {name}, which this version already knows")
        return LAYOUTS[name]
    if not _NAME.fullmatch(name) or name in FIXED:
        raise RefusedError(
            file, None, f"does not say which register it is for; known are {', '.join(LAYOUTS)}, or a new name"
        )
    fields = tuple(_field(file, own, _table(file, data["fields"], own)) for own in _table(file, data, "fields"))
    if not fields:
        raise RefusedError(file, None, f"is for {name}, which is new here: say under [fields] what each column holds")
    unique = _table(file, data, "keys").get("unique", [])
    if not isinstance(unique, list) or not set(map(str, unique)) <= {one.name for one in fields}:
        raise RefusedError(file, None, "names a key that is not one of its fields")
    return Layout(f"{OWN}{name}", f"{OWN}{name}", name, name, fields, tuple(unique))


def _field(file: str, name: str, said: Toml) -> Field:
    kind = said.get("kind", "text")
    if not _NAME.fullmatch(name):
        raise RefusedError(file, None, f"{name} is not a name for a field: small letters and _ only")
    if ABOUT_PEOPLE & {name, *name.split("_")}:
        raise RefusedError(file, None, f"{name} says something about a person; a table of objects has no place for it")
    if kind not in TYPES:
        raise RefusedError(file, None, f"{name} holds {kind}; known are {', '.join(TYPES)}")
    return Field(name, str(kind), name, bool(said.get("required", False)))


def _columns(file: str, data: Toml, layout: Layout) -> dict[str, tuple[str, ...]]:
    given = _table(file, data, "columns")
    known = [one.name for one in layout.fields]
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise RefusedError(file, None, f"maps {', '.join(unknown)}; known are {', '.join(known)}")
    columns: dict[str, tuple[str, ...]] = {}
    for name, heading in given.items():
        headings = (heading,) if isinstance(heading, str) else tuple(heading) if isinstance(heading, list) else ()
        if not headings or not all(isinstance(one, str) and one for one in headings):
            raise RefusedError(file, None, f"does not give a heading for {name}")
        own = layout.field(name)
        if len(headings) > 1 and own is not None and own.kind != "postcode" and name != "category":
            raise RefusedError(file, None, f"maps two columns to {name}: {', '.join(headings)}")
        columns[name] = headings
    missing = [one.name for one in layout.fields if one.required and one.name not in columns | data.get("fixed", {})]
    if missing:
        raise RefusedError(file, None, f"does not say which column is {', '.join(missing)}")
    return columns


def _words(file: str, data: Toml, layout: Layout) -> dict[str, dict[str, str]]:
    words = {}
    for name in _table(file, data, "values"):
        meanings = _table(file, data["values"], name)
        own = layout.field(name)
        if own is None:
            raise RefusedError(file, None, f"translates the words of {name}, which is not a field")
        wrong = sorted({str(word) for word in meanings.values()} - set(own.words)) if own.words else []
        if wrong:
            raise RefusedError(
                file, None, f"translates to {', '.join(wrong)} in {name}; known are {', '.join(own.words)}"
            )
        words[name] = {str(word).strip().lower(): str(meaning) for word, meaning in meanings.items()}
    return words


def _fixed(file: str, data: Toml, layout: Layout) -> dict[str, str]:
    fixed = _table(file, data, "fixed")
    for name in fixed:
        if layout.field(name) is None or name in data.get("columns", {}):
            raise RefusedError(file, None, f"fixes {name}, which is not a field or comes from a column")
    return {name: str(value) for name, value in fixed.items()}


def _bounds(file: str, data: Toml, layout: Layout, date_format: str) -> dict[str, tuple[Any, Any]]:
    """The least and the most a field may hold, as its own reader reads them."""
    bounds = {}
    for name, said in _table(file, data, "fields").items():
        own = layout.field(name)
        if own is None or not {"least", "most"} & set(said):
            continue
        read = reader_of(own.kind, date_format)
        try:
            bounds[name] = tuple(read(str(said[end]), name) if end in said else None for end in ("least", "most"))
        except FactRefusedError as error:
            raise RefusedError(file, None, f"has a check on {name} that is no {own.kind}") from error
    return bounds  # type: ignore[return-value]  # two values each
