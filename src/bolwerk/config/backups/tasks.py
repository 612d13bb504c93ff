"""The nightly backup."""

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from bolwerk.config.backups.making import backup_folder, make_backup


def backup_daily() -> None:
    """Ask for a backup when the settings say where to. The queue makes it: the clock must not wait for a disk."""
    if settings.BACKUP_DIR:
        back_up.enqueue()


@task
def back_up() -> None:
    """Make a backup as the settings say."""
    make_backup(folder=backup_folder(), keep=settings.BACKUP_KEEP, at=timezone.now())
