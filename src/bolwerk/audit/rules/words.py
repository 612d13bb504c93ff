"""What a line says to people: a sentence per event, told by the app that writes it, and the group it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bolwerk.audit.rules.chain import Fact

Facts = Mapping[str, Fact]


class Group(models.TextChoices):
    """Kinds of events, as somebody looks for them."""

    READ = "read", _("Reading and searching")
    CHANGE = "change", _("Changes")
    EXPORT = "export", _("Files taken along")
    DENIAL = "denial", _("Denials")
    RIGHTS = "rights", _("People and rights")
    SIGN_IN = "sign_in", _("Signing in")
    CLOCK = "clock", _("Clocks and mail")
    TRAIL = "trail", _("The log itself")


@dataclass(frozen=True)
class Saying:
    """How an event reads after the name of whoever did it: "opened a report".

    `text` may hold facts as `%(name)s`, with `ngettext_lazy` where a number bends the words; where words follow from
    facts otherwise it is a function of them. Facts that are URNs come in as names. `why` says the reason of what the
    house did by itself, from facts: a person's own reason stands in the line, in their words.
    """

    group: Group
    text: str | Promise | Callable[[Facts], str]
    why: Callable[[Facts], str] | None = None

    def said(self, facts: Facts) -> str:
        """The sentence for these facts. A fact that an old line does not have reads as dots."""
        given = _Lenient(facts)
        return self.text(given) if callable(self.text) else str(cast(str, self.text) % given)


class _Gone(int):
    """A fact that is not there: reads as dots, and counts as none."""

    def __str__(self) -> str:
        return "…"


class _Lenient(dict[str, Fact]):
    """Facts of which none is missing."""

    def __missing__(self, name: str) -> Fact:
        return _Gone()
