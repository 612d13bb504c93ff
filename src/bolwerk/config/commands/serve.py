"""`bolwerk serve`: the production server."""

from pathlib import Path

import click

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
        raise Refused(f"Not started: {folder} is not ready.\n- " + "\n- ".join(refusals))
    for line in serving.announce(host=host, port=port):
        click.echo(line, err=True)
    if not is_begun():
        click.echo(f"Nobody began here yet. Open /begin/ and type this code: {setup_code(folder=folder)}", err=True)
    serving.run(host=host, port=port, workers=workers)
