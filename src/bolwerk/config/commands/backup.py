"""`bolwerk backup`: one closed archive of everything but the keys."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation


@click.command("backup")
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="The folder for the archive.")
@click.option("--keep", type=click.IntRange(min=1), help="How many archives stay there.")
@in_installation
def command(folder: Path, target: Path | None, keep: int | None) -> None:  # noqa: ARG001  the settings know the folder
    """Make a backup while people work: database, files and registers in one closed archive, read back at once.

    The keys are not in it. Without a copy of the key file, kept elsewhere, nobody can ever open it.
    """
    from django.conf import settings
    from django.utils import timezone

    from bolwerk.config.backups.archive import BrokenArchiveError
    from bolwerk.config.backups.database import CannotLoadError
    from bolwerk.config.backups.making import backup_folder, make_backup
    from bolwerk.crypto.keyfile import RingMissingError, RingUnreadableError
    from bolwerk.crypto.ring import CannotOpenError

    try:
        made = make_backup(folder=target or backup_folder(), keep=keep or settings.BACKUP_KEEP, at=timezone.now())
    except (RingMissingError, RingUnreadableError, CannotLoadError, BrokenArchiveError, CannotOpenError) as error:
        raise Refused(_("%(error)s No backup was made; earlier ones are as they were.") % {"error": error}) from error
    except OSError as error:
        raise Refused(
            _("The archive could not be written (%(error)s). No backup was made; earlier ones are as they were.")
            % {"error": error.strerror}
        ) from error
    click.echo(
        _("%(file)s (%(size)s MiB), written and read back. Keep the key file elsewhere.")
        % {"file": made.file, "size": f"{made.size / 2**20:.1f}"}
    )
