"""`knooppunt findings`: which objects deserve a look, as things were on a day."""

import json
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from knooppunt.cli._progress import progress_bar
from knooppunt.cli._refusals import said
from knooppunt.findings import RULES, Finding, FindingsRun, read_exclusions, run_findings
from knooppunt.findings.rule import Language
from knooppunt.findings.store import Whole
from knooppunt.vault import open_vault
from knooppunt.words import language, number, percent

SHOWN = 40
"""Findings per rule on screen; `--json` and `export` give them all."""

_WORDS = {
    "nl": ("adres of straat", "waarde", "meer dan", "fouten", "signaal"),
    "en": ("address or street", "value", "above", "errors", "finding"),
}
_NOT_A_CONCLUSION = {
    "nl": "Een signaal is een reden om te kijken, geen conclusie. Meer over één signaal: knooppunt explain SIGNAAL",
    "en": "A finding is a reason to look, not a conclusion. More about one of them: knooppunt explain FINDING",
}
_AGAIN = {
    "nl": "{again} objecten zijn opnieuw bekeken; de rest is zoals in run {since}.",
    "en": "{again} objects were looked at again; the rest is as in run {since}.",
}

_WHOLE: dict[Whole, dict[Language, str]] = {
    "other_rules": {
        "nl": "Alles is opnieuw bekeken: er zijn andere regels gevraagd dan in die run.",
        "en": "Everything was looked at again: other rules were asked than in that run.",
    },
    "other_exclusions": {
        "nl": "Alles is opnieuw bekeken: er zijn andere adressen uitgezonderd dan in die run.",
        "en": "Everything was looked at again: other addresses are left out than in that run.",
    },
    "much_changed": {
        "nl": "Alles is opnieuw bekeken: er is zoveel veranderd dat dat even snel is.",
        "en": "Everything was looked at again: so much changed that it is as quick.",
    },
    "unreadable": {
        "nl": "Alles is opnieuw bekeken: wat van die run bewaard is, is beschadigd.",
        "en": "Everything was looked at again: what was kept of that run is damaged.",
    },
}


@click.command("findings")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day to look at.")
@click.option(
    "--known-on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As the registers were known on this day, not as they are now.",
)
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only this rule; may be given more than once.")
@click.option("--exclusions", type=click.Path(dir_okay=False, path_type=Path), help="CSV: object_id;rule;reason.")
@click.option("--since-run", metavar="RUN", help="Only what changed after this run: its name, or `last`.")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default=language,
    help="Language on screen; by default that of the environment.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(  # noqa: PLR0913  one option each
    *,
    vault: Path,
    as_of: datetime,
    known_on: datetime | None,
    rules: tuple[str, ...],
    exclusions: Path | None,
    since_run: str | None,
    lang: Language,
    as_json: bool,
) -> None:
    """Run the rules on a vault and keep what they found, as things were on a day.

    With --since-run last, what was delivered since is worked into the last run; the findings are the same.
    With --known-on they are answered as one would have answered on that day: without what the BAG registered later, and
    on the deliveries of other registers that were there. Such an answer never takes the place of the one of now.
    """
    with progress_bar(hidden=as_json) as told:
        run = run_findings(
            open_vault(vault, known_on=known_on.date() if known_on else None),
            as_of=as_of.date(),
            rules=rules or None,
            exclusions=read_exclusions(exclusions) if exclusions else (),
            progress=(lambda rule, done, total: told(done, total, rule)) if told else None,
            since=since_run,
        )
    if as_json:
        click.echo(json.dumps(run.to_json(), ensure_ascii=False))
    else:
        _show(run, lang)


def _show(run: FindingsRun, lang: Language) -> None:
    console = Console()
    for outcome in run.outcomes:
        title = RULES[outcome.rule].title[0 if lang == "nl" else 1]
        told = said(outcome.message) if lang == "nl" else outcome.message
        if outcome.status == "not_possible":
            console.print(f"{outcome.rule} {title}: {told}", style="yellow", markup=False)
            continue
        if outcome.message:
            console.print(told, style="yellow", markup=False)
        rows = [finding for finding in run.findings if finding.rule == outcome.rule]
        console.print(_table(f"{outcome.rule} {title}: {number(len(rows), lang)}", rows, lang))
    if run.again is not None:
        console.print(_AGAIN[lang].format(again=number(run.again, lang), since=run.since))
    if run.whole in _WHOLE:
        console.print(_WHOLE[run.whole][lang])
    console.print(_NOT_A_CONCLUSION[lang])


def _table(title: str, findings: list[Finding], lang: Language) -> Table:
    table = Table(title=title)
    *headings, last = _WORDS[lang]
    for heading in headings:
        table.add_column(heading)
    table.add_column(last, no_wrap=True)
    for finding in findings[:SHOWN]:
        table.add_row(
            finding.place,
            finding.headline(lang),
            percent(finding.peers["percentile"], 1, lang),
            "" if finding.match_quality is None else str(finding.match_quality),
            finding.id,
        )
    if len(findings) > SHOWN:
        table.add_row("…", f"+ {number(len(findings) - SHOWN, lang)}", "", "", "")
    return table
