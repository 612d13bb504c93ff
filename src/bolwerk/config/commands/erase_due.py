"""`bolwerk erase-due`: what was kept long enough goes."""

from collections import Counter
from pathlib import Path

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation


@click.command("erase-due")
@click.option("--only-tell", is_flag=True, help="Say what is due, and erase nothing.")
@click.option(
    "--replay",
    "ledger",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="After a backup was put back: erase again what this ledger says was erased since.",
)
@in_installation
def command(folder: Path, ledger: Path | None, *, only_tell: bool) -> None:
    """Erase what was kept long enough and is not held. The worker does this every hour; nothing is erased twice."""
    from django.conf import settings

    from bolwerk.vault.actions import LedgerAheadError, write_ledger
    from bolwerk.vault.rules.ledger import NotALedgerError

    if only_tell:
        _tell()
        return
    try:
        if ledger:
            click.echo(_("Erased again: %(count)s") % {"count": replay(ledger)})
        else:
            write_ledger(file=settings.BOLWERK_ERASURE_FILE)  # before anything goes: is this the newest database?
        _erase()
        write_ledger(file=settings.BOLWERK_ERASURE_FILE)
    except LedgerAheadError as error:
        raise Refused(
            _(
                "%(ledger)s knows of erasures that the database in %(folder)s does not: a backup was put "
                "back. Run `bolwerk erase-due --replay` with that file first. Nothing was erased."
            )
            % {"ledger": settings.BOLWERK_ERASURE_FILE, "folder": folder}
        ) from error
    except NotALedgerError as error:
        file = ledger or settings.BOLWERK_ERASURE_FILE
        raise Refused(_("%(file)s: %(error)s Nothing was erased.") % {"file": file, "error": error}) from error


def _tell() -> None:
    from django.utils import timezone

    from bolwerk.vault.queries.retention import what_is_due

    for due in what_is_due(at=timezone.now()):
        for stage, count in due.now.items():
            if due.in_force.rule.period(stage) is not None:
                click.echo(
                    _("%(kind)s: %(stage)s due now %(count)s, within 30 days %(soon)s")
                    % {
                        "kind": due.in_force.kind.name,
                        "stage": _stage(stage.value),
                        "count": count,
                        "soon": due.soon[stage],
                    }
                )
        click.echo(_("%(kind)s: held %(held)s") % {"kind": due.in_force.kind.name, "held": due.held})


def _stage(stage: str) -> str:
    """What goes: the personal data, or the whole record."""
    return _("personal data") if stage == "personal" else _("record")


def _erase() -> None:
    from django.utils import timezone

    from bolwerk.audit.actions import SYSTEM
    from bolwerk.vault.actions import erase_due

    done: Counter[str] = Counter()
    for erased in erase_due(by=SYSTEM, at=timezone.now()):
        done[f"{erased.kind.name}: {_stage(erased.stage.value)}"] += erased.count
    for what, count in done.items():
        click.echo(_("%(what)s erased %(count)s") % {"what": what, "count": count})
    if not done:
        click.echo(_("Nothing was due."))


def replay(ledger: Path) -> int:
    """Erase again what a ledger says, and write our own; returns how many records. Refused when it is no ledger."""
    from django.conf import settings
    from django.utils import timezone

    from bolwerk.audit.actions import SYSTEM
    from bolwerk.vault.actions import replay_erasures, write_ledger
    from bolwerk.vault.queries.retention import UnknownKindError
    from bolwerk.vault.rules.ledger import NotALedgerError, entries_in

    try:
        with ledger.open(encoding="utf-8") as lines:
            count = replay_erasures(entries=entries_in(lines), by=SYSTEM, at=timezone.now())
    except UnknownKindError as error:
        raise Refused(
            _("%(ledger)s names a kind of record that this version does not know: %(error)s.")
            % {"ledger": ledger, "error": error}
        ) from error
    except NotALedgerError as error:
        raise Refused(
            _("%(ledger)s: %(error)s What stands before it was erased again; nothing after it.")
            % {"ledger": ledger, "error": error}
        ) from error
    write_ledger(file=settings.BOLWERK_ERASURE_FILE)
    return count
