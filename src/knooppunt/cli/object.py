"""`knooppunt object`: everything the rules of the last run saw of one address."""

import json
from datetime import datetime
from pathlib import Path

import click

from knooppunt.cli._refusals import said
from knooppunt.findings.looking_up import object_on
from knooppunt.findings.state import about_object
from knooppunt.vault import open_vault


@click.command("object")
@click.argument("object_id", metavar="ID")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Another day than that of the last run.")
@click.option(
    "--known-on", type=click.DateTime(["%Y-%m-%d"]), help="With --as-of: as the registers were known on this day."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, object_id: str, vault: Path, as_of: datetime | None, known_on: datetime | None, as_json: bool) -> None:
    """What the rules of the last run saw of the addressable object ID (16 digits): counts and records, no people.

    With --as-of it is worked out for that day, and with --known-on as one would have seen it then.
    """
    if len(object_id) != 16 or not object_id.isdigit():
        raise click.UsageError(said("ID has 16 digits."))
    if known_on is not None and as_of is None:
        raise click.UsageError(said("--known-on needs --as-of: what was known on a day, about which day?"))
    if as_of is None:
        seen = about_object(open_vault(vault), int(object_id))
        unseen = said(f"The last run saw no object {object_id}.")
    else:
        opened = open_vault(vault, known_on=known_on.date() if known_on else None)
        seen = object_on(opened, int(object_id), as_of.date())
        unseen = said(f"There was no object {object_id}.")
    if not seen:
        raise click.ClickException(unseen)
    if as_json:
        click.echo(json.dumps(seen, default=str, ensure_ascii=False))
        return
    for table, rows in seen.items():
        click.echo(f"{table}:")
        for row in rows:
            click.echo("  " + "; ".join(f"{name} {value}" for name, value in row.items() if value is not None))
