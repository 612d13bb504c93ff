"""Looking at what runs: settings, database, worker, mail, clock and trail."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from bolwerk.audit.models import Line
from bolwerk.audit.queries.verification import verify
from bolwerk.config import checks
from bolwerk.config.health.finding import Finding, ill, moment, well
from bolwerk.deadlines.queries import health as deadlines
from bolwerk.documents import scanner


def look_at_settings(_at: datetime) -> Iterator[Finding]:
    """Whether the settings suit the mode, as `bolwerk serve` looks at them."""
    refusals = checks.refusals()
    for sentence in refusals:
        yield ill("settings", sentence)
    if not refusals:
        yield well("settings", _("The settings suit %(mode)s.") % {"mode": settings.BOLWERK_MODE})


def look_at_database(_at: datetime) -> Iterator[Finding]:
    """Whether the database answers, and the embedded one is whole."""
    if connection.vendor != "sqlite":
        yield well("database", _("The database answers (%(kind)s).") % {"kind": connection.vendor})
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        answer = cursor.fetchone()[0]
    if answer == "ok":
        yield well("database", _("The embedded database is whole."))
    else:
        yield ill("database", _("The embedded database is damaged: put a backup back."))


def look_at_worker(at: datetime) -> Iterator[Finding]:
    """Whether somebody keeps the clock, and what failed."""
    alive = deadlines.workers_alive(at=at)
    if alive:
        yield well("worker", _("Workers at work: %(count)s.") % {"count": alive})
    else:
        seen = deadlines.worker_last_seen()
        last = _("the last one was seen at %(moment)s") % {"moment": moment(seen)} if seen else _("there never was one")
        yield ill(
            "worker", _("No worker is at work (%(last)s): nobody is reminded. Start `bolwerk worker`.") % {"last": last}
        )
    for job, trouble in deadlines.jobs_in_trouble():
        yield ill("worker", _("The job %(job)s failed the last time (%(trouble)s).") % {"job": job, "trouble": trouble})
    if failed := deadlines.failed_tasks():
        yield ill("worker", _("Tasks that failed and wait for somebody to look: %(count)s.") % {"count": failed})


def look_at_mail(at: datetime) -> Iterator[Finding]:
    """Whether mail goes out, and what was lost."""
    waiting, slow, lost = deadlines.waiting_mail(), deadlines.slow_mail(at=at), deadlines.lost_mail(at=at)
    if settings.MAIL_SERVER is None:
        judge = ill if settings.BOLWERK_MODE == "production" else well
        yield judge(
            "mail", _("There is no mail server (BOLWERK_MAIL_URL); mail that waits: %(count)s.") % {"count": waiting}
        )
    elif slow:
        yield ill(
            "mail", _("Mail that waits longer than an hour: %(count)s. Does the mail server answer?") % {"count": slow}
        )
    else:
        yield well("mail", _("Mail goes out; waiting now: %(count)s.") % {"count": waiting})
    for one in lost:
        sentence = _("Lost mail %(message)s (%(kind)s, %(since)s): %(trouble)s.") % (
            vars(one) | {"since": moment(one.since)}
        )
        yield ill("mail", sentence)
    if nobody := deadlines.tasks_that_reach_nobody(at=at):
        yield ill(
            "mail",
            _("Late tasks of which nobody could be told: %(count)s. Give somebody the role.") % {"count": nobody},
        )


def look_at_clock(at: datetime) -> Iterator[Finding]:
    """Whether the clock of this machine was set back."""
    ahead = Line.objects.filter(at__gt=at).count()
    if ahead:
        sentence = _("The clock of this machine was set back: %(count)s lines of the log lie in the future.") % {
            "count": ahead
        }
        yield ill("clock", sentence)
    else:
        yield well("clock", _("It is %(moment)s; nothing in the log lies in the future.") % {"moment": moment(at)})


def look_at_trail(_at: datetime) -> Iterator[Finding]:
    """Whether the whole chain is as it was written."""
    verdict = verify()
    if verdict.fault:
        sentence = _("The log is broken at line %(line)s (%(fault)s): run `bolwerk audit verify`.") % {
            "line": verdict.at_line,
            "fault": verdict.fault,
        }
        yield ill("trail", sentence)
    else:
        yield well("trail", _("The log is whole: %(count)s lines.") % {"count": verdict.lines})


def look_at_uploads(_at: datetime) -> Iterator[Finding]:
    """Whether a virus scanner is connected, and answers."""
    if not scanner.is_on():
        yield well("uploads", _("Uploads are checked and cleaned; no virus scanner is connected (BOLWERK_CLAMD)."))
        return
    try:
        version = scanner.version()
    except (OSError, scanner.AddressNotOursError):
        yield ill("uploads", _("The virus scanner does not answer: no file comes in or goes out. Start clamd."))
    else:
        yield well("uploads", _("The virus scanner answers: %(version)s.") % {"version": version})
