"""`bolwerk doctor`: is everything well?"""

import json
from dataclasses import asdict
from pathlib import Path

import click

from bolwerk.config.cli import in_installation


@click.command("doctor")
@in_installation
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_context
def command(context: click.Context, folder: Path, as_json: bool) -> None:  # noqa: FBT001  click gives it by name
    """Look at database, worker, mail, clock, disk, keys and trail, and say in plain words what is wrong."""
    from django.utils import timezone, translation

    from bolwerk.config import health

    with translation.override("en"):
        findings = health.examine(at=timezone.now())
    ill = [finding for finding in findings if not finding.well]
    if as_json:
        click.echo(json.dumps({"well": not ill, "findings": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.well else 'ILL '} {finding.about}: {finding.sentence}")
        click.echo(f"{folder} is well." if not ill else f"To look at: {len(ill)}.")
    context.exit(1 if ill else 0)
