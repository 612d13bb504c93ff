"""`bolwerk vault`: vaults, sealed notes and trustees from a command line.

Phrases and codes are asked at a prompt, or read from standard input, a line each; never from arguments, which other
people on the machine and the history of the shell would see.
"""

import click

from bolwerk.config.commands.vault import notes, own, trustees


@click.group("vault")
def command() -> None:
    """Vaults of people, sealed notes and trustees. Phrases come from a prompt or from standard input."""


for one in (*own.COMMANDS, *notes.COMMANDS, *trustees.COMMANDS):
    command.add_command(one)
