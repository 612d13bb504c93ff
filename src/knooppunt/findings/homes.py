"""Which addressable objects are homes in use, and which workplaces."""

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
    """Homes in use, also those with a shop in them."""
    return in_use(premises).filter(premises.uses.contains(HOME))
