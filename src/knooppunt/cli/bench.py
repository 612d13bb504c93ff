"""`knooppunt bench`: how long the work takes on this machine with this vault, beside a scan of the same tables."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

import click

from knooppunt.findings import RULES
from knooppunt.findings.inputs import Inputs, MissingRegisterError
from knooppunt.ingest import ingest
from knooppunt.linkage.run import current_links, links_as_known
from knooppunt.registers.catalogue import TABLES
from knooppunt.vault import Vault, open_vault
from knooppunt.words import _, decimal, gettext_noop, number

NAMES = (gettext_noop("reading"), gettext_noop("linking"), gettext_noop("findings"))
LINKED = ("bag", "kvk")
Work = Callable[[], Vault]
"""One round of the work; returns the vault whose tables it was about."""


@dataclass(frozen=True)
class Measured:
    """What one kind of work took, and a scan of the tables it is about: every column of every row, read once."""

    what: str
    rows: int
    seconds: float  # medians, by the clock on the wall
    scan_seconds: float
    times_a_scan: float
    least: float  # the same ratio in the best round
    most: float  # and in the worst


@click.command("bench")
@click.option(
    "--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder of the vault."
)
@click.option("--rounds", type=click.IntRange(1, 99), default=3, show_default=True, help="How often each is measured.")
@click.option(
    "--delivery",
    type=(click.Choice(sorted(TABLES)), click.Path(exists=True, path_type=Path)),
    metavar="REGISTER PATH",
    help="Also measure reading this delivery.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, vault: Path, rounds: int, delivery: tuple[str, Path] | None, as_json: bool) -> None:
    """Measure reading, linking and findings on this machine, each beside a scan of the same tables.

    A scan reads every column of every row once, the least that any answer about all rows can take: the ratio says more
    of the work, the seconds more of the machine. The rounds go in turns and the median is told; a first round, that
    warms up, does not count. Run it while nothing else is busy.

    Nothing in the vault changes and no finding is kept or shown. Without --delivery reading is not measured: a vault
    does not hold the files it was made from.
    """
    opened = open_vault(vault)
    day = current_links(opened).facts["as_of"]
    with tempfile.TemporaryDirectory(prefix="knooppunt-") as name:
        works = _works(opened, Path(name), date.fromisoformat(day), delivery)
        results = measured(works, rounds)
    if as_json:
        told = {"vault": str(vault), "as_of": day, "rounds": rounds, "cores": os.cpu_count()}
        click.echo(json.dumps(told | {"measured": [asdict(one) for one in results]}))
    else:
        _show(results, rounds)


def _works(vault: Vault, folder: Path, day: date, delivery: tuple[str, Path] | None) -> dict[str, Work]:
    """Each kind of work, with what it makes in a folder that is thrown away."""

    def reading(register: str, path: Path) -> Vault:
        made = Path(tempfile.mkdtemp(dir=folder))
        ingest(register, path, vault=made, at=datetime.now(UTC), as_of=day)
        return open_vault(made)

    def linking() -> Vault:
        links_as_known(vault, Path(tempfile.mkdtemp(dir=folder)), day)
        return open_vault(vault.path, without=frozenset({one.register for one in vault.registers()} - {*LINKED}))

    def findings() -> Vault:
        with Inputs(vault, day) as inputs:
            for rule in RULES.values():
                with suppress(MissingRegisterError):
                    inputs.require_for(rule)
                    rule.evaluate(inputs).told  # noqa: B018  worked out when it is asked for
        return vault

    first: dict[str, Work] = {"reading": lambda: reading(*delivery)} if delivery else {}
    return first | {"linking": linking, "findings": findings}


def scan(vault: Vault) -> float:
    """Seconds to read every column of every row in the vault once."""
    engine = vault.connect()
    try:
        started = perf_counter()
        for delivery in vault.registers():
            for table in delivery.counts:
                columns = engine.table(table).columns
                hashes = ", ".join(f'bit_xor(hash("{name}")) AS "{name}"' for name in columns)
                engine.sql(f'SELECT {hashes} FROM "{table}"', dict.fromkeys(columns, "uint64")).to_pyarrow()  # noqa: S608  names of ours
        return perf_counter() - started
    finally:
        engine.close()


def measured(works: dict[str, Work], rounds: int) -> list[Measured]:
    """Every kind of work `rounds` times, in turns, each with a scan right after it."""
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    rows: dict[str, int] = {}
    for turn in range(rounds + 1):
        for name, work in works.items():
            started = perf_counter()
            about = work()
            seconds = perf_counter() - started
            rows[name] = sum(sum(one.counts.values()) for one in about.registers())
            pair = (seconds, scan(about))
            took[name] += [pair] * (turn > 0)
    return [_middle(name, rows[name], pairs) for name, pairs in took.items()]


def _middle(name: str, rows: int, pairs: list[tuple[float, float]]) -> Measured:
    ratios = [seconds / scanned for seconds, scanned in pairs]
    seconds, scanned = (median(column) for column in zip(*pairs, strict=True))
    told = (round(one, 4) for one in (seconds, scanned, median(ratios), min(ratios), max(ratios)))
    return Measured(name, rows, *told)


def _show(results: Iterable[Measured], rounds: int) -> None:
    from rich.console import Console  # noqa: PLC0415  not needed for --json
    from rich.table import Table  # noqa: PLC0415  only when it is shown

    table = Table(title=_("Medians of {rounds} rounds on this machine").format(rounds=number(rounds)))
    for heading in (_("work"), _("rows"), _("seconds"), _("seconds, scan"), _("times a scan"), _("least to most")):
        table.add_column(heading, justify="left" if heading == _("work") else "right")
    for one in results:
        figures = (decimal(one.seconds, 2), decimal(one.scan_seconds, 2), decimal(one.times_a_scan, 1))
        spread = _("{least} to {most}").format(least=decimal(one.least, 1), most=decimal(one.most, 1))
        table.add_row(_(one.what), number(one.rows), *figures, spread)
    Console().print(table)
