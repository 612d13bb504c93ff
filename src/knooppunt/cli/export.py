"""`knooppunt export`: findings as GeoJSON, CSV, Parquet or FollowTheMoney, with a reason."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from knooppunt.cli._progress import progress_bar
from knooppunt.findings.export import Format, Purpose, export_findings
from knooppunt.findings.rule import Language
from knooppunt.findings.store import load_findings
from knooppunt.vault import open_vault
from knooppunt.words import _, number


@click.command("export")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option(
    "--format", "format_", type=click.Choice(["geojson", "csv", "parquet", "ftm"]), required=True, help="What to write."
)
@click.option("--reason", required=True, help="Why they leave the vault; it is written in the file and in the log.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who takes them.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the findings; by default the latest.")
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="Of findings asked as they were known on this day.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; by default the screen.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Language of the words.")
def command(  # noqa: PLR0913  an export has that many parts
    *,
    vault: Path,
    format_: Format,
    reason: str,
    by: str,
    as_of: datetime | None,
    known_on: datetime | None,
    out: Path | None,
    lang: Language,
) -> None:
    """Write the findings of a day as GeoJSON (WGS84), CSV, Parquet or FollowTheMoney. Keep the file safe."""
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    with progress_bar() as progress:
        if progress:
            progress(0, 0, "reading findings")
        run = load_findings(opened, as_of.date() if as_of else None)
        purpose = Purpose(reason, datetime.now(UTC), lang, by)
        content = export_findings(opened, run, format_, purpose, progress=progress)
    if out is None:
        click.echo(content, nl=False)
        return
    out.write_bytes(content)
    told = _("{count} findings written to {file}").format(count=number(len(run.findings)), file=out)
    click.echo(told, err=True)
