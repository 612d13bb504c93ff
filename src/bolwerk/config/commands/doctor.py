"""`bolwerk doctor`: is everything well?"""

import json
from dataclasses import asdict
from pathlib import Path

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import in_installation


@click.command("doctor")
@in_installation
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.pass_context
def command(context: click.Context, folder: Path, as_json: bool) -> None:  # noqa: FBT001  click gives it by name
    """Look at database, worker, mail, clock, disk, keys and trail, and say in plain words what is wrong."""
    from django.utils import timezone, translation

    from bolwerk.config import health

    with translation.override("en" if as_json else translation.get_language()):  # programs read one language
        findings = health.examine(at=timezone.now())
    ill = [finding for finding in findings if not finding.well]
    if as_json:
        click.echo(json.dumps({"well": not ill, "findings": [asdict(finding) for finding in findings]}))
    else:
        marks = {True: _("ok"), False: _("ILL")}
        for finding in findings:
            click.echo(f"{marks[finding.well]:<4} {health.ABOUT[finding.about]}: {finding.sentence}")
        told = _("To look at: %(count)s.") if ill else _("%(folder)s is well.")
        click.echo(told % {"count": len(ill), "folder": folder})
    context.exit(1 if ill else 0)
