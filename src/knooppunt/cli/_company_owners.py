"""`knooppunt companies owners`: addresses, leaders and owners of a few companies, only with a stated basis."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._refusals import said
from knooppunt.linkage.companies.owners import TIES, CompanyTies, company_ties
from knooppunt.linkage.persons import Basis
from knooppunt.registers.cells import safe_cell
from knooppunt.vault import open_vault
from knooppunt.words import _, gettext_noop, number

_SAID = {
    "address": gettext_noop("is at"),
    "led_by": gettext_noop("is led by"),
    "leads_too": gettext_noop("shares a leader with"),
    "owner": gettext_noop("its address belongs to"),
    "owns": gettext_noop("has a right to"),
}


@click.command("owners")
@click.argument("kvk", nargs=-1, required=True)
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day to look at.")
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="As it was known on this day.")
@click.option("--basis", required=True, help="The article of law that allows it; written in the vault's own log.")
@click.option("--purpose", required=True, help="What it is for, for instance a case number; written there as well.")
@click.option("--by", required=True, help="Who asks; written there as well.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV to write instead of the screen.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def owners(  # noqa: PLR0913  a basis has that many parts
    *,
    kvk: tuple[str, ...],
    vault: Path,
    on: datetime,
    known_on: datetime | None,
    basis: str,
    purpose: str,
    by: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Addresses, leaders and owners of the companies KVK (a few numbers of 8 digits), without anybody's name.

    Nothing is looked up before basis, purpose and name stand in the vault's log. A person is a code that is the same
    within one purpose and another in the next. Of a register that is not there it is said. Whoever is shielded now
    stays so with --known-on.
    """
    wrong = [one for one in kvk if not (one.isascii() and one.isdigit() and len(one) == 8)]
    if wrong:
        raise click.UsageError(said(f"A KVK number has 8 digits; this is not one: {wrong[0]}"))
    stated = Basis(basis, purpose, by)
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    told = company_ties(opened, [int(one) for one in kvk], on=on.date(), basis=stated, at=datetime.now(UTC))
    if out is not None:
        out.write_text(_as_csv(told), encoding="utf-8", newline="")
    if as_json:
        rows = told.table.to_pylist()
        answer = {"as_of": told.as_of.isoformat(), "missing": list(told.missing), "ties": rows}
        answer |= {"known_on": opened.known_on.isoformat()} if opened.known_on else {}
        click.echo(json.dumps(answer, default=str))
        return
    if out is None:
        _show(told)
    for register in told.missing:
        absent = _("The vault holds no {register}: what it would say is not known.")
        click.echo(absent.format(register=register.upper()), err=True)


def _as_csv(told: CompanyTies) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(TIES.names)
    for row in told.table.to_pylist():
        writer.writerow([safe_cell("" if value is None else str(value)) for value in row.values()])
    return text.getvalue()


def _show(told: CompanyTies) -> None:
    table = Table(title=_("{count} ties on {day}").format(count=number(told.table.num_rows), day=told.as_of))
    for heading in ("kvk", "", _("what"), _("role"), _("since"), _("source")):
        table.add_column(heading)
    for row in told.table.to_pylist():
        source = _("{file}, line {line}").format(file=row["source_file"], line=row["source_line"])
        cells = (f"{row['kvk']:08}", _(_SAID[row["tie"]]), _what(row), row["role"] or "", str(row["started_on"] or ""))
        table.add_row(*cells, source)
    Console().print(table)


def _what(row: dict[str, Any]) -> str:
    """What a company is tied to: an object, a company, or somebody."""
    if row["tie"] in ("address", "owns"):
        return f"{row['object_id']:016}" if row["object_id"] else "?"
    if row["other_kvk"]:
        return f"{row['other_kvk']:08}"
    return f"{row['holder_kvk']:08}" if row["holder_kvk"] else _("somebody ({code})").format(code=row["holder"])
