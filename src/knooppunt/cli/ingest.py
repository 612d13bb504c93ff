"""`knooppunt ingest`: take a delivery of a base register into the vault."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from knooppunt.cli._progress import progress_bar
from knooppunt.cli._refusals import rejected
from knooppunt.ingest import IngestSummary, ingest
from knooppunt.registers.catalogue import TABLES
from knooppunt.words import _, decimal, gettext_noop, number

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 20  # refused things on screen; all of them are in --json and in the vault
_HEADINGS = ("occurrences", "objects", "current")  # tests.tools.messages has them too
QUALITY = (
    gettext_noop("rows"),
    gettext_noop("persons"),
    gettext_noop("bsn"),
    gettext_noop("bsn valid"),
    gettext_noop("bsn invalid"),
    gettext_noop("identifiers left empty"),
    gettext_noop("objects cut off at 100"),
    gettext_noop("shielded"),
    gettext_noop("without visiting address"),
    gettext_noop("without place"),
    gettext_noop("without history"),
    gettext_noop("not in delivery"),
    gettext_noop("occurrence numbers used twice"),
    gettext_noop("rows of the delivery before"),
    gettext_noop("mutations worked into"),
    gettext_noop("mutations added"),
    gettext_noop("mutations changed"),
    gettext_noop("mutations removed"),
)
"""What a delivery tells of itself, as it is said on screen."""
KINDS = {
    "niet_bag": gettext_noop("not BAG"),
    "inactief": gettext_noop("inactive"),
    "in_onderzoek": gettext_noop("under investigation"),
    "gem_wpl_relatie": gettext_noop("towns by municipality"),
    "stays": gettext_noop("stays"),
    "addressable_objects": gettext_noop("addressable objects"),
    "establishments": gettext_noop("establishments"),
    "companies": gettext_noop("companies"),
    "functions": gettext_noop("functions"),
    "lots": gettext_noop("lots"),
    "rights": gettext_noop("rights"),
    "deeds": gettext_noop("deeds"),
    "mortgages": gettext_noop("mortgages"),
    "valuations": gettext_noop("valuations"),
    "permits": gettext_noop("permits"),
    "recognitions": gettext_noop("recognitions"),
    "observations": gettext_noop("observations"),
    "reports": gettext_noop("reports"),
    "measures": gettext_noop("measures"),
    "contracts": gettext_noop("contracts"),
    "figures": gettext_noop("figures"),
    "neighbourhoods": gettext_noop("neighbourhoods"),
    "boundaries": gettext_noop("boundaries of areas"),
    "neighbourhood_addresses": gettext_noop("addresses in neighbourhoods"),
    "sbi_conversion": gettext_noop("SBI codes, from 2008 to 2025"),
}
"""What is counted, as it is said on screen; objects of the BAG go by Kadaster's own three letters."""


