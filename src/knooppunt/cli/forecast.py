"""`knooppunt forecast`: next month per area, beside last year's month and how good such forecasts were."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._progress import progress_bar
from knooppunt.cli._svg import Line, lines
from knooppunt.outlook import Forecast, Series, forecast, report_series, rule_series
from knooppunt.outlook.series import TOGETHER
from knooppunt.vault import Vault, open_vault

MOST_LINES = 5  # more cannot be told apart
_VERDICT = {
    "better": "Better than last year's numbers: errors {gain:.0%} smaller ({gain_low:.0%} to {gain_high:.0%}).",
    "no_better": "No better than last year's numbers ({gain_low:.0%} to {gain_high:.0%}): those are shown.",
    "too_short": "No forecast: it takes 24 months, and an area with at least ten in all of them.",
}


@click.command("forecast")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--rule", help="Findings of this rule at each month's end; without it reports by their day.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day; the months before it count. Today if left out."
)
@click.option("--months", type=click.IntRange(2, 240), default=36, show_default=True, help="How far to look back.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the series, as SVG.")
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
    known_on: datetime | None,
    as_json: bool,
) -> None:
    """Look ahead one month, by area only, held against the past; says so when last year's numbers are as good."""
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    on = (as_of or datetime.now(UTC)).date()
    series = _series(opened, rule, on, months, hidden=as_json)
    told = forecast(series)
    if svg is not None:
        svg.write_text(_drawn(series), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(told.to_json()))
        return
    _show(told)


def _series(vault: Vault, rule: str | None, on: date, months: int, *, hidden: bool) -> Series:
    with progress_bar(hidden=hidden) as told:
        if rule is None:
            return report_series(vault, on=on, months=months)
        progress = (lambda done, of: told(done, of, f"{rule} by month")) if told else None
        return rule_series(vault, rule, on=on, months=months, progress=progress)


def _drawn(series: Series) -> str:
    """The areas with the most, the others together."""
    order = sorted(range(len(series.areas)), key=lambda row: -int(series.counts[row].sum()))
    rows = [Line(series.areas[row], series.counts[row].tolist()) for row in order[:MOST_LINES]]
    if rest := order[MOST_LINES:]:
        rows.append(Line(f"{len(rest)} other areas", series.counts[rest].sum(axis=0).tolist()))
    return lines(f"{series.what} per month", [f"{month:%m-%Y}" for month in series.months], rows)


def _show(told: Forecast) -> None:
    console = Console()
    if told.areas:
        table = Table(title=f"{told.what}, {told.month:%B %Y}")
        for heading in ("area", "expected", "between (80%)", "last year"):
            table.add_column(heading, justify="left" if heading == "area" else "right")
        for area in told.areas:
            name = "areas with small numbers" if area.name == TOGETHER else area.name
            table.add_row(name, f"{area.expected:.1f}", f"{area.low:.0f} to {area.high:.0f}", f"{area.last_year:.0f}")
        console.print(table)
    console.print(_VERDICT[told.verdict].format(**told.__dict__))
    if told.tested_months:
        console.print(
            f"Tested on {told.tested_months} months: mean error {told.error:.2f}, last year's numbers "
            f"{told.error_last_year:.2f}; {told.covered:.0%} lay within the bounds. A number about an area says "
            "nothing of anybody in it."
        )
