"""`knooppunt link`: join the registers in a vault, and say how well that went."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._link_persons import persons
from knooppunt.cli._link_texts import addresses
from knooppunt.cli._progress import progress_bar
from knooppunt.cli._refusals import said
from knooppunt.cli._svg import Bar, bars
from knooppunt.linkage import LinkReport, link, unlinked
from knooppunt.vault import open_vault
from knooppunt.words import _, decimal, gettext_noop, number, percent

SHOWN = 50
"""Unlinked establishments on screen; `--json` gives them all."""

_MEANING: dict[str, Callable[[], str]] = {
    "0": lambda: _("BAG id given, or the address is the same"),
    "1": lambda: _("addition written another way"),
    "2": lambda: _("letter or addition swapped or missing (uncertain)"),
    "3": lambda: _("street, number and town, no matching postcode (uncertain)"),
    gettext_noop("unlinked"): lambda: _("leads nowhere, or to several objects"),
}
WHY = (
    gettext_noop("ambiguous"),
    gettext_noop("no address"),
    gettext_noop("nearly"),
    gettext_noop("not found"),
)
"""Why an establishment leads nowhere, as it is said on screen; programs get the name of the step."""


@click.group("link", invoke_without_command=True)
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), help="The folder of the vault.")
@click.option("--unlinked", "with_unlinked", is_flag=True, help="Also list the establishments that lead nowhere.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_context
def command(ctx: click.Context, *, vault: Path | None, with_unlinked: bool, svg: Path | None, as_json: bool) -> None:
    """Link the establishments in the vault to addressable objects; the number of errors is the match quality.

    `knooppunt link addresses FILE` links address lines or tips of your own; `knooppunt link persons` records about
    persons, only with a stated basis.
    """
    if ctx.invoked_subcommand:
        return
    if vault is None:
        raise click.UsageError(said("Missing option '--vault'."))
    with progress_bar(hidden=as_json) as progress:
        report = link(open_vault(vault), at=datetime.now(UTC), progress=progress)
    rows = unlinked(open_vault(vault)) if with_unlinked else []
    if svg is not None:
        svg.write_text(_drawn(report), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(report.to_json() | ({"unlinked": rows} if with_unlinked else {})))
        return
    _show(report)
    if with_unlinked:
        _show_unlinked(rows)


command.add_command(addresses)
command.add_command(persons)


def _drawn(report: LinkReport) -> str:
    total = max(1, report.establishments)
    rows = [Bar(_(name), n / total, f"{number(n)} ({percent(n / total, 1)})") for name, n in report.by_errors.items()]
    return bars(_("Establishments by the errors of their link"), rows)


def _show(report: LinkReport) -> None:
    console = Console()
    table = Table(
        title=_("{establishments} establishments, {objects} addressable objects").format(
            establishments=number(report.establishments), objects=number(report.addressable)
        )
    )
    table.add_column(_("errors"))
    table.add_column(_("establishments"), justify="right")
    table.add_column(_("share"), justify="right")
    table.add_column(_("meaning"))
    for errors, count in report.by_errors.items():
        share = percent(count / report.establishments, 1) if report.establishments else ""
        table.add_row(_(errors), number(count), share, _MEANING[errors]())
    console.print(table)
    state = _("unchanged since the last time") if report.unchanged else f"{decimal(report.seconds, 1)} s"
    told = _("As of {day}; {state}. Only links with 0 or 1 errors feed a finding.")
    console.print(told.format(day=report.as_of, state=state))


def _show_unlinked(rows: list[dict[str, Any]]) -> None:
    table = Table(title=_("{count} establishments that lead nowhere").format(count=number(len(rows))))
    for heading in ("kvk", _("establishment"), _("why"), _("source")):
        table.add_column(heading)
    for row in rows[:SHOWN]:
        source = _("{file}, line {line}").format(file=row["source_file"], line=row["source_line"])
        table.add_row(f"{row['kvk']:08}", f"{row['establishment'] or 0:012}", _(row["step"].replace("_", " ")), source)
    Console().print(table)
