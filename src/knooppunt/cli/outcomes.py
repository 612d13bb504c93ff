"""`knooppunt outcomes`: how often a rule was right, beside how often chance was."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._refusals import said
from knooppunt.cli._svg import Bar, bars
from knooppunt.findings.stages import Move, keep_outcomes, kept_yields
from knooppunt.findings.yields import Outcome, RuleYield, yields
from knooppunt.registers.refusal import RefusedError
from knooppunt.vault import open_vault
from knooppunt.words import _, between, gettext_noop

_MEANING = {
    "too_early": gettext_noop("too early to say, or no controls looked at"),
    "beats_chance": gettext_noop("clearly better than chance"),
    "unclear": gettext_noop("not clearly better than chance"),
    "suspended": gettext_noop("no better than chance: put it off"),
}
_COLUMNS = ("object_id", "place", "outcome")


@click.command("outcomes")
@click.argument("path", metavar="LIST", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, help="Its key.")
@click.option(
    "--vault", type=click.Path(file_okay=False, path_type=Path), help="Remember them here; a rule may go off by it."
)
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it, as SVG.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
def command(*, path: Path, key: Path, vault: Path | None, svg: Path | None, as_json: bool) -> None:
    """Count what came of a work list that was filled in, and say whether the rule beats chance.

    With --vault they are remembered beside earlier ones, and a rule that is no better than chance goes off by itself.
    """
    known = json.loads(key.read_text(encoding="utf-8"))
    given = list(_outcomes(path, known["rule"], frozenset(known["controls"])))
    told, went = yields(given), list[Move]()
    if vault is not None:
        opened = open_vault(vault)
        went = keep_outcomes(opened, given, at=datetime.now(UTC))
        told = {rule: one for rule, one in kept_yields(opened).items() if rule == known["rule"]}
    _say_off(went)
    if svg is not None:
        svg.write_text(_drawn(told), encoding="utf-8")
    if as_json:
        click.echo(json.dumps([_plain(one) for one in told.values()]))
        return
    interval = _("interval (80%)")
    table = Table(_("rule"), _("right"), interval, _("chance"), interval, _("what follows"))
    for one in told.values():
        right, chance = f"{one.confirmed}/{one.looked_at}", f"{one.controls_confirmed}/{one.controls}"
        table.add_row(one.rule, right, _share(one.interval), chance, _share(one.chance), _(_MEANING[one.verdict]))
    Console().print(table)


def _say_off(went: Iterable[Move]) -> None:
    for move in went:
        told = _("{rule} went off: {reason} To bring it back: knooppunt rules move")
        click.echo(told.format(rule=move.rule, reason=said(move.reason)), err=True)


def _drawn(told: dict[str, RuleYield]) -> str:
    rows = []
    for one in told.values():
        for name, right, of, bounds in (
            (one.rule, one.confirmed, one.looked_at, one.interval),
            (_("{rule}, at random").format(rule=one.rule), one.controls_confirmed, one.controls, one.chance),
        ):
            rows.append(Bar(name, right / of if of else 0.0, f"{right}/{of}, {_share(bounds)}", bounds))
    return bars(_("How often it was right (80% bounds)"), rows)


def _outcomes(path: Path, rule: str, controls: frozenset[str]) -> Iterator[Outcome]:
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    if not set(_COLUMNS) <= set(rows.fieldnames or ()):
        raise RefusedError(path.name, 1, f"has no column {', '.join(_COLUMNS)}")
    for line, row in enumerate(rows, start=2):
        outcome = (row["outcome"] or "").strip().lower()
        if outcome not in ("", "confirmed", "refuted"):
            raise RefusedError(path.name, line, "has an outcome that is neither confirmed nor refuted")
        if outcome:
            yield Outcome(rule, row["object_id"], row["object_id"] in controls, outcome == "confirmed")


def _plain(one: RuleYield) -> dict[str, object]:
    return vars(one) | {"interval": one.interval, "chance": one.chance, "verdict": one.verdict}


def _share(interval: tuple[float, float]) -> str:
    return between(*interval)
