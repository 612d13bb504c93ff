"""What can give somebody away in a text, and how much. Pure: no database, no clock, no request."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a piece of text is."""

    NAME = "name", _("Name of a person")
    BSN = "bsn", _("Citizen service number (BSN)")
    PHONE = "phone", _("Phone number")
    EMAIL = "email", _("E-mail address")
    ADDRESS = "address", _("Address")
    PLATE = "plate", _("Licence plate")
    IBAN = "iban", _("Bank account")
    KVK = "kvk", _("Number in the trade register (KVK)")
    ACCOUNT = "account", _("Web address or account")
    OWN = "own", _("On your own list")
    PLACE = "place", _("Place")
    STREET = "street", _("Street or neighbourhood")
    DATE = "date", _("Date")
    ORGANISATION = "organisation", _("Company or organisation")


class Weight(models.TextChoices):
    """Whether it names somebody by itself (red), or only together with something else (amber)."""

    DIRECT = "direct", _("Red: this points to a person")
    INDIRECT = "indirect", _("Amber: this can give a person away together with other things")


INDIRECT = frozenset({Kind.PLACE, Kind.STREET, Kind.DATE, Kind.ORGANISATION})


@dataclass(frozen=True, order=True)
class Hit:
    """A piece of a text that can give somebody away: from `start` up to `end`, and what to write instead."""

    start: int
    end: int
    kind: Kind
    text: str
    proposal: str = ""

    @property
    def weight(self) -> Weight:
        """Red or amber."""
        return Weight.INDIRECT if self.kind in INDIRECT else Weight.DIRECT


@dataclass(frozen=True)
class OwnList:
    """Words that somebody added: names of aldermen, streets, companies. Each is found whatever its capitals."""

    words: Iterable[str] = field(default_factory=tuple)


Reader = Callable[[str], Iterable[Hit]]  # something that finds hits of its own in a text
