"""`knooppunt object`: which objects an address has, and what the rules saw of one of them."""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import click

from knooppunt.cli._refusals import said
from knooppunt.findings.looking_up import object_on
from knooppunt.findings.state import about_object
from knooppunt.linkage import objects_at
from knooppunt.linkage.areas import SHAPE, Area
from knooppunt.linkage.lookup import areas_of_object
from knooppunt.vault import Vault, open_vault
from knooppunt.words import _

_ADDRESS = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})[ ,]+([1-9][0-9]{0,4})")


@click.command("object")
@click.argument("asked", metavar="ID")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Another day than that of the last run.")
@click.option(
    "--known-on", type=click.DateTime(["%Y-%m-%d"]), help="With --as-of: as the registers were known on this day."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, asked: str, vault: Path, as_of: datetime | None, known_on: datetime | None, as_json: bool) -> None:
    """What the rules of the last run saw of the addressable object ID (16 digits): counts and records, no people.

    With --as-of it is worked out for that day, and with --known-on as one would have seen it then. Instead of an ID
    you may give a postcode and house number ("6100BA 7"): you get the objects there, each with its ID and address.
    Where the vault has the map of CBS (areamap) or its shapes (boundaries) you also get the neighbourhood, district and
    municipality: those of that day, or else of today, and whether a table says so or the shape.
    """
    address = _ADDRESS.fullmatch(asked.strip())
    if address is None and (len(asked) != 16 or not asked.isdigit()):
        raise click.UsageError(said("ID has 16 digits; or give a postcode and house number."))
    if known_on is not None and as_of is None:
        raise click.UsageError(said("--known-on needs --as-of: what was known on a day, about which day?"))
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    on = as_of.date() if as_of else None
    opened = opened if on else opened.about(datetime.now(UTC).date())
    if address is not None:
        _show_objects(opened, address[1] + address[2].upper(), int(address[3]), on, as_json=as_json)
    else:
        _show_object(opened, asked, on, as_json=as_json)


def _show_objects(vault: Vault, postcode: str, number: int, on: date | None, *, as_json: bool) -> None:
    there = objects_at(vault, postcode=postcode, number=number, on=on)
    if not there:
        raise click.ClickException(said(f"There is no object at {postcode} {number}."))
    if as_json:
        click.echo(json.dumps({"objects": [asdict(one) for one in there]}, ensure_ascii=False))
        return
    for one in there:
        click.echo(f"{one.object_id}  {one.place}")
    if there[0].areas:
        click.echo(_("in: {areas}").format(areas=", ".join(_named(area) for area in there[0].areas)))


def _named(area: Area) -> str:
    named = f"{area.name} ({area.code})" if area.name else area.code
    return _("{area}, by its shape").format(area=named) if area.by == SHAPE else named


def _show_object(vault: Vault, object_id: str, on: date | None, *, as_json: bool) -> None:
    if on is None:
        seen, unseen = about_object(vault, int(object_id)), f"The last run saw no object {object_id}."
        areas = areas_of_object(vault, int(object_id)) if seen else ()
        seen = seen | ({"areas": [asdict(area) for area in areas]} if areas else {})
    else:
        seen, unseen = object_on(vault, int(object_id), on), f"There was no object {object_id}."
    if not seen:
        raise click.ClickException(said(unseen))
    if as_json:
        click.echo(json.dumps(seen, default=str, ensure_ascii=False))
        return
    for table, rows in seen.items():
        click.echo(f"{table}:")
        for row in rows:
            click.echo("  " + "; ".join(f"{name} {value}" for name, value in row.items() if value is not None))
