"""The BRP as a register: reader, table, order and count."""

from knooppunt.registers.brp import schemas
from knooppunt.registers.brp.reader import read_brp
from knooppunt.registers.brp.tally import StayTally
from knooppunt.registers.delivery import Order, Register

REGISTER = Register(
    name="brp",
    title="Basisregistratie Personen",
    schema_version=schemas.SCHEMA_VERSION,
    tables=schemas.TABLES,
    orders={"stays": Order(by=("object_id", "source_line"))},
    read=read_brp,
    tally=StayTally,
)
