"""Which addressable objects are homes in use, and how objects are lived in."""

import ibis
from ibis.expr.types import Table

HOME, LODGING, GARAGE = "woonfunctie", "logiesfunctie", "overige gebruiksfunctie"
IN_USE = (
    "Verblijfsobject in gebruik",
    "Verblijfsobject in gebruik (niet ingemeten)",
    "Verbouwing verblijfsobject",
)
LEAST_AREA, MOST_AREA = 10, 9998  # m²; outside it the area is a placeholder (1, 9999, 999999 occur)


def in_use(premises: Table) -> Table:
    """Premises in use with an area that can be true."""
    return premises.filter(premises.status.isin(IN_USE) & premises.floor_area.between(LEAST_AREA, MOST_AREA))


def homes_in_use(premises: Table) -> Table:
    """Homes in use, also those with a shop in them. No other use has this word in it."""
    return in_use(premises).filter(premises.use.contains(HOME))


def lived_in(premises: Table, residents: Table, housing: Table) -> Table:
    """Every object of `premises` with its counts of `residents` and `housing`; 0 where nobody was ever counted.

    Joined once, so that the rules about living read one table from front to back (schema `seen.LIVING`).
    """
    counts = [name for name in (*residents.columns, *housing.columns) if name != "object_id"]
    objects = premises.select("object_id", "kind", "status", "use", "floor_area")
    for counted in (residents, housing):
        objects = objects.left_join(counted, "object_id").drop("object_id_right")
    return objects.mutate(**{name: ibis.coalesce(objects[name], 0).cast("int64") for name in counts})
