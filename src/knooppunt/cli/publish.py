"""`knooppunt publish`: rules as records for the national algorithm register."""

import json
from datetime import datetime
from pathlib import Path

import click

from knooppunt.findings.algorithm_register import Municipality, Status, record
from knooppunt.findings.run import chosen_rules
from knooppunt.words import _


@click.command("publish")
@click.option("--rule", "rules", multiple=True, help="Only this rule; may be given more than once.")
@click.option("--organization", required=True, help="The municipality, in full.")
@click.option("--contact", required=True, help="A general address, never somebody's own.")
@click.option("--since", type=click.DateTime(["%Y-%m"]), required=True, help="The month it came into use.")
@click.option("--assessments", required=True, help="Which assessments were done, for instance “DPIA van 3 maart 2026”.")
@click.option("--legal-basis", required=True, help="The task and law it is used for.")
@click.option("--status", type=click.Choice(["development", "in_use", "off"]), default="in_use", show_default=True)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write in.")
def command(  # noqa: PLR0913  what only the municipality can say
    *,
    rules: tuple[str, ...],
    organization: str,
    contact: str,
    since: datetime,
    assessments: str,
    legal_basis: str,
    status: Status,
    out: Path,
) -> None:
    """Write a record per rule that the national algorithm register accepts (standard 1.0.0), in Dutch."""
    about = Municipality(organization, contact, since.date(), assessments, legal_basis, status)
    made = {rule.id: record(rule, about) for rule in chosen_rules(rules or None)}
    out.mkdir(parents=True, exist_ok=True)
    for rule, data in made.items():
        (out / f"{rule}.json").write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    told = _("{count} records written to {folder}. Read them before they are published.")
    click.echo(told.format(count=len(made), folder=out))
