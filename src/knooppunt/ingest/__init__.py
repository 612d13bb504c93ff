"""Taking a delivery of a register into the vault: whole or not at all."""

import importlib
import resource
import time
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from knooppunt.ingest.fingerprint import fingerprint
from knooppunt.ingest.rejected import write_rejected
from knooppunt.ingest.sink import VaultSink
from knooppunt.registers.archives import size_of
from knooppunt.registers.catalogue import BY_MAPPING, TABLES
from knooppunt.registers.delivery import Before, Counts, Facts, Progress, Register, Request
from knooppunt.registers.refusal import NOTHING_REMAINS, EmptyRefusedError, RefusedError, Rejection
from knooppunt.vault.layout import Delivery, VaultState, delivery_path, read_manifest, read_state
from knooppunt.vault.locking import writing
from knooppunt.vault.staging import keep_key, key_or_fresh, log, make_current, publish, staging

WITH_PEOPLE = frozenset({"brp", "hr", "brk"})
"""Registers in which people occur; they are kept as keyed hashes."""

MANY = 20  # rows of a table: of fewer, half may well be gone
HALF = 0.5
"""With less than this of the rows of the delivery before, a delivery says so: part of it may be missing."""


@dataclass(frozen=True)
class IngestSummary:
    """What an ingest did."""

    register: str
    delivery: str
    unchanged: bool  # the same delivery was current already; nothing was done
    files: int
    as_of: date | None
    municipality: str | None
    occurrences: dict[str, int]
    objects: dict[str, int]
    current: dict[str, int]
    beside: dict[str, dict[str, int]]  # counted apart: niet_bag, inactief, in_onderzoek, …
    quality: dict[str, Any]
    rejected: list[Rejection]
    seconds: float
    peak_mib: float  # of this process and its helpers; memory they share counts for each

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; what is counted apart stands beside the rest under its own name."""
        data: dict[str, Any] = asdict(self)
        data["as_of"] = self.as_of.isoformat() if self.as_of else None
        beside: dict[str, Any] = data.pop("beside")
        return data | beside


@dataclass(frozen=True)
class Wishes:
    """What the user asked for beside the delivery itself."""

    keep_going: bool = False
    municipality: str | None = None
    mapping: Path | None = None
    as_of: date | None = None


def ingest(  # noqa: PLR0913  one call from a notebook; the command line passes the same
    register: str,
    path: str | Path,
    *,
    vault: str | Path,
    at: datetime,
    keep_going: bool = False,
    municipality: str | None = None,
    mapping: str | Path | None = None,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> IngestSummary:
    """Take the delivery at `path` into `vault`, and make it the current one of its register.

    `register` is a key of `registers.catalogue.TABLES`, or `table` for what the mapping says. With
    `keep_going` what is wrong is left out and listed, and a delivery without any file that could be read to
    its end is refused; without it the first thing wrong refuses the delivery. `municipality` (four digits,
    9999 for the whole country) is the one expected; without it, the one the vault is about. `mapping` says
    which CSV column is which: a file, or `signalen`, which comes along. `at` is the moment of ingest.

    Raises RefusedError when the delivery is refused and VaultError when the vault cannot be written;
    in both cases the vault is as it was. The same delivery a second time changes nothing.
    """
    given = _mapping(mapping) if mapping else _shipped(register) if register in BY_MAPPING else None
    wishes = Wishes(keep_going, municipality, given, as_of)
    with writing(Path(vault)):
        return _Ingest(_register(register, given), Path(path), Path(vault), wishes, progress).run(at)


def _mapping(given: str | Path) -> Path:
    """The mapping file itself, or the one of this name that comes along."""
    path = Path(given)
    along = _shipped(str(given)) if path.name == str(given) and not path.exists() else path
    return along if along and along.is_file() else path


def _shipped(name: str) -> Path | None:
    from knooppunt.registers.tables.mapping import shipped_mapping  # noqa: PLC0415  a moment; most need it not

    return shipped_mapping(name)


def _register(name: str, mapping: Path | None) -> Register:
    if name == "table" or name in BY_MAPPING:
        from knooppunt.registers.tables.mapping import read_mapping  # noqa: PLC0415  a moment; most need it not
        from knooppunt.registers.tables.reader import table_register  # noqa: PLC0415  a moment; most need it not

        if mapping is None:
            raise RefusedError(name, None, "is a table of any kind; say with --mapping which column is which")
        read = read_mapping(mapping)
        if name not in ("table", read.layout.register):
            raise RefusedError(mapping.name, None, f"is a mapping for {read.layout.register}, not for {name}")
        return table_register(read)
    if name not in TABLES:
        raise RefusedError(name, None, f"is not a register this version reads ({', '.join(TABLES)})")
    register: Register = importlib.import_module(f"knooppunt.registers.{name}.register").REGISTER
    return register


def _nothing_remains(first: Rejection) -> RefusedError:
    return RefusedError(first.file, first.line, first.reason + NOTHING_REMAINS)


@dataclass
class _Ingest:
    register: Register
    path: Path
    vault: Path
    wishes: Wishes
    on_progress: Progress | None

    def run(self, at: datetime) -> IngestSummary:
        self.started, self.helpers_kib = time.perf_counter(), 0
        sha256 = fingerprint(self.path, self.wishes.mapping)
        state = read_state(self.vault)
        known = self._known(sha256)
        if known is not None:
            wanted = self.wishes.municipality
            if wanted and known.municipality and known.municipality != wanted:
                reason = f"is an extract of municipality {known.municipality}, not of {wanted}"
                raise RefusedError(self.path.name, None, reason)
            if state.current.get(self.register.name) != known.delivery:
                if "mutations_worked_into" in known.quality:
                    reason = f"holds the mutations up to {known.as_of}, which the delivery in the vault has already"
                    raise RefusedError(self.path.name, None, reason)
                make_current(self.vault, self.register.name, known.delivery, known.municipality)
            return self._summary(known, Counts(**known.quality["counted"]), [], unchanged=True)
        with staging(self.vault, self.register.name) as folder:
            return self._read(folder, state, sha256, at)

    def _known(self, sha256: str) -> Delivery | None:
        """Return the delivery of the same content and schema, if the vault has it."""
        home = self.vault / "registers" / self.register.name
        for manifest in sorted(home.glob("[!.]*/manifest.json")):
            delivery = read_manifest(manifest.parent)
            if delivery.source_sha256 == sha256 and delivery.schema_version == self.register.schema_version:
                return delivery
        return None

    def _before(self, state: VaultState) -> Before | None:
        """The delivery that is current now."""
        name = state.current.get(self.register.name)
        if name is None:
            return None
        known = read_manifest(delivery_path(self.vault, self.register.name, name))
        if known.schema_version != self.register.schema_version:
            return None
        tables = {table: known.table_path(table) for table in known.counts}
        return Before(known.delivery, known.as_of, tables, known.counts)

    def _read(self, folder: Path, state: VaultState, sha256: str, at: datetime) -> IngestSummary:
        total = size_of(self.path)

        def on_progress(done: int, file: str) -> None:
            if self.on_progress:
                self.on_progress(done, total, file)

        self.key = key_or_fresh(self.vault) if self.register.name in WITH_PEOPLE else b""
        request = Request(
            path=self.path,
            scratch=folder,
            municipality=self.wishes.municipality or state.municipality,
            as_of=self.wishes.as_of,
            mapping=self.wishes.mapping,
            person_key=self.key,
            before=self._before(state),
        )
        sink = VaultSink(self.register, folder, self.wishes.keep_going, request, on_progress)
        try:
            facts = self.register.read(request, sink)
            self.helpers_kib = facts.helpers_kib
            rows = sink.finish()
            if not any(rows.values()):
                raise EmptyRefusedError(self.path.name, None, "holds nothing that could be taken over")
        except EmptyRefusedError as error:
            if not sink.rejected:
                raise
            raise _nothing_remains(sink.rejected[0]) from error
        if facts.left_out and not facts.whole:
            raise _nothing_remains(facts.left_out[0])
        return self._publish(folder, facts, sink, rows, sha256, at)

    def _publish(
        self, folder: Path, facts: Facts, sink: VaultSink, rows: dict[str, int], sha256: str, at: datetime
    ) -> IngestSummary:
        as_of = self.wishes.as_of or facts.as_of
        counts = sink.tally.counts()
        before = self._before(read_state(self.vault))
        shrunk = {"rows_of_the_delivery_before": before.rows} if before and _is_half(rows, before) else {}
        delivery = Delivery(
            register=self.register.name,
            delivery=f"{as_of or 'undated'}-{sha256[:12]}",
            path=delivery_path(self.vault, self.register.name, ""),
            schema_version=self.register.schema_version,
            source_name=self.path.name,
            source_sha256=sha256,
            as_of=as_of,
            municipality=facts.municipality,
            ingested_at=at,
            counts=rows,
            quality=facts.quality | counts.quality | shrunk | {"files": facts.files, "counted": asdict(counts)},
            rejected=len(sink.rejected),
        )
        write_rejected(folder, sink.rejected)
        if self.key:
            keep_key(self.vault, self.key)  # not before: a delivery that is refused leaves none
        delivery = publish(self.vault, folder, delivery, facts.municipality)
        summary = self._summary(delivery, counts, sink.rejected, unchanged=False)
        log(
            self.vault,
            {
                "at": at.isoformat(),
                "event": "ingest",
                "register": delivery.register,
                "delivery": delivery.delivery,
                "source": delivery.source_name,
                "sha256": sha256,
                "rows": rows,
                "rejected": len(sink.rejected),
                "seconds": summary.seconds,
            },
        )
        return summary

    def _summary(
        self, delivery: Delivery, counts: Counts, rejected: list[Rejection], *, unchanged: bool
    ) -> IngestSummary:
        quality = {name: value for name, value in delivery.quality.items() if name not in {"files", "counted"}}
        return IngestSummary(
            register=delivery.register,
            delivery=delivery.delivery,
            unchanged=unchanged,
            files=delivery.quality["files"],
            as_of=delivery.as_of,
            municipality=delivery.municipality,
            quality=quality,
            rejected=rejected,
            seconds=round(time.perf_counter() - self.started, 3),
            peak_mib=round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + self.helpers_kib) / 1024, 1),
            occurrences=counts.occurrences,
            objects=counts.objects,
            current=counts.current,
            beside=counts.beside,
        )


def _is_half(rows: dict[str, int], before: Before) -> bool:
    """Whether less than half is left of a delivery, or of one of its tables that held something."""
    lost = (rows.get(table, 0) < HALF * count for table, count in before.counts.items() if count >= MANY)
    return sum(rows.values()) < HALF * before.rows or any(lost)
