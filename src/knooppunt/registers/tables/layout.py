"""What a table register looks like: its columns, what each means, and what makes a row one of a kind."""

from dataclasses import dataclass

import pyarrow as pa

from knooppunt.registers.delivery import Order
from knooppunt.registers.tables.values import TYPES, WORD

ABOUT_PEOPLE = frozenset(
    {"bsn", "burgerservicenummer", "person", "persoon", "name", "naam", "achternaam", "surname", "voornaam"}
    | {"given_name", "initials", "voorletters", "birth", "born", "geboorte", "geboortedatum", "birth_date"}
    | {"birth_country", "geboorteland", "nationality", "nationaliteit", "gender", "geslacht", "religion", "geloof"}
    | {"ethnicity", "etniciteit", "age", "leeftijd", "email", "telefoon", "phone"}
)
"""Names that a column of a table may not have: a table is about objects, and none of this is needed to judge one."""


@dataclass(frozen=True)
class Field:
    """One column: its name here, what it holds (see `values.TYPES`), and what it means.

    `words` are the only texts that may stand in it; a mapping says which words in the file stand for which.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    words: tuple[str, ...] = ()


ADDRESS = (
    Field("object_id", "object", "BAG addressable object, where the source gives it"),
    Field("address_id", "object", "BAG nummeraanduiding, where the source gives it"),
    Field("street", "text", "street"),
    Field("house_number", "house_number", "house number"),
    Field("house_letter", "text", "house letter"),
    Field("addition", "text", "addition to the house number"),
    Field("postcode", "postcode", "postcode"),
    Field("town", "text", "town"),
)
POINT = (
    Field("x", "x", "east, EPSG:28992 in metres"),
    Field("y", "y", "north, EPSG:28992 in metres"),
)
SOURCE = [pa.field("source_file", WORD, nullable=False), pa.field("source_line", pa.int32(), nullable=False)]


@dataclass(frozen=True)
class Layout:
    """A table register: the register's code, the table's name, a title in English and Dutch, columns and key."""

    register: str
    table: str
    title: str
    title_nl: str
    fields: tuple[Field, ...]
    unique: tuple[str, ...] = ()  # columns that may occur together once; none: every row stands for itself
    version: int = 1

    @property
    def schema(self) -> pa.Schema:
        """The canonical table, with where each row was delivered."""
        own = [pa.field(one.name, TYPES[one.kind], nullable=not one.required) for one in self.fields]
        return pa.schema([*own, *SOURCE])

    @property
    def order(self) -> Order:
        """How it is sorted in the vault."""
        return Order(by=self.unique or (self.fields[0].name,), unique=self.unique)

    def field(self, name: str) -> Field | None:
        """The column of this name, if there is one."""
        return next((one for one in self.fields if one.name == name), None)
