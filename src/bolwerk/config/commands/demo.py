"""`bolwerk demo`: a fictional municipality to try everything in."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
from django.utils.translation import gettext as _

from bolwerk.config.cli import Refused, start_django

ADDRESS = "127.0.0.1"  # a demo with known passwords is for this machine only
OWN_SETTINGS = (
    "BOLWERK_DATABASE_URL",
    "BOLWERK_MAIL_URL",
    "BOLWERK_OIDC_ISSUER",
    "BOLWERK_SECOND_FACTOR",
    "BOLWERK_SECRET_KEY_FILE",
    "BOLWERK_KEY_RING_FILE",
    "BOLWERK_ERASURE_FILE",
)


@click.command("demo")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="The folder of the demo.",
)
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--build-only", is_flag=True, help="Build the municipality and stop.")
@click.pass_context
def command(context: click.Context, folder: Path, port: int, *, build_only: bool) -> None:
    """Build the fictional municipality Zilverdam when it is not there yet, and serve it."""
    _demo_mode(context, folder, port)
    from bolwerk.demo import building

    if building.is_current(folder):
        click.echo(_("Zilverdam is there already, in %(folder)s.") % {"folder": folder})
    else:
        _build(folder)
    _print_guests(port)
    if not build_only:
        raise SystemExit(_serve(folder, port))


def _demo_mode(context: click.Context, folder: Path, port: int) -> None:
    """A demo has its own database and no mail or sign-in of anybody else, whatever this machine is set up for."""
    for name in OWN_SETTINGS:
        os.environ.pop(name, None)
    os.environ["BOLWERK_MODE"] = "demo"
    os.environ["BOLWERK_BASE_URL"] = f"http://{ADDRESS}:{port}"
    os.environ["BOLWERK_DIR"] = str(_workshop(folder))
    start_django(context)
    if folder.exists() and any(folder.iterdir()) and not _is_demo(folder):
        raise Refused(
            _("%(folder)s holds something that is not a demo. Choose another folder; nothing was changed.")
            % {"folder": folder}
        )


def _is_demo(folder: Path) -> bool:
    return (folder / "demo.version").is_file()


def _workshop(folder: Path) -> Path:
    return folder.resolve().with_name(f"{folder.name}.building")


def _build(folder: Path) -> None:
    """Build beside the folder and rename at the end: an interrupted build leaves nothing half."""
    workshop = _workshop(folder)
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.utils import timezone, translation

    from bolwerk.config.keys import make_keys
    from bolwerk.demo import building

    click.echo(_("Building Zilverdam: people, a year of reports with photos, registers. This takes about a minute."))
    make_keys(workshop, at=timezone.now())
    call_command("migrate", verbosity=0)
    with translation.override(settings.LANGUAGE_CODE):  # the terminal may speak another language than the house
        building.build(folder=workshop, at=timezone.now())
    connections.close_all()
    shutil.rmtree(folder, ignore_errors=True)
    workshop.rename(folder)


def _print_guests(port: int) -> None:
    """Who can sign in. Everybody has the same password: this is a demo."""
    from bolwerk.demo.people import PASSWORD, guests
    from bolwerk.demo.vaults import PHRASE, owners

    people = guests()
    width = max(len(guest.email) for guest in people)
    click.echo(
        _("\nSign in on http://%(address)s:%(port)s as (password for all: %(password)s)")
        % {"address": ADDRESS, "port": port, "password": PASSWORD}
    )
    for guest in people:
        click.echo(f"  {guest.email:<{width}}  {guest.name}, {guest.role.value.replace('_', ' ')}")
    click.echo(
        _("\nVaults open with the phrase: %(phrase)s\n  %(names)s") % {"phrase": PHRASE, "names": ", ".join(owners())}
    )
    click.echo(_("\nEverybody and everything in Zilverdam is made up. Put no real data in. Stop with Ctrl-C.\n"))


def _serve(folder: Path, port: int) -> int:
    """Run the server and one worker until one of them stops or somebody stops us."""
    environment = os.environ | {"BOLWERK_DIR": str(folder.resolve())}
    bolwerk = [sys.executable, "-c", "from bolwerk.config.cli import main; main()"]
    worker = subprocess.Popen([*bolwerk, "worker", "--dir", str(folder)], env=environment)  # noqa: S603  our own command
    server = subprocess.Popen([*bolwerk, "serve", "--dir", str(folder), "--port", str(port)], env=environment)  # noqa: S603  our own command
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        return server.wait()
    finally:
        worker.terminate()
        worker.wait()
