"""`bolwerk serve`: the production server."""

from pathlib import Path

import click
from django.utils import translation
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation


@click.command("serve")
@in_installation
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--workers", default=1, show_default=True, help="Processes; about one per core on PostgreSQL.")
def command(folder: Path, host: str, port: int, workers: int) -> None:
    """Serve the installation. Refuses insecure settings, each in a sentence."""
    from bolwerk.accounts.actions import setup_code
    from bolwerk.accounts.queries import is_begun
    from bolwerk.config import checks, serving

    refusals = checks.refusals(host=host)
    if refusals:
        raise Refused("\n- ".join([_("Not started: %(folder)s is not ready.") % {"folder": folder}, *refusals]))
    for line in serving.announce(host=host, port=port):
        click.echo(line, err=True)
    if not is_begun():
        click.echo(
            _("Nobody began here yet. Open /begin/ and type this code: %(code)s") % {"code": setup_code(folder=folder)},
            err=True,
        )
    translation.deactivate()  # only what is printed here follows the environment; pages and mails do not
    serving.run(host=host, port=port, workers=workers)
