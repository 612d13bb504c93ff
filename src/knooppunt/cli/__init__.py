"""`knooppunt`: registers in, links and findings out.

Exit codes: 0 done; 1 the input was refused (a sentence on stderr, nothing was stored); 2 wrong use.
A command is a file `cli/<name>.py` with one click command called `command`; it is imported only when used.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from knooppunt.registers.refusal import RefusedError
from knooppunt.vault import VaultError


class Commands(click.Group):
    """Finds a command in `cli/<name>.py`, and turns a refusal into a sentence and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the signature is click's
        """Names of all commands."""
        return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the input or the vault does not allow becomes a sentence."""
        try:
            return super().invoke(ctx)
        except (RefusedError, VaultError) as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands)
def main() -> None:
    """Knooppunt: base registers in, checked links and explained findings out."""
