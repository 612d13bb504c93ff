"""`knooppunt bias`: does a rule look at some kinds of neighbourhoods more than at others?"""

import json
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._progress import progress_bar
from knooppunt.cli._svg import Bar, bars
from knooppunt.findings.bias import URBANITY, BiasReport, ClassOutcomes, ClassShare, bias_report
from knooppunt.vault import open_vault
from knooppunt.words import _, between, gettext_noop, number

_COMPARED = {
    "more": gettext_noop("found more often than elsewhere"),
    "fewer": gettext_noop("found less often than elsewhere"),
    "no difference shown": gettext_noop("no difference shown"),
    "too few to tell": gettext_noop("too few to tell"),
}
_RIGHT = {
    "more": gettext_noop("right more often than elsewhere"),
    "fewer": gettext_noop("right less often than elsewhere"),
    "no difference shown": gettext_noop("no difference shown"),
    "too few to tell": gettext_noop("too few to tell"),
}
CLASSES = (
    gettext_noop("urbanity"),
    gettext_noop("very urban"),
    gettext_noop("urban"),
    gettext_noop("fairly urban"),
    gettext_noop("little urban"),
    gettext_noop("not urban"),
    gettext_noop("low"),
    gettext_noop("middle"),
    gettext_noop("high"),
    gettext_noop("unknown"),
)
"""The names of classes, as the report has them; indicators have the name of the register of figures."""


@click.command("bias")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--rule", required=True, metavar="ID", help="The rule; one about addresses.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the findings; by default the latest.")
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="Of findings asked as they were known on this day.")
@click.option("--by", default=URBANITY, show_default=True, help="Urbanity, or an indicator in the register of figures.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(  # noqa: PLR0913  one parameter per option
    *,
    vault: Path,
    rule: str,
    as_of: datetime | None,
    known_on: datetime | None,
    by: str,
    svg: Path | None,
    as_json: bool,
) -> None:
    """How what a rule found falls over classes of neighbourhoods, with exact bounds; and what looking gave in each.

    Small numbers do not come out, and what is hidden today stays hidden. A difference is a question and no proof:
    say what explains it, or change the rule. Groups that nobody thought of are not looked for: the package for that,
    unsupervised-bias-detection, needs numpy below 2 and does not install beside this one (ADR 44).
    """
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    day = as_of.date() if as_of else None
    with progress_bar(hidden=as_json) as progress:
        if progress:
            progress(0, 0, "counting objects by class")
        told = bias_report(opened, rule, as_of=day, by=by)
    if svg is not None:
        svg.write_text(_drawn(told), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(told.to_json()))
        return
    _show(told)


def _share(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else between(low, high, 2)


def _number(value: int | None) -> str:
    return _("hidden") if value is None else number(value)


def _drawn(told: BiasReport) -> str:
    rows = [
        Bar(_(one.name), (one.low + one.high) / 2, _share(one.low, one.high), (one.low, one.high))
        for one in told.classes
        if one.low is not None and one.high is not None
    ]
    title = _("{rule}: share found by {classes}, exact bounds")
    return bars(title.format(rule=told.rule, classes=_(told.by)), rows)


def _show(told: BiasReport) -> None:
    title = _("{rule} on {day}: {found} of {objects} objects found")
    counts = {"found": _number(told.found), "objects": _number(told.objects)}
    table = Table(title=title.format(rule=told.rule, day=told.as_of, **counts))
    for heading in (_(told.by), _("objects"), _("found"), _("share between"), _("elsewhere between"), ""):
        table.add_column(heading)
    for one in told.classes:
        table.add_row(*_cells(one))
    console = Console()
    console.print(table)
    console.print(
        _(
            "Counts are rounded to five and small ones hidden; the bounds have the rounding in them and are exact (95% "
            "for all classes together). A difference is a question, not a proof."
        )
    )
    if told.outcomes:
        _show_outcomes(told, console)


def _cells(one: ClassShare) -> tuple[str, ...]:
    shares = (_share(one.low, one.high), _share(one.rest_low, one.rest_high))
    return (_(one.name), _number(one.objects), _number(one.found), *shares, _(_COMPARED[one.compared]))


def _show_outcomes(told: BiasReport, console: Console) -> None:
    """What looking gave in each class, and whether the rule was as often right there as elsewhere."""
    table = Table(title=_("{rule}: what looking gave").format(rule=told.rule))
    headings = (_("confirmed"), _("not confirmed"), _("not judged"), _("right between"), _("elsewhere between"), "")
    for heading in (_(told.by), *headings):
        table.add_column(heading)
    for one in told.outcomes:
        table.add_row(*_outcome_cells(one))
    console.print(table)
    console.print(
        _("Right is the share of what was judged (Wilson, 95% for all classes together). Controls are not counted.")
    )


def _outcome_cells(one: ClassOutcomes) -> tuple[str, ...]:
    counts = (_number(one.confirmed), _number(one.refuted), _number(one.not_judged))
    shares = (_share(one.low, one.high), _share(one.rest_low, one.rest_high))
    return (_(one.name), *counts, *shares, _(_RIGHT[one.compared]))
