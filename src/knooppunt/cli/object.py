"""`knooppunt object`: everything the rules of the last run saw of one address."""

import json
from pathlib import Path

import click

from knooppunt.findings.state import about_object
from knooppunt.vault import open_vault


@click.command("object")
@click.argument("object_id", metavar="ID")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, object_id: str, vault: Path, as_json: bool) -> None:
    """What the rules of the last run saw of the addressable object ID (16 digits): counts and records, no people."""
    if len(object_id) != 16 or not object_id.isdigit():
        raise click.UsageError("ID has 16 digits.")
    seen = about_object(open_vault(vault), int(object_id))
    if not seen:
        raise click.ClickException(f"The last run saw no object {object_id}.")
    if as_json:
        click.echo(json.dumps(seen, default=str, ensure_ascii=False))
        return
    for table, rows in seen.items():
        click.echo(f"{table}:")
        for row in rows:
            click.echo("  " + "; ".join(f"{name} {value}" for name, value in row.items() if value is not None))
