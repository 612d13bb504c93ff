"""A command whose help is in the language of the environment; the command itself stays as it is."""

from copy import copy
from inspect import cleandoc

import click

from knooppunt.words import _, language


def _parameter(one: click.Parameter) -> click.Parameter:
    told = copy(one)
    if isinstance(told, click.Option) and told.help:
        told.help = _(told.help)
    return told


def in_language(command: click.Command) -> click.Command:
    """The command with its help, and that of all below it, in the language of the environment."""
    if language() == "en":
        return command
    told = copy(command)
    told.help = _(cleandoc(told.help)) if told.help else told.help
    told.params = [_parameter(one) for one in told.params]
    if isinstance(told, click.Group):
        told.commands = {name: in_language(one) for name, one in told.commands.items()}
    return told
