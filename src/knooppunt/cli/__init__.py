"""`knooppunt`: registers in, links and findings out.

Exit codes: 0 done; 1 the input was refused (a sentence on stderr, nothing was stored); 2 wrong use.
A command is a file `cli/<name>.py` with one click command called `command`; it is imported only when used.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import click

from knooppunt.cli._examples import EXAMPLES, STEPS
from knooppunt.cli._refusals import refusal
from knooppunt.help_texts import in_language
from knooppunt.registers.refusal import RefusedError
from knooppunt.vault import VaultError
from knooppunt.words import _, speaking


class Commands(click.Group):
    """Finds a command in `cli/<name>.py`, and turns a refusal into a sentence and exit code 1."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run in the language of the environment."""
        with speaking():
            return click.Group.main(in_language(self, _), *args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the signature is click's
        """Names of all commands."""
        return sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        command.epilog = "\b\n" + "\n".join(_("Example: {line}").format(line=line) for line in EXAMPLES[cmd_name])
        return in_language(command, _)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's
        """List the commands in the order in which somebody comes by them."""
        for step, names in STEPS.items():
            with formatter.section(_("Commands: {step}").format(step=_(step))):
                formatter.write_dl([(name, _(told)) for name, told in names.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the input or the vault does not allow becomes a sentence."""
        try:
            return super().invoke(ctx)
        except (RefusedError, VaultError) as error:
            raise click.ClickException(refusal(error)) from error


@click.group(cls=Commands)
def main() -> None:
    """Knooppunt: base registers in, checked links and explained findings out.

    A vault is a folder; everything stays on this machine. A finding is about an object and a reason to look, never
    about a person and never a conclusion.

    \b
    A first day, with a fictional town:
      knooppunt synth --residents 5000 --out town
      knooppunt ingest bag town/bag.zip --vault vault
      knooppunt ingest kvk town/kvk.jsonl --vault vault --as-of 2026-11-01
      knooppunt link --vault vault
      knooppunt findings --vault vault --as-of 2026-11-01 --lang en
      knooppunt explain FINDING --vault vault --lang en

    `knooppunt COMMAND --help` has an example of each. In Python: `import knooppunt; help(knooppunt)`.
    """
