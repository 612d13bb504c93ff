"""`knooppunt link persons`: records about persons to persons in a register, only with a stated basis."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pyarrow as pa

from knooppunt.cli._progress import progress_bar
from knooppunt.linkage.persons import Basis, PersonIndex, bsn_key, link_persons
from knooppunt.registers.refusal import RefusedError
from knooppunt.vault import Vault, open_vault
from knooppunt.words import _, number

HEADS = ("bsn", "given", "prefix", "surname", "birth", "postcode", "number")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("persons")
@click.argument("records", metavar="RECORDS", type=_FILE)
@click.argument("register", metavar="REGISTER", type=_FILE)
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--basis", required=True, help="The article of law that allows it; written in the vault's own log.")
@click.option("--purpose", required=True, help="What it is for, for instance a case number; written there as well.")
@click.option("--by", required=True, help="Who asks; written there as well.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The links: line to line.")
def persons(  # noqa: PLR0913  a basis has that many parts
    *, records: Path, register: Path, vault: Path, basis: str, purpose: str, by: str, out: Path
) -> None:
    """Link each line of RECORDS to at most one line of REGISTER, with the stage that linked it.

    Both are CSV with `;` and the columns bsn, given, prefix, surname, birth (YYYY-MM-DD), postcode, number; any cell
    may be empty. Nothing is compared before basis, purpose and name stand in the vault's log. The answer holds line
    numbers and no names. Findings never do this.
    """
    opened = open_vault(vault)
    stated = Basis(basis, purpose, by)
    stated.check()
    with progress_bar() as told:
        if told:
            told(0, 0, "reading the register")
        index, asked = PersonIndex(_table(register, opened)), _table(records, opened)
        progress = (lambda done, of: told(done, of, "comparing persons")) if told else None
        found = link_persons(opened, index, asked, basis=stated, at=datetime.now(UTC), progress=progress)
    links = found.to_pylist()
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(["line", "register_line", "stage", "weight", "margin"])
        for at, one in enumerate(links, start=2):
            line = "" if one["row"] is None else one["row"] + 2
            writer.writerow([at, line, one["stage"], _bits(one["weight"]), _bits(one["margin"])])
    linked = sum(one["row"] is not None for one in links)
    unsure = sum(one["stage"] in ("uncertain", "bsn_says_otherwise") for one in links)
    summary = _("{linked} of {all} linked, {unsure} for a human to decide; in {file}")
    counts = {"linked": number(linked), "all": number(len(links)), "unsure": number(unsure)}
    click.echo(summary.format(file=out, **counts), err=True)


def _bits(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _table(path: Path, vault: Vault) -> pa.Table:
    """The lines of a file as the linker takes them; a BSN becomes its keyed hash at once."""
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    missing = [head for head in HEADS if head not in (rows.fieldnames or ())]
    if missing:
        raise RefusedError(path.name, 1, f"has no column {', '.join(missing)}")
    found = [{head: (row[head] or "").strip() or None for head in HEADS} for row in rows]
    return pa.table(
        {
            "bsn_key": pa.array([bsn_key(vault, row["bsn"]) if row["bsn"] else None for row in found], pa.string()),
            **{name: pa.array([row[name] for row in found], pa.string()) for name in ("given", "prefix", "surname")},
            "birth": pa.array([_day(row["birth"], path, n) for n, row in enumerate(found, start=2)], pa.date32()),
            "postcode": pa.array([row["postcode"] for row in found], pa.string()),
            "number": pa.array([_number(row["number"], path, n) for n, row in enumerate(found, start=2)], pa.int64()),
        }
    )


def _day(text: str | None, path: Path, line: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise RefusedError(path.name, line, "has a birth that is not YYYY-MM-DD") from None


def _number(text: str | None, path: Path, line: int) -> int | None:
    if text is not None and not (text.isascii() and text.isdigit()):
        raise RefusedError(path.name, line, "has a house number that is no number")
    return int(text) if text else None
