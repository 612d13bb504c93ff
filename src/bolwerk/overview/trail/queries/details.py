"""One line in full: what it says, and how it hangs in the chain."""

from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bolwerk.audit.queries.words import Told
from bolwerk.audit.rules.chain import Fact
from bolwerk.ui.dates import moment_in_words

Facts = list[tuple[str, str | Promise | int]]


def facts_of(told: Told) -> Facts:
    """What a line says, as pairs of label and value."""
    known = ", ".join(f"{name}: {_plain(value)}" for name, value in told.line.facts.items())
    return [
        (_("When"), _to_the_second(told.line.at)),
        (_("Who"), told.who),
        (_("About"), told.thing),
        (_("Why"), told.why),
        (_("Kind"), told.group.label if told.group else ""),
        (_("Facts"), known),
    ]


def links_of(told: Told) -> Facts:
    """How it hangs in the chain, and the keys behind the names."""
    line = told.line
    return [
        (_("Line"), line.sequence),
        (_("Event"), line.event),
        (_("Key of who"), line.actor),
        (_("Key of what it is about"), line.subject),
        (_("Trace"), line.trace_id),
        (_("Hash of the line before"), line.previous_hash),
        (_("Hash of this line"), line.hash),
    ]


def _plain(value: Fact) -> object:
    """Yes and no as words, nothing as a dash; codes and numbers as they are."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "-" if value is None else value


def _to_the_second(at: datetime) -> str:
    seconds = f"{timezone.localtime(at):%S}"
    return _("%(moment)s and %(seconds)s seconds") % {"moment": moment_in_words(at), "seconds": seconds}
