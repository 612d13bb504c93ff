"""The door of the library, for whoever is in no circle: the others come in by their circle."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.circle.access import CIRCLE_ROLES
from bolwerk.circle.access.cards import LIBRARY_ROLES
from bolwerk.ui.navigation import Door


def library_doors(person: Person, *, on: date) -> list[Door]:
    """The library, for programme leads who have no role in a circle."""
    roles = roles_of(person, on=on)
    opens = bool(roles & LIBRARY_ROLES) and not roles & CIRCLE_ROLES
    return [Door("circle:cards", _("Library of what helps"), "bulb")] if opens else []
