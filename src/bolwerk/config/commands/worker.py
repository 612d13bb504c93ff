"""`bolwerk worker`: the queue and the clock."""

from pathlib import Path

import click

from bolwerk.config.cli import Refused, in_installation


@click.command("worker")
@in_installation
def command(folder: Path) -> None:
    """Do the work that waits, and remind people on time. Run as many as you like."""
    from bolwerk.config import checks, worker

    refusals = checks.refusals()
    if refusals:
        raise Refused(f"Not started: {folder} is not ready.\n- " + "\n- ".join(refusals))
    click.echo(f"The worker of {folder} keeps the clock.", err=True)
    worker.run()
