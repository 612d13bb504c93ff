"""`knooppunt link addresses FILE`: address lines or tips of your own, to addressable objects."""

import csv
import io
import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._progress import Told, progress_bar
from knooppunt.cli._refusals import said
from knooppunt.linkage import AddressLinks, link_addresses
from knooppunt.linkage.free import Progress
from knooppunt.vault import open_vault

HEADING = ("line", "object_id", "errors", "stage", "suggestion")
_MEANING = {
    "corrected": "somebody decided so before",
    "postcode_number_addition": "postcode, number and addition",
    "only_object_at_postcode_and_number": "addition missing or unknown, and only one object has the number",
    "street_number_town": "street, number and town; no postcode, or one with a typing error",
    "street_nearly": "the same, with one error in the street",
    "ambiguous": "not linked: several objects are possible",
    "postcode_and_street_disagree": "not linked: postcode and street say different things",
    "no_number": "not linked: no house number",
    "po_box": "not linked: a PO box",
    "not_found": "not linked: leads nowhere",
}


@click.command("addresses")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--column", help="FILE is a CSV; the column with the texts. Without it each line is a text.")
@click.option("--tips", is_flag=True, help="The texts are tips: running text that mentions an address.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV to write: a row per text.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def addresses(*, file: Path, vault: Path, column: str | None, tips: bool, out: Path | None, as_json: bool) -> None:
    """Link the address lines in FILE to BAG objects. What is uncertain is suggested, never linked."""
    texts = read_texts(file, column)
    with progress_bar(hidden=as_json) as told:
        progress = _counting(told, len(texts)) if told else None
        links = link_addresses(open_vault(vault), texts, tips=tips, progress=progress)
    if out is not None:
        out.write_text(as_csv(links), encoding="utf-8", newline="")
    if as_json:
        click.echo(json.dumps(links.to_json()))
    else:
        _show(links)


def read_texts(file: Path, column: str | None) -> list[str]:
    """The texts in a file. Raises ClickException when it is not in UTF-8 or has no such column."""
    try:
        content = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(said(f"{file.name} is not in UTF-8 (byte {error.start}).")) from error
    if column is None:
        return content.splitlines()
    heading = content.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(content), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    if column not in (rows.fieldnames or []):
        raise click.ClickException(
            said(f"{file.name} has no column “{column}”. It has: {', '.join(rows.fieldnames or [])}.")
        )
    return [row[column] or "" for row in rows]


def as_csv(links: AddressLinks) -> str:
    """One row per text: its number (from 1), object (16 digits), errors, stage, suggestion (16 digits)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADING)
    columns = (links.table[name].to_pylist() for name in HEADING[1:])
    for number, (found, errors, stage, suggestion) in enumerate(zip(*columns, strict=True), start=1):
        writer.writerow((number, _id(found), "" if errors is None else errors, stage, _id(suggestion)))
    return out.getvalue()


def _id(number: int | None) -> str:
    return "" if number is None else f"{number:016}"


def _counting(told: Told, total: int) -> Progress:
    """Add up what is done piece by piece."""
    done = [0]

    def add(number: int) -> None:
        done[0] += number
        told(done[0], total, "texts")

    return add


def _show(links: AddressLinks) -> None:
    total = links.table.num_rows
    table = Table(title=f"{total:,} texts, {links.linked:,} linked")
    table.add_column("stage")
    table.add_column("texts", justify="right")
    table.add_column("share", justify="right")
    table.add_column("meaning")
    for stage, meaning in _MEANING.items():
        number = links.by_stage.get(stage, 0)
        if number:
            table.add_row(stage, f"{number:,}", f"{number / total:.1%}", meaning)
    console = Console()
    console.print(table)
    console.print(f"Addresses as of {links.as_of}; {links.seconds:.1f} s. A suggestion is not a link.")
