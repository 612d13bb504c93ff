"""A command whose help is in the language of the environment; the command itself stays as it is."""

from collections.abc import Callable
from copy import copy
from inspect import cleandoc

import click

from knooppunt.words import language

Translate = Callable[[str], str]


def _parameter(one: click.Parameter, translate: Translate) -> click.Parameter:
    told = copy(one)
    if isinstance(told, click.Option) and told.help:
        told.help = translate(told.help)
    return told


def in_language(command: click.Command, translate: Translate) -> click.Command:
    """The command with its help, and that of all below it, in the language of the environment."""
    if language() == "en":
        return command
    told = copy(command)
    told.help = translate(cleandoc(told.help)) if told.help else told.help
    told.params = [_parameter(one, translate) for one in told.params]
    if isinstance(told, click.Group):
        told.commands = {name: in_language(one, translate) for name, one in told.commands.items()}
    return told
