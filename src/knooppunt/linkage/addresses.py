"""From an outside address to an addressable object, with the number of errors that had to be forgiven.

The steps, and the errors each costs (domain rules for matchkwaliteit):
  0  the source gives the BAG id                    0  postcode, number, letter and addition are equal
  1  the addition is written another way (`-`, `/`, bis, Roman or Arabic)
  2  letter and addition swapped or glued; or missing while one object only has that number
  3  street, number and town instead of the postcode
An address that leads nowhere by these is read as a line of text (`linkage.free`): one typing error in the street or the
postcode is forgiven when only one object can be meant, and counts as one error more.
An address that still leads nowhere, or to several objects, stays unlinked. Nothing is guessed.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from knooppunt.linkage.normal import canonical_addition, plain, street_key, town_key

VERSION = 2
"""Goes up with every change of a rule here, so that stored links are made again."""

GOOD_ENOUGH = 1
"""Links with more errors are shown as uncertain and feed no finding (domain rule)."""


class Step(StrEnum):
    """How an address was linked."""

    BAG_ID = "bag_id"
    EXACT = "exact"
    ADDITION_VARIANT = "addition_variant"
    SWAPPED = "letter_and_addition_swapped"
    ONLY_ONE = "only_object_at_number"
    STREET = "street_and_town"
    AMBIGUOUS = "ambiguous"
    NO_ADDRESS = "no_address"
    NEARLY = "nearly"
    DECIDED = "decided"
    NOT_FOUND = "not_found"


ERRORS: dict[Step, int] = {
    Step.BAG_ID: 0,
    Step.EXACT: 0,
    Step.ADDITION_VARIANT: 1,
    Step.SWAPPED: 2,
    Step.ONLY_ONE: 2,
    Step.STREET: 3,
}

_ADDRESS = ["postcode", "number", "letter", "addition", "street", "town"]


def _keyed(table: Table, street_keys: Table, town_keys: Table) -> Table:
    """Add the keys that addresses are compared by."""
    letter, addition = plain(table.letter), plain(table.addition)
    canonical = canonical_addition(table.addition)
    keyed = table.mutate(
        key_postcode=plain(table.postcode).replace(" ", "").nullif(""),  # nothing equals no postcode
        key_letter=letter,
        key_addition=addition,
        key_variant=canonical,
        key_whole=letter + canonical,
    )
    keyed = keyed.left_join(street_keys, keyed.street == street_keys.written_street).drop("written_street")
    return keyed.left_join(town_keys, keyed.town == town_keys.written_town).drop("written_town")


def _names(column: str, tables: Iterable[Table]) -> list[str]:
    """Every distinct name in a column of some tables."""
    names: set[str] = set()
    for table in tables:
        names.update(name for name in table.select(column).distinct().to_pyarrow()[column].to_pylist() if name)
    return sorted(names)


def _key_table(what: str, names: list[str], key: Callable[[str], str]) -> Table:
    """Each distinct name beside its key."""
    columns = {f"written_{what}": names, f"key_{what}": [key(name) for name in names]}
    schema = pa.schema([(name, pa.string()) for name in columns])
    return ibis.memtable(pa.table(columns, schema=schema))


def keyed(tables: list[Table]) -> list[Table]:
    """Tables with an address, each with the keys that addresses are compared by."""
    street_keys = _key_table("street", _names("street", tables), street_key)
    town_keys = _key_table("town", _names("town", tables), town_key)
    return [_keyed(table, street_keys, town_keys) for table in tables]


def _unique(book: Table, keys: list[str], found: str) -> Table:
    """For each key the one object it belongs to, under the name `found`, and how many there are."""
    return book.group_by(keys).agg(**{found: book.object_id.min(), f"{found}_n": book.object_id.nunique()})


_BY_POSTCODE = ["key_postcode", "number"]
_BY_STREET = ["key_street", "key_town", "number"]
_LOOKUPS: tuple[tuple[str, Step, list[str]], ...] = (
    ("by_exact", Step.EXACT, [*_BY_POSTCODE, "key_letter", "key_addition"]),
    ("by_variant", Step.ADDITION_VARIANT, [*_BY_POSTCODE, "key_letter", "key_variant"]),
    ("by_whole", Step.SWAPPED, [*_BY_POSTCODE, "key_whole"]),
    ("by_alone", Step.ONLY_ONE, _BY_POSTCODE),
    ("by_street", Step.STREET, [*_BY_STREET, "key_letter", "key_variant"]),
    ("by_street_whole", Step.STREET, [*_BY_STREET, "key_whole"]),
    ("by_street_alone", Step.STREET, _BY_STREET),
)
"""Name, step and key of each lookup, in the order in which they are tried."""


def link_addresses(addresses: Table, book: Table) -> Table:
    """Link distinct outside addresses to objects.

    `addresses` has postcode, number, letter, addition, street, town; `book` the same and object_id
    (see `address_book_on`). Returns `addresses` with object_id (empty when unlinked), errors and step.
    """
    asked, known = keyed([addresses, book])
    for name, _, keys in _LOOKUPS:
        asked = asked.left_join(_unique(known, keys, name), keys, rname="{name}_right")
        asked = asked.drop([column for column in asked.columns if column.endswith("_right")])
    return _first_hit(asked)


def _first_hit(asked: Table) -> Table:
    hits = [(asked[f"{name}_n"] == 1, name, step) for name, step, _ in _LOOKUPS]
    several = ibis.or_(*(asked[f"{name}_n"] > 1 for name, _, _ in _LOOKUPS)).fill_null(False)  # noqa: FBT003  a value
    missing = asked.number.isnull()
    return asked.select(
        *_ADDRESS,
        object_id=ibis.cases(*((hit, asked[name]) for hit, name, _ in hits)),
        errors=ibis.cases(*((hit, ibis.literal(ERRORS[step], "int8")) for hit, _, step in hits)),
        step=ibis.cases(
            *((hit, ibis.literal(step.value)) for hit, _, step in hits),
            (missing, ibis.literal(Step.NO_ADDRESS.value)),
            (several, ibis.literal(Step.AMBIGUOUS.value)),
            else_=ibis.literal(Step.NOT_FOUND.value),
        ),
    )
