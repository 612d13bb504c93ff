"""`knooppunt explain ID`: everything behind one finding."""

import json
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from knooppunt.cli._explain_words import kind_of, peer_of, told, written
from knooppunt.findings import Explanation, Ref
from knooppunt.findings.explain import explain
from knooppunt.findings.rule import Language
from knooppunt.vault import open_vault
from knooppunt.words import language

_WORDS = {
    "nl": {
        "place": "Waar",
        "found": "Wat er is gevonden",
        "why": "Waarom dit telt",
        "innocent": "Bekende onschuldige verklaringen",
        "not_done": "Wat deze regel niet doet",
        "quality": "Meeste fouten in een koppeling",
        "expires": "Geldig tot en met",
        "peers": "Vergelijking",
        "records": "Berust op",
        "shielded": "afgeschermd",
        "deliveries": "Leveringen",
        "old": "De registers in de kluis zijn sindsdien vervangen.",
        "sql": "Zo is het berekend",
    },
    "en": {
        "place": "Where",
        "found": "What was found",
        "why": "Why it matters",
        "innocent": "Known innocent explanations",
        "not_done": "What this rule does not do",
        "quality": "Most errors in a link",
        "expires": "Valid until",
        "peers": "Comparison",
        "records": "Rests on",
        "shielded": "shielded",
        "deliveries": "Deliveries",
        "old": "The registers in the vault were replaced since.",
        "sql": "How it was computed",
    },
}


@click.command("explain")
@click.argument("finding_id", metavar="ID")
@click.option("--vault", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder of the vault.")
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default=language,
    help="Language on screen; by default that of the environment.",
)
@click.option(
    "--known-on", type=click.DateTime(["%Y-%m-%d"]), help="A finding of a question asked as it was known on this day."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def command(*, finding_id: str, vault: Path, lang: Language, known_on: datetime | None, as_json: bool) -> None:
    """Show why the object of finding ID deserves a look, what it is compared with and what it rests on."""
    explanation = explain(open_vault(vault, known_on=known_on.date() if known_on else None), finding_id)
    if as_json:
        click.echo(json.dumps(explanation.to_json(), ensure_ascii=False))
    else:
        _show(explanation, lang)


def _show(explanation: Explanation, lang: Language) -> None:
    console, words = Console(), _WORDS[lang]
    finding, rule, place = explanation.finding, explanation.rule, 0 if lang == "nl" else 1
    console.print(f"{rule.id} {rule.title[place]}", style="bold", markup=False)
    console.print(f"{words['place']}: {finding.place} ({finding.object_id})", markup=False)
    console.print(f"{words['found']} ({written(finding.as_of, lang)}): {finding.explanation(lang)}", markup=False)
    console.print(f"{words['why']}: {rule.why[place]}", markup=False)
    console.print(f"{words['innocent']}: {'; '.join(finding.false_positives(lang))}", markup=False)
    console.print(f"{words['not_done']}: {' '.join(text[place] for text in rule.not_done)}", markup=False)
    if finding.match_quality is not None:
        console.print(f"{words['quality']}: {finding.match_quality}")
    console.print(f"{words['expires']}: {written(finding.expires_on, lang)}")
    console.print(_pairs(words["peers"], finding.peers, lang))
    console.print(_records(words["records"], finding.refs, words["shielded"], lang))
    deliveries = ", ".join(f"{register} {delivery}" for register, delivery in explanation.made_from.items())
    console.print(f"{words['deliveries']}: {deliveries}", markup=False)
    if not explanation.still_current:
        console.print(words["old"], style="yellow")
    console.print(f"{words['sql']}:")
    console.print(Syntax(explanation.sql, "sql", word_wrap=True))


def _pairs(title: str, values: dict[str, object], lang: Language) -> Table:
    table = Table(title=title, show_header=False)
    for name, value in values.items():
        if isinstance(value, list):
            for other in value:
                table.add_row(str(other["street"]), f"{other['establishments']} / {other['in_street']}")
        elif (called := peer_of(name, lang)) and value is not None:
            table.add_row(called, written(value, lang))
    return table


def _records(title: str, refs: tuple[Ref, ...], shielded: str, lang: Language) -> Table:
    table = Table("", "", "", title=f"{title}: {len(refs)}", show_header=False)
    for column in table.columns:
        column.overflow = "fold"
    for ref in refs:
        keys = ", ".join(told(name, value, lang) for name, value in ref.keys.items()) or shielded
        facts = ", ".join(told(name, value, lang) for name, value in ref.facts.items() if name != "shielded")
        source = ref.source_file + (f":{ref.source_line}" if ref.source_line is not None else "")
        table.add_row(f"{kind_of(ref.table, lang)}: {keys}", facts, source)
    return table
