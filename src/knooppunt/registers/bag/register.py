"""The BAG as a register: reader, tables, order and count."""

from knooppunt.registers.bag import schemas
from knooppunt.registers.bag.places import line_of
from knooppunt.registers.bag.reader import read_bag
from knooppunt.registers.bag.tally import BagTally
from knooppunt.registers.delivery import Order, Register

# Real deliveries hold the same occurrence number registered at two moments (the test delivery of
# 2020 does): kept, and counted as quality. The same number registered at the same moment is a double.
_KEY = ("part", "id", "occurrence", "registered_at")
_OCCURRENCE = Order(by=_KEY, unique=_KEY)  # by part first, as deliveries come: inactive objects have files of their own

REGISTER = Register(
    name="bag",
    title="Basisregistratie Adressen en Gebouwen",
    schema_version=schemas.SCHEMA_VERSION,
    tables=schemas.TABLES,
    orders={
        table: _OCCURRENCE if "occurrence" in schema.names else Order(by=(schema.names[0], "valid_from"))
        for table, schema in schemas.TABLES.items()
    },
    read=read_bag,
    tally=BagTally,
    line_of=line_of,
)
