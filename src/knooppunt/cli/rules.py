"""`knooppunt rules`: which rules there are, where each is in its life, how often it was right; and moving one."""

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._refusals import said
from knooppunt.cli._svg import Bar, bars
from knooppunt.findings import RULES
from knooppunt.findings.lifecycle import Stage
from knooppunt.findings.stages import kept_yields, move_rule, moves_known
from knooppunt.findings.yields import RuleYield
from knooppunt.vault import open_vault
from knooppunt.words import _, gettext_noop, language

_VAULT = click.option(
    "--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault."
)
_STAGE = {
    Stage.DEVELOPMENT.value: gettext_noop("development"),
    Stage.PILOT.value: gettext_noop("pilot"),
    Stage.MATURE.value: gettext_noop("mature"),
    Stage.OFF.value: gettext_noop("off"),
}


@click.group("rules")
def command() -> None:
    """The rules: in development, pilot, mature or off, and how often each was right."""


@command.command("list")
@_VAULT
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="As it was known on this day.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the yields, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
def listed(*, vault: Path, known_on: datetime | None, svg: Path | None, as_json: bool) -> None:
    """Every rule with its stage, since when, and its yield beside that of chance."""
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    told, last = kept_yields(opened), {move.rule: move for move in moves_known(opened)}
    if svg is not None:
        svg.write_text(_drawn(told), encoding="utf-8")
    rows = [_row(rule, last.get(rule), told.get(rule)) for rule in RULES]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table(_("rule"), _("what"), _("stage"), _("right"), _("chance"), _("why"))
    for row in rows:
        title = getattr(RULES[row["rule"]].title, language())
        table.add_row(row["rule"], title, _(_STAGE[row["stage"]]), row["right"], row["chance"], said(row["reason"]))
    Console().print(table)


def _row(rule: str, move: Any, told: RuleYield | None) -> dict[str, str]:
    return {
        "rule": rule,
        "title": RULES[rule].title.en,
        "stage": move.stage.value if move else Stage.DEVELOPMENT.value,
        "since": move.at.isoformat() if move else "",
        "by": move.by if move else "",
        "reason": move.reason if move else "",
        "right": f"{told.confirmed}/{told.looked_at}" if told else "",
        "chance": f"{told.controls_confirmed}/{told.controls}" if told else "",
        "verdict": told.verdict if told else "",
    }


def _drawn(told: dict[str, RuleYield]) -> str:
    rows = []
    for one in told.values():
        for name, right, of, bounds in (
            (one.rule, one.confirmed, one.looked_at, one.interval),
            (_("{rule}, at random").format(rule=one.rule), one.controls_confirmed, one.controls, one.chance),
        ):
            rows.append(Bar(name, right / of if of else 0.0, f"{right}/{of}", bounds))
    return bars(_("How often each rule was right (80% bounds)"), rows)


@command.command("move")
@click.argument("rule")
@click.argument("to", type=click.Choice([stage.value for stage in Stage]))
@_VAULT
@click.option("--reason", required=True, help="Why; it is remembered with your name.")
@click.option("--by", default=getpass.getuser, show_default="who is signed in", help="Who moves it.")
def move(*, rule: str, to: str, vault: Path, reason: str, by: str) -> None:
    """Move RULE to another stage. Mature takes a yield that clearly beats chance; what is off finds nothing."""
    moved = move_rule(open_vault(vault), rule, Stage(to), by=by, reason=reason, at=datetime.now(UTC))
    click.echo(f"{moved.rule}: {_(_STAGE[moved.was.value])} → {_(_STAGE[moved.stage.value])}", err=True)
