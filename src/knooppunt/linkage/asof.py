"""The BAG as it was true on a day: one row per object, and every address with its object.

A row counts on a day when its validity covers it and it was not withdrawn as a mistake (inactive)
or moved out of the BAG. What is known now decides; what the register believed then does not.
"""

from datetime import date
from typing import NamedTuple

import ibis
from ibis.expr.types import BooleanValue, Table

GONE = (
    "Verblijfsobject ingetrokken",
    "Niet gerealiseerd verblijfsobject",
    "Verblijfsobject ten onrechte opgevoerd",
    "Plaats ingetrokken",
)
"""Statuses of addressable objects that are not there (BAG catalogue 2018, levenscyclus)."""

NAMING_GIVEN = "Naamgeving uitgegeven"


class BagTables(NamedTuple):
    """The canonical BAG tables that addresses are made of."""

    premises: Table
    moorings: Table
    pitches: Table
    addresses: Table
    public_spaces: Table
    towns: Table


def valid_on(table: Table, on: date) -> BooleanValue:
    """Whether an occurrence was true on the day `on`; `valid_to` is exclusive."""
    covers = (table.valid_from <= on) & (table.valid_to.isnull() | (table.valid_to > on))
    return covers & table.inactive_at.isnull() & table.not_bag_at.isnull() & (table.part == "stand")


def occurrences_on(table: Table, on: date) -> Table:
    """The one occurrence of each object that was true on the day `on`; of two, the one numbered last."""
    latest = ibis.row_number().over(group_by=table.id, order_by=table.occurrence.desc())
    return table.filter(valid_on(table, on)).mutate(rank=latest).filter(lambda t: t.rank == 0).drop("rank")


def objects_on(bag: BagTables, on: date) -> Table:
    """Every addressable object there was on the day `on`: premises, moorings and pitches.

    Columns: object_id, kind, status, main_address, side_addresses, uses, floor_area (m², empty for
    places), x, y (EPSG:28992), source_file.
    """
    shared = ("status", "main_address", "side_addresses", "x", "y", "source_file")
    premises = occurrences_on(bag.premises, on)
    parts = [
        premises.select(
            *shared, "uses", object_id=premises.id, kind=ibis.literal("premises"), floor_area=premises.floor_area
        )
    ]
    for kind, table in (("mooring", bag.moorings), ("pitch", bag.pitches)):
        places = occurrences_on(table, on)
        parts.append(
            places.select(
                *shared,
                object_id=places.id,
                kind=ibis.literal(kind),
                uses=ibis.null("array<string>"),
                floor_area=ibis.null("int32"),
            ).select(parts[0].columns)
        )
    everything = ibis.union(*parts)
    return everything.filter(everything.status.notin(GONE))


def addresses_on(bag: BagTables, on: date) -> Table:
    """Every address in use on the day `on`, with its street and town.

    Columns: address_id, postcode, number, letter, addition, street_id, street, town.
    """
    addresses = occurrences_on(bag.addresses, on).filter(lambda t: t.status == NAMING_GIVEN)
    streets = occurrences_on(bag.public_spaces, on).select(street_id="id", street="name", street_town="town")
    towns = occurrences_on(bag.towns, on).select(town_id="id", town_name="name")
    joined = addresses.join(streets, addresses.public_space == streets.street_id)
    joined = joined.mutate(in_town=joined.town.fill_null(joined.street_town))
    joined = joined.left_join(towns, joined.in_town == towns.town_id)
    return joined.select(
        "postcode",
        "street_id",
        "street",
        "addition",
        address_id=joined.id,
        number=joined.house_number,
        letter=joined.house_letter,
        town=joined.town_name,
    )


def addressable_on(bag: BagTables, on: date) -> Table:
    """One row for every addressable object on the day `on`, with its main address.

    An object whose main address is not in the register stays, without an address.
    """
    objects = objects_on(bag, on)
    addresses = addresses_on(bag, on)
    joined = objects.left_join(addresses, objects.main_address == addresses.address_id)
    return joined.select(
        "object_id",
        "kind",
        "status",
        "uses",
        "floor_area",
        "x",
        "y",
        "street_id",
        "street",
        "number",
        "letter",
        "addition",
        "postcode",
        "town",
        "source_file",
        address_id=joined.main_address,
    )


def address_book_on(bag: BagTables, on: date) -> Table:
    """Every address, main or side, with the object it belongs to: what an outside address is looked up in."""
    objects = objects_on(bag, on)
    main = objects.select("object_id", address_id=objects.main_address)
    side = objects.select("object_id", address_id=objects.side_addresses.unnest())
    owned = ibis.union(main, side, distinct=True)
    addresses = addresses_on(bag, on)
    return addresses.join(owned, "address_id")
