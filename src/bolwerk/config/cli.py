"""`bolwerk`: everything an administrator does from a command line. Exit codes: 0 done, 1 refused, 2 wrong use."""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click
import django
from django.utils import translation
from django.utils.translation import gettext as _

from bolwerk.config import commands
from bolwerk.config.environment import WrongSettingError
from knooppunt.help_texts import in_language
from knooppunt.words import catalogue, language, speaking

HELP = Path(__file__).parent / "locale"  # help is asked for before Django starts: it has a catalogue of its own


class Refused(click.ClickException):
    """The input or the situation does not allow it. A sentence on stderr says why; nothing was changed."""

    exit_code = 1


class Commands(click.Group):
    """Finds a command in `config/commands/<name>.py`; the file has one click command called `command`."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run in the language of the environment."""
        with speaking():
            return click.Group.main(in_language(self, help_in), *args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the signature is click's
        """Names of all commands."""
        return sorted(module.name.replace("_", "-") for module in iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}").command
        return in_language(command, help_in)


def help_in(text: str) -> str:
    """A help text in the language of the environment."""
    return catalogue("help", HELP, language()).gettext(text)


def start_django(context: click.Context) -> None:
    """Start Django. What a command says is in the language of the environment, until it ends."""
    try:
        django.setup()
    except WrongSettingError as error:
        raise Refused(help_in(error.sentence) % error.facts) from error
    context.find_root().with_resource(translation.override(language()))


def _start_in(context: click.Context, folder: Path) -> None:
    """Point the settings at the folder and start Django: from here on, rooms may be imported."""
    os.umask(0o077)  # the database, keys and files of an installation are for its own user alone
    os.environ["BOLWERK_DIR"] = str(folder.resolve())
    start_django(context)


def _open_folder(context: click.Context, _option: click.Parameter, folder: Path) -> Path:
    """Start in a folder that is made when it is not there; what stayed empty goes again at the end."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    context.find_root().call_on_close(partial(_remove_empty, made))
    _start_in(context, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            _("The folder %(folder)s cannot be made here. Choose another one, or make it for the user that runs this.")
            % {"folder": folder}
        ) from error
    return folder


def _remove_empty(folders: list[Path]) -> None:
    with suppress(OSError):  # the first that holds something ends it
        for folder in folders:
            folder.rmdir()


def _open_prepared(context: click.Context, _option: click.Parameter, folder: Path) -> Path:
    """Start in a folder with keys or tables; any other is refused and left as it is."""
    _start_in(context, folder)
    from bolwerk.config.presence import is_prepared  # noqa: PLC0415  --help needs no database

    return _refuse_none(folder, there=is_prepared())


def _open_installation(context: click.Context, _option: click.Parameter, folder: Path) -> Path:
    """Start in a folder with an installation; any other is refused and left as it is."""
    _start_in(context, folder)
    from bolwerk.config.presence import has_tables  # noqa: PLC0415  --help needs no database

    return _refuse_none(folder, there=has_tables())


def _refuse_none(folder: Path, *, there: bool) -> Path:
    if not there:
        raise Refused(
            _("There is no installation in %(folder)s: begin one with `bolwerk init`, or try `bolwerk demo`.")
            % {"folder": folder}
        )
    return folder


def _dir_option(function: Any, callback: Callable[[click.Context, click.Parameter, Path], Path]) -> Any:
    return click.option(
        "--dir",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(os.environ.get("BOLWERK_DIR", "var")),
        show_default=True,
        callback=callback,
        help="The folder of the installation.",
    )(function)


def in_installation(function: Any) -> Any:
    """Give a command `--dir D` and start Django for the installation there; without one the command is refused.

    Import rooms inside the function: not before.
    """
    return _dir_option(function, _open_installation)


def in_prepared_folder(function: Any) -> Any:
    """The same for a command that lays the tables: keys alone will do."""
    return _dir_option(function, _open_prepared)


def in_any_folder(function: Any) -> Any:
    """The same for a command that needs no installation, or puts one there."""
    return _dir_option(function, _open_folder)


@click.group(cls=Commands)
def main() -> None:
    """Bolwerk: the open platform for the resilient municipality."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
