"""`bolwerk restore`: everything back on an empty machine."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_any_folder


@click.command("restore")
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--erasures",
    "ledger",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The ledger of what was erased; when absent, the one that BOLWERK_ERASURE_FILE names.",
)
@in_any_folder
def command(folder: Path, archive: Path, ledger: Path | None) -> None:
    """Put the backup ARCHIVE back in a folder that holds nothing but the keys, and erase again what went since."""
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
        raise Refused(
            _("%(archive)s: %(error)s Nothing was put back.") % {"archive": archive, "error": error}
        ) from error
    except OSError as error:
        raise Refused(
            _("%(archive)s could not be unpacked (%(error)s). Nothing was put back.")
            % {"archive": archive, "error": error.strerror}
        ) from error
    if done.trail_fault:
        raise Refused(
            _("Everything is back in %(folder)s, but the trail is broken: run `bolwerk audit verify`.")
            % {"folder": folder}
        )
    click.echo(
        _("%(folder)s is as it was at %(made_at)s; its trail is whole: %(lines)s lines.")
        % {"folder": folder, "made_at": done.made_at, "lines": done.lines}
    )
    click.echo(_erase_again(ledger))


def _erase_again(given: Path | None) -> str:
    """Do again what the ledger says; returns the sentence to say about it."""
    from django.conf import settings

    from bolwerk.config.commands.erase_due import replay

    ledger = given or Path(settings.BOLWERK_ERASURE_FILE)
    if not ledger.is_file():
        return _(
            "There is no ledger of erasures in %(ledger)s. What was erased since the backup is back "
            "too: bring that file back and run `bolwerk erase-due --replay` with it before anybody "
            "signs in."
        ) % {"ledger": ledger}
    return _("Erased again: %(count)s, by %(ledger)s.") % {"count": replay(ledger), "ledger": ledger}
