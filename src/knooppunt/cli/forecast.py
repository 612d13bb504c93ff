"""`knooppunt forecast`: next month per area, beside last year's month and how good such forecasts were."""

import getpass
import json
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._progress import progress_bar
from knooppunt.cli._svg import Line, lines
from knooppunt.findings.export import Purpose
from knooppunt.outlook import (
    AreaTables,
    Forecast,
    Series,
    SeriesTold,
    check_reason,
    export_areas,
    forecast,
    report_series,
    rule_series,
    told_ahead,
    told_forecast,
    told_series,
)
from knooppunt.outlook.series import MINIMUM_CELL
from knooppunt.vault import Vault, open_vault
from knooppunt.words import _, between, decimal, gettext_noop, number, percent

MOST_LINES = 5  # more cannot be told apart
_VERDICT = {
    "better": gettext_noop("Better than last year's numbers: errors {gain} smaller ({bounds})."),
    "no_better": gettext_noop("No better than last year's numbers ({bounds}): those are shown."),
    "too_short": gettext_noop("No forecast: it takes 24 months, and an area with at least ten in all of them."),
}
WHAT = gettext_noop("reports")  # of a series that is not of a rule
_MONTHS = (
    gettext_noop("January"),
    gettext_noop("February"),
    gettext_noop("March"),
    gettext_noop("April"),
    gettext_noop("May"),
    gettext_noop("June"),
    gettext_noop("July"),
    gettext_noop("August"),
    gettext_noop("September"),
    gettext_noop("October"),
    gettext_noop("November"),
    gettext_noop("December"),
)


@click.command("forecast")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--rule", help="Findings of this rule at each month's end; without it reports by their day.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day; the months before it count. Today if left out."
)
@click.option("--months", type=click.IntRange(2, 240), default=36, show_default=True, help="How far to look back.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the series, as SVG.")
@click.option(
    "--geojson",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the areas with their shapes, as GeoJSON; needs --reason.",
)
@click.option("--reason", default="", help="Why figures leave the vault; it is written in the file and in the log.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who takes them.")
@click.option(
    "--known-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As the registers were known on this day, not now.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(  # noqa: PLR0913  one option each
    *,
    vault: Path,
    rule: str | None,
    as_of: datetime | None,
    months: int,
    svg: Path | None,
    geojson: Path | None,
    reason: str,
    by: str,
    known_on: datetime | None,
    as_json: bool,
) -> None:
    """Look ahead one month, by area only, held against the past; says so when last year's numbers are as good."""
    purpose = Purpose(reason, datetime.now(UTC), by=by)
    if geojson is not None:
        check_reason(purpose)  # before the work
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    on = (as_of or datetime.now(UTC)).date()
    series = _series(opened, rule, on, months, hidden=as_json)
    said, told = told_series(series), forecast(series)
    if svg is not None:
        svg.write_text(_drawn(said), encoding="utf-8")
    if geojson is not None:
        geojson.write_bytes(export_areas(opened, AreaTables(on, series, told), purpose))
    if as_json:
        click.echo(json.dumps(told_forecast(told, said.names)))
        return
    _show(told, said.names)


def _series(vault: Vault, rule: str | None, on: date, months: int, *, hidden: bool) -> Series:
    with progress_bar(hidden=hidden) as told:
        if rule is None:
            return report_series(vault, on=on, months=months)
        progress = (lambda done, of: told(done, of, _("{rule} by month").format(rule=rule))) if told else None
        return rule_series(vault, rule, on=on, months=months, progress=progress)


def _drawn(series: SeriesTold) -> str:
    """The areas with the most; a month that is not told is a gap. Not the others together: that would tell it."""
    order = sorted(series.areas, key=lambda area: -sum(area.total.bounds))
    rows = [Line(area.name, area.months) for area in order[:MOST_LINES]]
    title = _("{what} per month").format(what=_(series.what))
    return lines(title, [f"{month:%m-%Y}" for month in series.months], rows, gap=f"<{MINIMUM_CELL}")


def _show(told: Forecast, shown: frozenset[str]) -> None:
    console = Console()
    few = _("fewer than {most}").format(most=MINIMUM_CELL)
    if ahead := told_ahead(told, shown):
        table = Table(title=f"{_(told.what)}, {_(_MONTHS[told.month.month - 1])} {told.month.year}")
        table.add_column(_("area"))
        for heading in (_("expected"), _("between (80%)"), _("last year")):
            table.add_column(heading, justify="right")
        for area in ahead:
            bounds = _("{low} to {high}").format(low=number(area.low), high=number(area.high))
            figures = (few if one is None else number(one) for one in (area.expected, area.last_year))
            table.add_row(area.name, next(figures), bounds, next(figures))
        console.print(table)
    gained = {"gain": percent(told.gain), "bounds": between(told.gain_low, told.gain_high)}
    console.print(_(_VERDICT[told.verdict]).format(**gained))
    if told.tested_months:
        tested = _(
            "Tested on {months} months: mean error {error}, last year's numbers {before}; {covered} lay within the "
            "bounds. A number about an area says nothing of anybody in it."
        )
        errors = {"error": decimal(told.error, 1), "before": decimal(told.error_last_year, 1)}
        console.print(tested.format(months=told.tested_months, covered=percent(told.covered), **errors))
