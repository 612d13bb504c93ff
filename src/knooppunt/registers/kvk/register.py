"""The Handelsregister as a register: reader, table, order and count."""

from knooppunt.registers.delivery import Order, Register
from knooppunt.registers.kvk import schemas
from knooppunt.registers.kvk.reader import read_kvk
from knooppunt.registers.kvk.tally import EstablishmentTally

_KEY = ("kvk", "establishment")

REGISTER = Register(
    name="kvk",
    title="Handelsregister",
    schema_version=schemas.SCHEMA_VERSION,
    tables=schemas.TABLES,
    orders={"establishments": Order(by=_KEY, unique=_KEY)},
    read=read_kvk,
    tally=EstablishmentTally,
)
