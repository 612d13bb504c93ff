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
from knooppunt.words import _, decimal, gettext_noop, number, percent

HEADING = ("line", "object_id", "errors", "stage", "suggestion")
_MEANING = {
    "corrected": gettext_noop("somebody decided so before"),
    "postcode_number_addition": gettext_noop("postcode, number and addition"),
    "only_object_at_postcode_and_number": gettext_noop(
        "addition missing or unknown, and only one object has the number"
    ),
    "street_number_town": gettext_noop("street, number and town; no postcode, or one with a typing error"),
    "street_nearly": gettext_noop("the same, with one error in the street"),
    "ambiguous": gettext_noop("not linked: several objects are possible"),
    "postcode_and_street_disagree": gettext_noop("not linked: postcode and street say different things"),
    "no_number": gettext_noop("not linked: no house number"),
    "po_box": gettext_noop("not linked: a PO box"),
    "not_found": gettext_noop("not linked: leads nowhere"),
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
    for line, (found, errors, stage, suggestion) in enumerate(zip(*columns, strict=True), start=1):
        writer.writerow((line, _id(found), "" if errors is None else errors, stage, _id(suggestion)))
    return out.getvalue()


def _id(object_id: int | None) -> str:
    return "" if object_id is None else f"{object_id:016}"


def _counting(told: Told, total: int) -> Progress:
    """Add up what is done piece by piece."""
    done = [0]

    def add(more: int) -> None:
        done[0] += more
        told(done[0], total, "texts")

    return add


def _show(links: AddressLinks) -> None:
    total = links.table.num_rows
    title = _("{texts} texts, {linked} linked").format(texts=number(total), linked=number(links.linked))
    table = Table(title=title)
    table.add_column(_("stage of the link"))
    table.add_column(_("texts"), justify="right")
    table.add_column(_("share"), justify="right")
    table.add_column(_("meaning"))
    for stage, meaning in _MEANING.items():
        if count := links.by_stage.get(stage, 0):
            table.add_row(stage, number(count), percent(count / total, 1), _(meaning))
    console = Console()
    console.print(table)
    told = _("Addresses as of {day}; {seconds} s. A suggestion is not a link.")
    console.print(told.format(day=links.as_of, seconds=decimal(links.seconds, 1)))
