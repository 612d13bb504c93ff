"""What `bolwerk doctor` looks at: each finding is a sentence, and is well or not."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from bolwerk.audit.models import Line
from bolwerk.audit.queries.verification import verify
from bolwerk.config import checks
from bolwerk.config.backups.making import backup_folder, backups_in
from bolwerk.crypto.keyfile import RingMissingError, RingUnreadableError, read_key_file
from bolwerk.deadlines.queries import health as deadlines
from bolwerk.documents import scanner

OLDEST_BACKUP = timedelta(hours=30)  # one a day, and some room for a night on which it took long
LEAST_FREE_BYTES = 1024**3  # below a gigabyte a busy day of photos fills a disk
SECRET_FILES_MODE = 0o077
KEY_DAYS = (
    730  # a choice of Bolwerk: two years, the most that NIST SP 800-57 (5.3.6) advises for a key that closes data
)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    well: bool
    sentence: str


def well(about: str, sentence: str) -> Finding:
    """Something that is as it should be."""
    return Finding(about=about, well=True, sentence=sentence)


def ill(about: str, sentence: str) -> Finding:
    """Something that somebody must look at."""
    return Finding(about=about, well=False, sentence=sentence)


def _settings(_at: datetime) -> Iterator[Finding]:
    refusals = checks.refusals()
    for sentence in refusals:
        yield ill("settings", sentence)
    if not refusals:
        yield well("settings", f"The settings suit {settings.BOLWERK_MODE}.")


def _database(_at: datetime) -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        yield well("database", f"The database answers ({connection.vendor}).")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        answer = cursor.fetchone()[0]
    if answer == "ok":
        yield well("database", "The embedded database is whole.")
    else:
        yield ill("database", "The embedded database is damaged: restore a backup.")


def _worker(at: datetime) -> Iterator[Finding]:
    alive = deadlines.workers_alive(at=at)
    if alive:
        yield well("worker", f"Workers at work: {alive}.")
    else:
        seen = deadlines.worker_last_seen()
        last = f"the last one was seen at {seen:%Y-%m-%d %H:%M} UTC" if seen else "there never was one"
        yield ill("worker", f"No worker is at work ({last}): nobody is reminded. Start `bolwerk worker`.")
    for job, trouble in deadlines.jobs_in_trouble():
        yield ill("worker", f"The job {job} failed the last time ({trouble}).")
    if failed := deadlines.failed_tasks():
        yield ill("worker", f"Tasks that failed and wait for somebody to look: {failed}.")


def _mail(at: datetime) -> Iterator[Finding]:
    waiting, slow, lost = deadlines.waiting_mail(), deadlines.slow_mail(at=at), deadlines.lost_mail(at=at)
    if settings.MAIL_SERVER is None:
        judge = ill if settings.BOLWERK_MODE == "production" else well
        yield judge("mail", f"There is no mail server (BOLWERK_MAIL_URL); mail that waits: {waiting}.")
    elif slow:
        yield ill("mail", f"Mail that waits longer than an hour: {slow}. Does the mail server answer?")
    else:
        yield well("mail", f"Mail goes out; waiting now: {waiting}.")
    for one in lost:
        sentence = f"Lost mail {one.message} ({one.kind}, {one.since:%Y-%m-%d %H:%M} UTC): {one.trouble}."
        yield ill("mail", sentence)
    if nobody := deadlines.tasks_that_reach_nobody(at=at):
        yield ill("mail", f"Late tasks of which nobody could be told: {nobody}. Give somebody the role.")


def _clock(at: datetime) -> Iterator[Finding]:
    ahead = Line.objects.filter(at__gt=at).count()
    if ahead:
        sentence = f"The clock of this machine was set back: {ahead} lines of the trail lie in the future."
        yield ill("clock", sentence)
    else:
        yield well("clock", f"It is {at:%Y-%m-%d %H:%M} UTC; nothing in the trail lies in the future.")


def _disk(_at: datetime) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.BOLWERK_DIR).free
    judge = well if free >= LEAST_FREE_BYTES else ill
    yield judge("disk", f"Free on the disk of {settings.BOLWERK_DIR}: {free // 1024**2:,} MiB.")


def _keys(_at: datetime) -> Iterator[Finding]:
    folder = Path(settings.BOLWERK_DIR) / "keys"
    files = [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []
    loose = [file for file in files if file.stat().st_mode & SECRET_FILES_MODE]
    for file in loose:
        yield ill("keys", f"{file} can be read by others: run `chmod 600 {file}`.")
    if not loose:
        yield well("keys", f"Key files that only their owner can read: {len(files)}.")


def _key_ring(at: datetime) -> Iterator[Finding]:
    try:
        content = read_key_file(Path(settings.BOLWERK_KEY_RING_FILE))
    except (RingMissingError, RingUnreadableError):
        return  # said by the settings
    age = max(0, (at - content.keys[-1].made_at).days)
    if content.rotating:
        yield ill("key ring", "Replacing the key was broken off: run `bolwerk keys rotate` to go on.")
    elif age > KEY_DAYS:
        yield ill("key ring", f"The key that closes texts is {age} days old: run `bolwerk keys rotate`.")
    else:
        yield well("key ring", f"The key that closes texts is {age} days old; keys in the ring: {len(content.keys)}.")


def _backup(at: datetime) -> Iterator[Finding]:
    """Backups that Bolwerk made; those of somebody's own making it cannot see."""
    judge = ill if settings.BOLWERK_MODE == "production" else well
    made = backups_in(backup_folder())
    if not made:
        yield judge("backup", "There is no backup: set BOLWERK_BACKUP_DIR, or run `bolwerk backup` every night.")
        return
    moment = f"{made[0].made_at:%Y-%m-%d %H:%M} UTC"
    if at - made[0].made_at > OLDEST_BACKUP:
        yield ill("backup", f"The last backup is of {moment}: more than a day's work could be lost.")
    else:
        yield well("backup", f"Backups: {len(made)}, the last of {moment}.")
    if made[0].file.stat().st_dev == Path(settings.BOLWERK_DIR).stat().st_dev:
        yield judge("backup", "Backups lie on the same disk as the data: bring them to another machine.")


def _uploads(_at: datetime) -> Iterator[Finding]:
    if not scanner.is_on():
        yield well("uploads", "Uploads are checked and cleaned; no virus scanner is connected (BOLWERK_CLAMD).")
        return
    try:
        version = scanner.version()
    except (OSError, scanner.AddressNotOursError):
        yield ill("uploads", "The virus scanner does not answer: no file comes in or goes out. Start clamd.")
    else:
        yield well("uploads", f"The virus scanner answers: {version}.")


def _trail(_at: datetime) -> Iterator[Finding]:
    verdict = verify()
    if verdict.fault:
        sentence = f"The trail is broken at line {verdict.at_line} ({verdict.fault}): run `bolwerk audit verify`."
        yield ill("trail", sentence)
    else:
        yield well("trail", f"The trail is whole: {verdict.lines} lines.")


EXAMINATIONS: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
    _settings,
    _database,
    _worker,
    _mail,
    _clock,
    _disk,
    _keys,
    _uploads,
    _key_ring,
    _backup,
    _trail,
)


def examine(*, at: datetime) -> list[Finding]:
    """Look at everything. A database that does not answer is one finding, and ends the looking into it."""
    found: list[Finding] = []
    for look in EXAMINATIONS:
        try:
            found.extend(look(at))
        except DatabaseError as error:
            sentence = f"The database does not answer ({type(error).__name__}): run `bolwerk migrate`, or start it."
            found.append(ill(look.__name__.strip("_"), sentence))
    return found
