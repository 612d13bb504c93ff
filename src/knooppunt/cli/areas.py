"""`knooppunt areas`: by what the neighbourhood of every object was found, and which objects have none."""

import csv
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from knooppunt.findings.area_coverage import Coverage, Why, area_coverage
from knooppunt.vault import open_vault
from knooppunt.words import _, gettext_noop, number

_WHY: dict[Why, str] = {"in no area": gettext_noop("in no area"), "no position": gettext_noop("no position")}


@click.command("areas")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day. Today if left out.")
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="As the registers were known on this day, not now.")
@click.option(
    "--unplaced", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV of the objects that lie in none."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(
    *, vault: Path, as_of: datetime | None, known_on: datetime | None, unplaced: Path | None, as_json: bool
) -> None:
    """How many objects have their neighbourhood by table (areamap), by shape (boundaries), or have none.

    The areas are those that held on the day. A point on a border lies in the area with the smaller code; a point in
    none, in the sea or wrongly measured, is on the list that --unplaced writes.
    """
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    told = area_coverage(opened, (as_of or datetime.now(UTC)).date())
    if unplaced is not None:
        _write(unplaced, told)
    if as_json:
        click.echo(json.dumps(asdict(told), default=str))
        return
    click.echo(_("{objects} objects on {day}").format(objects=number(told.objects), day=told.on))
    for register, day in told.areas_since.items():
        click.echo(_("asked: {register}, valid from {day}").format(register=register, day=day))
    click.echo(_("neighbourhood by table: {count}").format(count=number(told.by_table)))
    click.echo(_("neighbourhood by shape: {count}").format(count=number(told.by_shape)))
    click.echo(_("in no neighbourhood: {count}").format(count=number(len(told.unplaced))))


def _write(path: Path, told: Coverage) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, delimiter=";")
        rows.writerow(("object_id", "x", "y", _("why")))
        rows.writerows((one.object_id, one.x, one.y, _(_WHY[one.why])) for one in told.unplaced)
