"""`bolwerk worker`: the queue and the clock."""

from pathlib import Path

import click
from django.utils import translation
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation


@click.command("worker")
@in_installation
def command(folder: Path) -> None:
    """Do the work that waits, and remind people on time. Run as many as you like."""
    from bolwerk.config import checks, worker

    refusals = checks.refusals()
    if refusals:
        raise Refused("\n- ".join([_("Not started: %(folder)s is not ready.") % {"folder": folder}, *refusals]))
    click.echo(_("The worker of %(folder)s keeps the clock.") % {"folder": folder}, err=True)
    translation.deactivate()  # only what is printed here follows the environment; mails do not
    worker.run()
