"""`bolwerk`: everything an administrator does from a command line. Exit codes: 0 done, 1 refused, 2 wrong use."""

import os
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click
import django
from django.utils import translation

from bolwerk.config import commands
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
    django.setup()
    context.find_root().with_resource(translation.override(language()))


def _open_installation(context: click.Context, _option: click.Parameter, folder: Path) -> Path:
    """Point the settings at the installation and start Django: from here on, rooms may be imported."""
    os.umask(0o077)  # the database, keys and files of an installation are for its own user alone
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["BOLWERK_DIR"] = str(folder.resolve())
    start_django(context)
    return folder


def in_installation(function: Any) -> Any:
    """Give a command `--dir D` and start Django for that folder. Import rooms inside the function: not before."""
    return click.option(
        "--dir",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path(os.environ.get("BOLWERK_DIR", "var")),
        show_default=True,
        callback=_open_installation,
        help="The folder of the installation.",
    )(function)


@click.group(cls=Commands)
def main() -> None:
    """Bolwerk: the open platform for the resilient municipality."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bolwerk.config.settings")
