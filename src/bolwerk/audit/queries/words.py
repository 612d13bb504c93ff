"""Lines in words: who did it, what, and with which thing. Each app tells its own; what none tells stays readable."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeGuard

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from bolwerk.audit.models import Line
from bolwerk.audit.queries.names import name_in, names_of
from bolwerk.audit.rules.chain import Fact
from bolwerk.audit.rules.words import Facts, Group, Saying

Names = dict[str, str]


@dataclass(frozen=True)
class Told:
    """A line for people: who, what (the words after the name), the thing, why, and the line itself.

    `why` is the reason that somebody gave, in their words, or that of the house, in those of the reader.
    """

    who: str
    what: str
    thing: str
    why: str
    group: Group | None
    line: Line


@cache
def _joined(addresses: tuple[str, ...]) -> dict[str, Saying]:
    sayings: dict[str, Saying] = {}
    for address in addresses:
        sayings |= import_string(address)
    return sayings


def sayings() -> dict[str, Saying]:
    """The sentence of every event that an app tells (TRAIL_SAYINGS)."""
    return _joined(tuple(settings.TRAIL_SAYINGS))


def events_of(*groups: Group) -> tuple[str, ...]:
    """The events that belong to these groups."""
    return tuple(sorted(event for event, saying in sayings().items() if saying.group in groups))


def tell(lines: Iterable[Line], *, rename: Callable[[Names], Names] = dict) -> list[Told]:
    """These lines in words, in the language of the reader. Names come from a query per app, however many lines.

    `rename` may change the names (by URN) before they stand in sentences.
    """
    asked = list(lines)
    names = rename(names_of(urn for line in asked for urn in _urns(line)))
    return [_told(line, names) for line in asked]


def say(event: str) -> str:
    """How an event reads when nothing more is known of it."""
    return _said(sayings().get(event), {}) or gettext("did something that has no sentence yet (%s)") % event


def _urns(line: Line) -> Iterable[str]:
    yield line.actor
    yield line.subject
    yield from (value for value in line.facts.values() if _is_urn(value))


def _is_urn(value: Fact) -> TypeGuard[str]:
    return isinstance(value, str) and value.startswith("urn:")


def _told(line: Line, names: dict[str, str]) -> Told:
    saying = sayings().get(line.event)
    facts = {name: name_in(names, value) if _is_urn(value) else value for name, value in line.facts.items()}
    return Told(
        who=name_in(names, line.actor),
        what=_said(saying, facts) or gettext("did something that has no sentence yet (%s)") % line.event,
        thing=name_in(names, line.subject),
        why=line.reason or _why(saying, line.facts),
        group=saying.group if saying else None,
        line=line,
    )


def _said(saying: Saying | None, facts: Facts) -> str:
    """The sentence; empty when there is none, or when a fact is of a kind that is no longer known."""
    try:
        return saying.said(facts) if saying else ""
    except (KeyError, ValueError):
        return ""


def _why(saying: Saying | None, facts: Facts) -> str:
    """The reason that follows from facts; empty when none does."""
    try:
        return saying.why(facts) if saying and saying.why else ""
    except (KeyError, ValueError):
        return ""
