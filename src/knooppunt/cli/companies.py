"""`knooppunt companies`: a lasting number for every company, and what changed since the last time."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._company_owners import owners
from knooppunt.linkage.companies import Pair, companies, events, keep_companies, questions
from knooppunt.linkage.companies.identity import EventKind
from knooppunt.linkage.decisions import decide_company
from knooppunt.vault import open_vault
from knooppunt.words import _, gettext_noop, number, percent

SHOWN = 50
_VAULT = click.option(
    "--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault."
)
_MEANING: dict[EventKind, Callable[[], str]] = {
    EventKind.CREATED: lambda: _("new companies"),
    EventKind.ABSORBED: lambda: _("got KVK numbers that were new"),
    EventKind.MERGED: lambda: _("took another company in"),
    EventKind.SPLIT: lambda: _("came out of another company"),
    EventKind.GONE: lambda: _("are in the register no longer"),
    EventKind.BACK: lambda: _("are in the register again"),
}
_KIND: dict[str, str] = {
    EventKind.CREATED: gettext_noop("created"),
    EventKind.ABSORBED: gettext_noop("absorbed"),
    EventKind.MERGED: gettext_noop("merged"),
    EventKind.SPLIT: gettext_noop("split"),
    EventKind.GONE: gettext_noop("gone"),
    EventKind.BACK: gettext_noop("back"),
}
WHY = (
    gettext_noop("decided"),
    gettext_noop("same name went on here"),
    gettext_noop("name nearly went on here"),
    gettext_noop("several came after"),
    gettext_noop("same name side by side"),
)
"""Why two numbers may be one company, as it is said on screen; programs get the name of the stage."""


@click.group("companies")
def command() -> None:
    """Companies through time: one number for a company, also when it goes on under another KVK number."""


command.add_command(owners)


@command.command("keep")
@_VAULT
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def keep(*, vault: Path, as_json: bool) -> None:
    """Give every company its number and log what changed. Run it after `knooppunt link`."""
    report = keep_companies(open_vault(vault), at=datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(report.to_json()))
        return
    told = {"companies": number(report.companies), "numbers": number(report.registrations)}
    click.echo(_("{companies} companies with {numbers} KVK numbers.").format(**told))
    for kind, meaning in _MEANING.items():
        if report.events.get(kind):
            click.echo(f"  {meaning()}: {number(report.events[kind])}")
    if report.unchanged:
        click.echo("  " + _("unchanged since the last time"))
    if report.uncertain:
        asked = _("{count} pairs may be one company: knooppunt companies questions --vault {vault}")
        click.echo(asked.format(count=number(report.uncertain), vault=vault))


@command.command("events")
@_VAULT
@click.option("--kvk", type=int, help="Only what happened to this KVK number.")
@click.option("--known-on", type=click.DateTime(["%Y-%m-%d"]), help="As it was known on this day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
def show_events(*, vault: Path, kvk: int | None, known_on: datetime | None, as_json: bool) -> None:
    """Everything that ever changed, oldest first."""
    opened = open_vault(vault, known_on=known_on.date() if known_on else None)
    told: list[dict[str, Any]] = [
        {"at": at.isoformat(), "kind": str(one.kind), "company": one.company, "other": one.other or None,
         "kvk": [f"{member:08}" for member in one.members]}
        for at, one in events(opened)
        if kvk is None or kvk in one.members
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(told))
        return
    for line in told:
        whence = " " + _("from {company}").format(company=line["other"]) if line["other"] else ""
        company = _("company {number}").format(number=line["company"])
        kind, numbers = _(_KIND[str(line["kind"])]), ", ".join(line["kvk"])
        click.echo(f"{str(line['at'])[:10]}  {kind:<10} {company}{whence}: {numbers}")


@command.command("questions")
@_VAULT
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
def show_questions(*, vault: Path, as_json: bool) -> None:
    """Pairs of KVK numbers that may be one company. Decide with `knooppunt companies decide`."""
    found = questions(open_vault(vault))
    if as_json:
        rows = [{**_pair(one.kvk, one.next_kvk), "object_id": _object(one) or None, "why": one.stage} for one in found]
        click.echo(json.dumps(rows))
        return
    table = Table(title=_("{count} pairs that may be one company").format(count=number(len(found))))
    for heading in ("kvk", _("next kvk"), _("object"), _("why"), _("names alike")):
        table.add_column(heading)
    for one in found[:SHOWN]:
        table.add_row(
            *_pair(one.kvk, one.next_kvk).values(),
            _object(one) or _("shielded"),
            _why(one.stage),
            percent(one.likeness),
        )
    Console().print(table)


def _object(pair: Pair) -> str:
    return f"{pair.object_id:016}" if pair.object_id else ""


def _why(stage: str) -> str:
    return _(stage.replace("_", " "))


def _pair(kvk: int, other: int) -> dict[str, str]:
    return {"kvk": f"{kvk:08}", "next_kvk": f"{other:08}"}


@command.command("decide")
@click.argument("kvk")
@click.argument("other")
@click.argument("answer", type=click.Choice(["same", "different"]))
@_VAULT
@click.option("--by", required=True, help="Who decided.")
@click.option("--reason", required=True, help="Why.")
def decide(*, kvk: str, other: str, answer: str, vault: Path, by: str, reason: str) -> None:
    """Say whether two KVK numbers are one company; `keep` uses it from now on."""
    opened = open_vault(vault)
    decide_company(opened, (kvk, other), same=answer == "same", by=by, reason=reason, at=datetime.now(UTC))
    click.echo(_("Remembered. Run: knooppunt companies keep"))


@command.command("list")
@_VAULT
def show_list(*, vault: Path) -> None:
    """Every company with more than one KVK number, as JSON lines."""
    for one in companies(open_vault(vault)):
        if len(one.kvk) > 1:
            line = {"company": one.number, "kvk": [f"{kvk:08}" for kvk in one.kvk], "present": one.present}
            click.echo(json.dumps(line))
