"""What rules may see: addressable objects, establishments at them, and how many people live there.

No rule gets a table with people. Residents come as counts per object (`registers.brp.residents`), and the
columns below are all there is; a test holds this list against what a rule receives.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

import ibis
import pyarrow as pa
from ibis.expr.datatypes import DataType
from ibis.expr.types import Table
from ibis.formats.pyarrow import PyArrowType

from knooppunt.engine import Engine
from knooppunt.findings.making import MADE_OF, MAKERS
from knooppunt.findings.sbi import branch_expression, in_one_version
from knooppunt.findings.seen import SEEN
from knooppunt.findings.sums import KIND as SUMS
from knooppunt.linkage import current_links
from knooppunt.linkage.asof import address_book_on, addressable_on, occurrences_on
from knooppunt.linkage.run import bag_tables, links_as_known
from knooppunt.registers.brp.residents import residents_at
from knooppunt.registers.catalogue import REGISTER_OF_TABLE, SCHEMA_VERSIONS
from knooppunt.vault import Vault, VaultError
from knooppunt.vault.history import check_history
from knooppunt.vault.lookup import SMALL_ROWS

if TYPE_CHECKING:
    from knooppunt.findings.rule import Rule

PREMISES = pa.schema(
    [
        ("object_id", pa.int64()),
        ("kind", pa.string()),  # premises | mooring | pitch
        ("status", pa.string()),
        ("uses", pa.list_(pa.string())),
        ("use", pa.string()),  # the uses as one text, to compare like with like
        ("floor_area", pa.int32()),  # m²
        ("building_id", pa.int64()),  # the first of its buildings; empty for a place
        ("established", pa.bool_()),  # geconstateerd: seen, without a permit document
        ("street_id", pa.int64()),
        ("street", pa.string()),
        ("number", pa.int32()),
        ("letter", pa.string()),
        ("addition", pa.string()),
        ("postcode", pa.string()),
        ("town", pa.string()),
        ("x", pa.float64()),
        ("y", pa.float64()),
        ("source_file", pa.string()),
    ]
)
ESTABLISHMENTS = pa.schema(
    [
        ("kvk", pa.int64()),
        ("establishment", pa.int64()),
        ("concern", pa.int64()),
        ("branch", pa.string()),  # see `findings.branches`
        ("sbi", pa.string()),
        ("legal_form", pa.string()),
        ("workers", pa.int32()),
        ("started_on", pa.date32()),
        ("ended_on", pa.date32()),
        ("shielded", pa.bool_()),
        ("object_id", pa.int64()),
        ("errors", pa.int8()),  # match quality of the link
        ("step", pa.string()),
        ("street_id", pa.int64()),
        ("use", pa.string()),
        ("at_object", pa.int64()),  # rows that ever led to the same object: an upper bound that spares counting
        ("source_file", pa.string()),
        ("source_line", pa.int32()),
    ]
)
RESIDENTS = pa.schema(
    [
        ("object_id", pa.int64()),
        ("residents", pa.int64()),
        ("adults", pa.int64()),
        ("possible_residents", pa.int64()),
    ]
)


STANDS_IN = {"areamap": "boundaries"}  # where no table says it, the shapes of areas do


class Seen(NamedTuple):
    """A table that rules see: where it is put aside, what it holds, and the registers it is made of."""

    file: str
    schema: pa.Schema
    registers: tuple[str, ...]

    def types(self) -> dict[str, DataType]:
        """Its columns as ibis knows them; a sum comes back from Parquet as a float."""
        return {column.name: PyArrowType.to_ibis(column.type) for column in self.schema}


TABLES: dict[str, Seen] = {
    "premises": Seen("premises_on_day", PREMISES, ("bag",)),
    "establishments": Seen("establishments_located", ESTABLISHMENTS, ("bag", "kvk", "decisions", "sbi")),
    "residents": Seen("residents_on_day", RESIDENTS, ("brp",)),
    **{name: Seen(f"seen_{name}", schema, MADE_OF[name]) for name, schema in SEEN.items()},
}


class MissingRegisterError(VaultError):
    """A rule needs a register that is not in the vault; it gives no answer, which is not the answer zero."""


class Inputs:
    """The tables for one day, worked out once each and put aside. Use as a context manager."""

    def __init__(self, vault: Vault, on: date) -> None:
        self.vault = vault.about(on)
        self._on = on

    def __enter__(self) -> Self:
        check_history(self.vault, self._on)
        self._engine = self.vault.connect()
        self._folder = tempfile.TemporaryDirectory(prefix="knooppunt-")
        self._made: dict[str, Table] = {}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.close()
        self._folder.cleanup()

    @property
    def on(self) -> date:
        """The day."""
        return self._on

    @property
    def whole(self) -> Self:
        """All objects: `findings.part.Part` has some."""
        return self

    @property
    def engine(self) -> Engine:
        """Where the tables are known."""
        return self._engine

    def keep(self, folder: Path) -> None:
        """Move the tables that were worked out to `folder`; they can no longer be asked for here."""
        made = [self.folder / f"{table.file}.parquet" for table in TABLES.values()]
        for file in (*made, *self.folder.glob(SUMS)):
            if file.exists():
                shutil.move(file, folder / file.name)

    def require(self, registers: tuple[str, ...], rule: str) -> None:
        """Raises MissingRegisterError when one of `registers` is not in the vault."""
        present = {delivery.register: delivery for delivery in self.vault.registers()}
        stood_in_for = {one for one, other in STANDS_IN.items() if other in present} - present.keys()
        registers = tuple(STANDS_IN[one] if one in stood_in_for else one for one in registers)
        missing = [
            "/".join(one.upper() for one in (register, STANDS_IN.get(register)) if one)  # either of them will do
            for register in registers
            if register not in present
        ]
        old = [
            register
            for register in registers
            if register in present and present[register].schema_version != SCHEMA_VERSIONS[register]
        ]
        if old:
            raise MissingRegisterError(
                f"{rule} needs {', '.join(old)} as this version reads it; {self.vault.path} was read before. "
                f"Run: knooppunt ingest {old[0]} PATH --vault {self.vault.path}"
            )
        if missing:
            raise MissingRegisterError(
                f"{rule} needs {', '.join(missing)}, which the vault {self.vault.path} does not hold. "
                "It gives no answer until it is ingested."
            )

    def require_for(self, rule: "Rule") -> None:
        """Raises MissingRegisterError when a register of `rule` is not there, or came without what the rule asks."""
        self.require(rule.registers, rule.id)
        for table in rule.unfilled(self.vault.registers()):
            raise MissingRegisterError(
                f"{rule.id} needs {table}, and what {REGISTER_OF_TABLE[table]} delivered to {self.vault.path} "
                "holds none. It gives no answer until they come along."
            )

    def adopt(self, name: str, path: Path) -> None:
        """Take a table over from an earlier run, when what it is made of did not change."""
        same = [path, *(path.parent / f"said_{name}{kind}.arrow" for kind in ("", "_but_where"))]
        for file in same:
            if not file.exists():
                continue
            try:
                (self.folder / file.name).hardlink_to(file)
            except OSError:  # another disk
                shutil.copy2(file, self.folder / file.name)

    def _aside(self, name: str, make: Callable[[], Table]) -> Table:
        table = TABLES[name]
        path = Path(self._folder.name) / f"{table.file}.parquet"
        if not path.exists():
            rows = make().select(*table.schema.names).order_by(table.schema.names[0])
            rows.to_parquet(path, ROW_GROUP_SIZE=SMALL_ROWS)
        return self._engine.parquet(table.file, path).cast(table.types())

    @cached_property
    def premises(self) -> Table:
        """Every addressable object there was on the day (schema PREMISES)."""
        return self._aside("premises", self._premises)

    @property
    def folder(self) -> Path:
        """Where files of this question lie, until it is answered."""
        return Path(self._folder.name)

    def has(self, register: str) -> bool:
        """Whether the vault has something of a register for this question."""
        return any(one.register == register for one in self.vault.registers())

    def register_table(self, name: str) -> Table:
        """A canonical table of a register, as it lies in the vault."""
        return self._engine.table(name)

    def see(self, name: str) -> Table:
        """A table for the day by its name in `findings.seen.SEEN`, worked out once."""
        if name not in self._made:
            self._made[name] = self._aside(name, lambda: MAKERS[name](self))
        return self._made[name]

    @cached_property
    def address_book(self) -> Table:
        """Every address of the day with its object: what records with an address are looked up in."""
        path = Path(self._folder.name) / "address_book.parquet"
        address_book_on(bag_tables(self.vault, self._engine), self.on).to_parquet(path)
        return self._engine.parquet("address_book_on_day", path)

    def _premises(self) -> Table:
        bag = bag_tables(self.vault, self._engine)
        own = occurrences_on(bag.premises, self.on).select(
            "established", object_id="id", building_id=ibis._.buildings[0]
        )
        objects = addressable_on(bag, self.on).left_join(own, "object_id").drop("object_id_right")
        return objects.mutate(
            status=objects.status.cast("string"),
            source_file=objects.source_file.cast("string"),
            use=objects.uses.sort().join(", ").fill_null(objects.kind),
        )

    @cached_property
    def establishments(self) -> Table:
        """Every establishment, also an ended or an unlinked one, with its object (schema ESTABLISHMENTS)."""
        return self._aside("establishments", self._establishments)

    def _establishments(self) -> Table:
        if self.vault.known_on is None:
            path = current_links(self.vault).table_path("establishment_links")
        else:
            path = links_as_known(self.vault, Path(self._folder.name) / "links", self.vault.known_on)
        links = self._engine.parquet("establishment_links", path)
        links = links.select("source_file", "source_line", "errors", "step", linked_object="object_id")
        companies = self._engine.table("establishments")
        companies = companies.mutate(
            source_file=companies.source_file.cast("string"),
            legal_form=companies.legal_form.cast("string"),
            sbi_version=companies.sbi_version.cast("string"),
        ).drop("object_id")
        if self._converts:
            companies = in_one_version(companies, self._engine.table("sbi_conversion"))
        else:
            companies = companies.mutate(branch=branch_expression(companies.sbi.fill_null(""), companies.sbi_version))
        joined = companies.join(links, ["source_file", "source_line"])
        places = self.premises.select("object_id", "street_id", "use")
        located = joined.left_join(places, joined.linked_object == places.object_id)
        located = located.drop("object_id").rename(object_id="linked_object")
        return located.mutate(at_object=located.count().over(group_by=located.object_id))

    @property
    def _converts(self) -> bool:
        """Whether the vault has the conversion between the versions of the SBI."""
        return any(delivery.register == "sbi" for delivery in self.vault.registers())

    @cached_property
    def caution(self) -> str:
        """What to know of classes of business that are compared by number; empty when there is nothing."""
        if self._converts:
            return ""
        companies = self._engine.table("establishments")
        versions = companies.filter(companies.sbi.notnull()).select("sbi_version").distinct().to_pyarrow()
        if versions.num_rows < 2:
            return ""
        return (
            "The companies have codes of SBI 2008 and of SBI 2025. Branch groups know both; classes outside them are "
            "compared by number, which is not the same class in both. Take in the conversion table of CBS: "
            f"knooppunt ingest sbi FILE --vault {self.vault.path}"
        )

    @cached_property
    def residents(self) -> Table:
        """How many people live at each object on the day (schema RESIDENTS)."""
        return self._aside("residents", lambda: residents_at(self._engine.table("stays"), self.on))
