"""`knooppunt hotspots`: where there are more reports than chance puts there."""

import getpass
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._progress import progress_bar
from knooppunt.findings.export import Purpose
from knooppunt.outlook import HotSpot, Looked, check_reason, export_spots, report_hot_spots
from knooppunt.vault import open_vault
from knooppunt.words import _, decimal, number


@click.command("hotspots")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day; the months before it count. Today if left out."
)
@click.option("--months", type=click.IntRange(1, 240), default=12, show_default=True, help="How far to look back.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same answer.")
@click.option(
    "--geojson",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the circles, as GeoJSON; needs --reason.",
)
@click.option("--reason", default="", help="Why figures leave the vault; it is written in the file and in the log.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who takes them.")
@click.option(
    "--known-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As the registers were known on this day, not now.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
def command(  # noqa: PLR0913  one option each
    *,
    vault: Path,
    as_of: datetime | None,
    months: int,
    seed: int,
    geojson: Path | None,
    reason: str,
    by: str,
    known_on: datetime | None,
    as_json: bool,
) -> None:
    """Circles with more reports than their addresses explain. A map without any shows one in 5 of 100 cases at most."""
    on = (as_of or datetime.now(UTC)).date()
    purpose = Purpose(reason, datetime.now(UTC), by=by)
    if geojson is not None:
        check_reason(purpose)  # before a minute of work
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    with progress_bar(hidden=as_json) as told:
        progress = (lambda done, of: told(done, of, "maps made by chance")) if told else None
        found = report_hot_spots(opened, on=on, months=months, seed=seed, progress=progress)
    if geojson is not None:
        geojson.write_bytes(export_spots(opened, Looked(on, months, found), purpose))
    if as_json:
        click.echo(json.dumps([spot.to_json() for spot in found]))
        return
    _show(found, months)


def _show(found: Sequence[HotSpot], months: int) -> None:
    if not found:
        click.echo(_("No hot spot: what there is, chance gives too."))
        return
    title = _("{count} hot spots of reports in {months} months").format(count=number(len(found)), months=months)
    table = Table(title=title)
    for heading in ("x", "y", _("radius (m)"), _("reports"), _("expected"), _("chance")):
        table.add_column(heading, justify="right")
    for spot in found:
        cells = (
            decimal(spot.x, 0),
            decimal(spot.y, 0),
            f"{spot.radius:.0f}",
            number(spot.cases),
            decimal(spot.expected, 1),
        )
        table.add_row(*cells, decimal(spot.chance, 3))
    Console().print(table)
