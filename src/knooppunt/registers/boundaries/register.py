"""Boundaries as a register: reader, table, order and count."""

from knooppunt.registers.boundaries import schemas
from knooppunt.registers.boundaries.reader import read_boundaries
from knooppunt.registers.counting import RowTally
from knooppunt.registers.delivery import Order, Register

_KEY = ("level", "code", "water")

REGISTER = Register(
    name="boundaries",
    title="CBS wijken en buurten",
    schema_version=schemas.SCHEMA_VERSION,
    tables=schemas.TABLES,
    orders={"boundaries": Order(by=_KEY, unique=_KEY)},
    read=read_boundaries,
    tally=RowTally,
)