@click.command("ingest")
@click.argument("register", type=click.Choice([*sorted(TABLES), "table"]))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--keep-going", is_flag=True, help="Leave out what is wrong and list it, instead of refusing everything.")
@click.option("--municipality", metavar="CODE", help="CBS code (0221) the delivery must be about; 9999: the country.")
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    help="TOML file: which column of a CSV is which; or signalen.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day the delivery describes, if it does not say so.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout and nothing else.")
def command(  # noqa: PLR0913  one parameter per option
    *,
    register: str,
    path: Path,
    vault: Path,
    keep_going: bool,
    municipality: str | None,
    mapping: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Take the delivery of REGISTER at PATH into the vault, whole or not at all.

    \b
    bag   a BAG 2.0 extract: the zip, the national zip of zips, a folder, or one XML file; or the mutations
          (MUT) that follow on the delivery in the vault; or PDOK's GeoPackage (.gpkg), which has no history
    brp   a CSV with element codes as headings (08.11.80, …), or answers of Haal Centraal (bewoningen or
          personen) as JSON: one, a list, or JSON Lines
    kvk   KVK API JSON (Basisprofiel, Vestigingsprofiel; one, a list, or JSON Lines), XML of the HR
          Dataservice, or a CSV with --mapping
    hr    functions of directors: JSON Lines, or XML of the HR Dataservice
    brk   the Kadaster: lots with rights, deeds and mortgages as JSON Lines, or XML of BRK levering 2.0 (a stand,
          which has no mortgages)
    woz   WOZ objects with their values, as the API gives them
    boundaries
          the shapes of CBS wijken en buurten, a GeoPackage; every year that is read in is kept
    permits rdw street reports measures contracts figures areas areamap sbi
          a CSV, or a layer of a GeoPackage, read by the mapping that comes along or by --mapping
    table a CSV of any kind, by --mapping; `knooppunt map FILE` proposes one

    What is wrong refuses the delivery: one sentence with file, line and reason, and the vault stays as
    it was. With --keep-going what is wrong is left out, listed and counted, and the exit code is 0; where
    no file can be read to its end the delivery is still refused (exit code 1). The same delivery a second
    time changes nothing. A vault is about one municipality; to change it, name the new one with
    --municipality.
    """
    with progress_bar(hidden=as_json) as progress:
        summary = ingest(
            register,
            path,
            vault=vault,
            at=datetime.now(UTC),
            keep_going=keep_going,
            municipality=municipality,
            mapping=mapping,
            as_of=as_of.date() if as_of else None,
            progress=progress,
        )
    if as_json:
        click.echo(json.dumps(summary.to_json(), ensure_ascii=False))
    else:
        _show(summary)


def _show(summary: IngestSummary) -> None:
    from rich.console import Console  # noqa: PLC0415  not needed for --json
    from rich.table import Table  # noqa: PLC0415  only when it is shown

    console = Console()
    table = Table(_("type"), *(_(heading) for heading in _HEADINGS), title=_title(summary))
    for column in table.columns[1:]:
        column.justify = "right"
    for code in summary.occurrences | summary.objects:
        table.add_row(
            _(KINDS.get(code, code)), *(_number(getattr(summary, heading).get(code)) for heading in _HEADINGS)
        )
    for name, counts in summary.beside.items():
        table.add_row(_(KINDS.get(name, name)), _number(counts.get("all", sum(counts.values()))), "", "")
    console.print(table)
    for name, value in summary.quality.items():
        console.print(f"{_(name.replace('_', ' '))}: {_number(value)}")
    _show_refused(summary, console)
    if summary.unchanged:
        console.print(_("This delivery was in the vault already; nothing was changed."))
    else:
        told = {"files": number(summary.files), "seconds": decimal(summary.seconds, 1)}
        peak = number(round(summary.peak_mib))
        console.print(_("{files} files in {seconds} s, at most {peak} MiB").format(peak=peak, **told))


def _show_refused(summary: IngestSummary, console: "Console") -> None:
    for rejection in summary.rejected[:_SHOWN]:
        console.print(_("refused: {what}").format(what=rejected(rejection)), style="yellow", markup=False)
    if len(summary.rejected) > _SHOWN:
        more = number(len(summary.rejected) - _SHOWN)
        console.print(_("… and {more} more; all are in the vault, in rejected.jsonl").format(more=more))
    if summary.rejected:
        left_out = _("Not everything was taken in: {count} refused and left out.")
        console.print(left_out.format(count=number(len(summary.rejected))), style="yellow")


def _title(summary: IngestSummary) -> str:
    told = {"register": summary.register.upper(), "day": summary.as_of or _("an unknown day")}
    if not summary.municipality:
        return _("{register} as of {day}").format(**told)
    return _("{register} as of {day}, municipality {code}").format(code=summary.municipality, **told)


def _number(value: Any) -> str:
    return number(value) if isinstance(value, int) else "" if value is None else str(value)
