"""`bolwerk keys`: the ring that closes texts and files."""

import json
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, in_installation


@click.group("keys")
def command() -> None:
    """The key ring: what it closes, a new key, and does everything open."""


@command.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@in_installation
def status(folder: Path, *, as_json: bool) -> None:
    """Every key of the ring, since when it is there, and how many texts and files it closes."""
    from bolwerk.crypto.signing import SigningKeyUnreadableError, fingerprint, own_signer
    from bolwerk.vault.queries.closed import use_of_keys

    content, use = _ring_file(), use_of_keys()
    try:
        signer = own_signer(at=timezone.now())
    except SigningKeyUnreadableError as error:
        raise Refused(str(error)) from error
    keys = [
        {
            "id": kept.key.id.hex(),
            "made": f"{kept.made_at:%Y-%m-%d}",
            "closes_new": kept.replaced_at is None,
            "uses": use.pop(kept.key.id, 0),
        }
        for kept in content.keys
    ]
    missing = {key.hex(): count for key, count in use.items()}
    if as_json:
        told = {"keys": keys, "rotating": content.rotating, "missing": missing, "signing": signer.public}
        click.echo(json.dumps(told))
        return
    for key in keys:
        state = _("closes what is written now") if key["closes_new"] else _("opens only")
        click.echo(
            _("%(id)s  made %(made)s, %(state)s; closes %(uses)s texts and files")
            % {"id": key["id"], "made": key["made"], "state": state, "uses": key["uses"]}
        )
    for name, count in missing.items():
        click.echo(
            _("%(name)s  is NOT in the ring of %(folder)s, but closes %(count)s texts and files")
            % {"name": name, "folder": folder, "count": count}
        )
    click.echo(
        _("Signs for other installations, made %(made_at)s: %(fingerprint)s")
        % {"made_at": f"{signer.made_at:%Y-%m-%d}", "fingerprint": fingerprint(signer.public)}
    )
    if content.rotating:
        click.echo(_("A rotation is not finished: run `bolwerk keys rotate` to go on."))


@command.command("rotate")
@in_installation
def rotate(folder: Path) -> None:
    """Make a new key and close everything anew, while people work. Broken off? Run it again: it goes on."""
    from bolwerk.audit.actions import SYSTEM
    from bolwerk.vault.actions import RotationRunsError, rotate_keys

    _ring_file()
    renewed: dict[str, int] = {}
    unreadable: dict[str, int] = {}
    try:
        for step in rotate_keys(by=SYSTEM, at=timezone.now()):
            renewed[step.what] = max(renewed.get(step.what, 0), step.renewed)  # the last round finds nothing any more
            unreadable[step.what] = step.unreadable
    except RotationRunsError as error:
        raise Refused(
            _("The ring of %(folder)s is being changed by another process. Nothing was changed.") % {"folder": folder}
        ) from error
    for what, count in renewed.items():
        click.echo(_("%(what)s: %(count)s closed anew") % {"what": what, "count": count})
    if lost := sum(unreadable.values()):
        click.echo(
            _("%(lost)s texts or files do not open and stay as they are: run `bolwerk keys check`.") % {"lost": lost}
        )
    click.echo(_("What opens is closed with the new key. Copy the ring again, apart from the backups."))
    click.echo(_("Old keys stay for backups that need them, until `bolwerk keys retire`."))


@command.command("check")
@in_installation
def check(folder: Path) -> None:
    """Open every text and every file; exit code 1 names each that does not open."""
    from bolwerk.vault.queries.closed import faults_in_everything

    _ring_file()
    faults = [f"{fault.where}: {fault.why}" for fault in faults_in_everything()]
    if faults:
        raise Refused("\n- ".join([_("Not everything in %(folder)s opens.") % {"folder": folder}, *faults]))
    click.echo(_("Everything in %(folder)s opens.") % {"folder": folder})


@command.command("retire")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask.")
@in_installation
def retire(folder: Path, key: str, *, yes: bool) -> None:
    """Take an old KEY out of the ring, for ever. Refused while anything here uses it."""
    from bolwerk.audit.actions import SYSTEM
    from bolwerk.vault.actions import RotationRunsError, retire_key
    from bolwerk.vault.rules.rotation import KeyStaysError

    _ring_file()
    if not yes:
        click.confirm(
            _("Backups that need key %(key)s can then never be read again. Go on?") % {"key": key}, abort=True
        )
    try:
        retire_key(key_id=key, by=SYSTEM, at=timezone.now())
    except (KeyStaysError, RotationRunsError) as error:
        reason = str(error) or _("The ring is being changed by another process.")
        raise Refused(_("%(reason)s Nothing was changed.") % {"reason": reason}) from error
    click.echo(_("Key %(key)s is out of the ring of %(folder)s.") % {"key": key, "folder": folder})


def _ring_file() -> Any:
    """The ring as it is. A missing or damaged one is refused in a sentence."""
    from django.conf import settings

    from bolwerk.crypto.keyfile import RingMissingError, RingUnreadableError, read_key_file

    try:
        return read_key_file(settings.BOLWERK_KEY_RING_FILE)
    except (RingMissingError, RingUnreadableError) as error:
        raise Refused(str(error)) from error
