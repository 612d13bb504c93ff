"""`knooppunt corrections`: look at what linking could not decide, decide, and tell the keeper of the register."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from knooppunt.cli._refusals import said
from knooppunt.linkage.decisions import place_establishments, placed
from knooppunt.linkage.report_back import report_back
from knooppunt.linkage.worklist import objects_in, read_decisions, to_csv, uncertain
from knooppunt.vault import open_vault
from knooppunt.words import _, number

_VAULT = click.option(
    "--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault."
)


@click.group("corrections")
def command() -> None:
    """Decide what linking left open; decisions are remembered and can go back to the keeper of the register."""


@command.command("worklist")
@_VAULT
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="CSV to write.")
def worklist(*, vault: Path, out: Path) -> None:
    """Write what leads nowhere or not surely, to be filled in: `decision` (yes, none or 16 digits) and `reason`."""
    rows = uncertain(open_vault(vault))
    out.write_text(to_csv(rows), encoding="utf-8", newline="")
    click.echo(_("{count} establishments to look at, in {file}").format(count=number(len(rows)), file=out))


@command.command("read")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_VAULT
@click.option("--by", required=True, help="Who looked.")
def read(*, file: Path, vault: Path, by: str) -> None:
    """Remember the decisions in a filled-in work list: all of them, or none."""
    opened = open_vault(vault)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(said(f"{file.name} is not in UTF-8 (byte {error.start}).")) from error
    made = read_decisions(text, file.name, by=by, at=datetime.now(UTC), known=objects_in(opened))
    if made:
        place_establishments(opened, made)
    told = _("{count} decisions remembered. Run: knooppunt link --vault {vault}")
    click.echo(told.format(count=number(len(made)), vault=vault))


@command.command("list")
@_VAULT
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="As it was known on this day.")
def show(*, vault: Path, known_on: datetime | None) -> None:
    """Every decision, oldest first, as JSON lines; of a shielded establishment not where it is."""
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    shield = opened.shield()
    for one in placed(opened):
        hidden = shield.hides(one.kvk, one.establishment)
        there = f"{one.object_id:016}" if one.object_id and not hidden else None
        line = {"kvk": f"{one.kvk:08}", "establishment": one.establishment, "object_id": there, "by": one.by,
                "reason": one.reason, "at": one.at.isoformat(), **({"shielded": True} if hidden else {})}  # fmt: skip
        click.echo(json.dumps(line, ensure_ascii=False))


@command.command("report")
@_VAULT
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write in.")
def report(*, vault: Path, out: Path) -> None:
    """Write a terugmelding (text and JSON) for each decision the keeper of the register does not know yet."""
    made = report_back(open_vault(vault), out, at=datetime.now(UTC))
    told = _("{count} documents written to {folder}. Send them as the keeper of the register asks.")
    click.echo(told.format(count=number(len(made)), folder=out))
