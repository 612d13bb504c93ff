"""The door to the page "Toestand"."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.ui.navigation import Door

ROLES = frozenset({Role.FUNCTIONAL_ADMINISTRATOR})


def doors(person: Person, *, on: date) -> list[Door]:
    """The functional administrator sees how the house is."""
    return [Door("state", _("State of the system"), "adjustments", "more")] if roles_of(person, on=on) & ROLES else []
