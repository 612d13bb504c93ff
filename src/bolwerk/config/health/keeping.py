"""Looking at what is kept: disk, keys, their copy, backups and registers."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bolwerk.config.backups.making import backup_folder, backups_in
from bolwerk.config.health.finding import Finding, ill, moment, well
from bolwerk.crypto.keyfile import RingMissingError, RingUnreadableError, read_key_file
from bolwerk.vault.queries import coverage, trustee_keys
from bolwerk.vault.rules.escrow import TOGETHER
from knooppunt.vault import VaultError, open_vault

OLDEST_BACKUP = timedelta(hours=30)  # one a day, and some room for a night on which it took long
REGISTER_DAYS = 100  # a quarter and some: BAG and KVK come monthly or oftener; a choice of Bolwerk
LEAST_FREE_BYTES = 1024**3  # below a gigabyte a busy day of photos fills a disk
SECRET_FILES_MODE = 0o077
KEY_DAYS = (
    730  # a choice of Bolwerk: two years, the most that NIST SP 800-57 (5.3.6) advises for a key that closes data
)


def look_at_disk(_at: datetime) -> Iterator[Finding]:
    """Whether there is room."""
    free = shutil.disk_usage(settings.BOLWERK_DIR).free
    judge = well if free >= LEAST_FREE_BYTES else ill
    yield judge(
        "disk",
        _("Free on the disk of %(folder)s: %(mebibytes)s MiB.")
        % {"folder": settings.BOLWERK_DIR, "mebibytes": number_format(free // 1024**2, force_grouping=True)},
    )


def look_at_keys(_at: datetime) -> Iterator[Finding]:
    """Whether others on this machine can read a key."""
    folder = Path(settings.BOLWERK_DIR) / "keys"
    files = [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []
    loose = [file for file in files if file.stat().st_mode & SECRET_FILES_MODE]
    for file in loose:
        yield ill("keys", _("%(file)s can be read by others: run `chmod 600 %(file)s`.") % {"file": file})
    if not loose:
        yield well("keys", _("Key files that only their owner can read: %(count)s.") % {"count": len(files)})


def look_at_key_ring(at: datetime) -> Iterator[Finding]:
    """Whether the key is not too old, and no rotation was broken off."""
    try:
        content = read_key_file(Path(settings.BOLWERK_KEY_RING_FILE))
    except (RingMissingError, RingUnreadableError):
        return  # said by the settings
    age = max(0, (at - content.keys[-1].made_at).days)
    if content.rotating:
        yield ill("key ring", _("Replacing the key was broken off: run `bolwerk keys rotate` to go on."))
    elif age > KEY_DAYS:
        yield ill(
            "key ring", _("The key that closes texts is %(days)s days old: run `bolwerk keys rotate`.") % {"days": age}
        )
    else:
        yield well(
            "key ring",
            _("The key that closes texts is %(days)s days old; keys in the ring: %(count)s.")
            % {"days": age, "count": len(content.keys)},
        )


def look_at_key_copy(_at: datetime) -> Iterator[Finding]:
    """Bolwerk cannot see a safe: somebody says on which day the keys were last copied."""
    judge = ill if settings.BOLWERK_MODE == "production" else well
    try:
        newest = timezone.localdate(read_key_file(Path(settings.BOLWERK_KEY_RING_FILE)).keys[-1].made_at)
        copied = date.fromisoformat(settings.KEYS_COPIED_ON)
    except (RingMissingError, RingUnreadableError):
        return  # said by the settings
    except ValueError:
        yield judge(
            "key copy",
            _("Nobody said that the keys were copied (BOLWERK_KEYS_COPIED_ON). Without a copy, no backup opens."),
        )
        return
    if copied < newest:
        yield judge(
            "key copy",
            _("The copy of the keys is of %(copied)s, the newest key of %(newest)s: copy the folder again.")
            % {"copied": copied, "newest": newest},
        )
    else:
        yield well("key copy", _("The keys were copied elsewhere on %(copied)s.") % {"copied": copied})


def look_at_backup(at: datetime) -> Iterator[Finding]:
    """Backups that Bolwerk made; those of somebody's own making it cannot see."""
    judge = ill if settings.BOLWERK_MODE == "production" else well
    made = backups_in(backup_folder())
    if not made:
        yield judge("backup", _("There is no backup: set BOLWERK_BACKUP_DIR, or run `bolwerk backup` every night."))
        return
    made_at = moment(made[0].made_at)
    if at - made[0].made_at > OLDEST_BACKUP:
        yield ill(
            "backup", _("The last backup is of %(moment)s: more than a day's work could be lost.") % {"moment": made_at}
        )
    else:
        yield well("backup", _("Backups: %(count)s, the last of %(moment)s.") % {"count": len(made), "moment": made_at})
    if made[0].file.stat().st_dev == Path(settings.BOLWERK_DIR).stat().st_dev:
        yield judge("backup", _("Backups lie on the same disk as the data: bring them to another machine."))


def look_at_registers(at: datetime) -> Iterator[Finding]:
    """Whether the registers can be read, and how old they are."""
    folder = Path(settings.BOLWERK_DIR) / "vault"
    if not folder.is_dir():
        return
    try:
        deliveries = open_vault(folder).registers()
    except VaultError as error:
        yield ill("registers", _("The registers cannot be read: %(error)s") % {"error": error})
        return
    for one in deliveries:
        age = (timezone.localdate(at) - one.as_of).days if one.as_of else None
        if age is not None and age > REGISTER_DAYS:
            yield ill(
                "registers",
                _("The register %(register)s is of %(day)s, %(age)s days old: take a new delivery in.")
                % {"register": one.register, "day": one.as_of, "age": age},
            )
        else:
            yield well(
                "registers",
                _("The register %(register)s is of %(day)s.") % {"register": one.register, "day": one.as_of},
            )


def look_at_vaults(_at: datetime) -> Iterator[Finding]:
    """Whether two trustees can open the vaults of people who lost everything. Nothing while nobody has a vault."""
    covered, vaults = coverage()
    words = {"covered": covered, "vaults": vaults, "trustees": trustee_keys().count()}
    if vaults and words["trustees"] < TOGETHER:
        lost = _("Vaults: %(vaults)s, trustees: %(trustees)s. Who loses phrase and code loses all: ask three people.")
        yield ill("vaults", lost % words)
    elif vaults:
        yield well("vaults", _("Vaults that two of %(trustees)s trustees can open: %(covered)s of %(vaults)s.") % words)
