"""`bolwerk migrate`: bring the database to this version."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import in_prepared_folder


@click.command("migrate")
@in_prepared_folder
def command(folder: Path) -> None:
    """Bring the database of the installation to this version."""
    from django.core.management import call_command  # Django starts with --dir, not before

    call_command("migrate", verbosity=0)
    click.echo(_("The database in %(folder)s is up to date.") % {"folder": folder})
