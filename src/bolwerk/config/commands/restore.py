"""`bolwerk restore`: everything back on an empty machine."""

from pathlib import Path

import click

from bolwerk.config.cli import Refused, in_installation


@click.command("restore")
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_installation
def command(folder: Path, archive: Path) -> None:
    """Put the backup ARCHIVE back in a folder that holds nothing but the keys, and check its trail."""
    from django.utils import timezone

    from bolwerk.config.backups.archive import BrokenArchiveError
    from bolwerk.config.backups.database import CannotLoadError
    from bolwerk.config.backups.restoring import KeysMissingError, NotEmptyError, restore
    from bolwerk.crypto.keyfile import RingMissingError, RingUnreadableError
    from bolwerk.crypto.ring import CannotOpenError

    refusals = (NotEmptyError, KeysMissingError, BrokenArchiveError, CannotLoadError, CannotOpenError)
    try:
        done = restore(archive=archive, at=timezone.now())
    except (*refusals, RingMissingError, RingUnreadableError) as error:
        raise Refused(f"{archive}: {error} Nothing was put back.") from error
    except OSError as error:
        raise Refused(f"{archive} could not be unpacked ({error.strerror}). Nothing was put back.") from error
    if done.trail_fault:
        raise Refused(f"Everything is back in {folder}, but the trail is broken: run `bolwerk audit verify`.")
    click.echo(f"{folder} is as it was at {done.made_at}; its trail is whole: {done.lines} lines.")
    click.echo("What was erased since the backup is back too: erase it again before anybody signs in.")
