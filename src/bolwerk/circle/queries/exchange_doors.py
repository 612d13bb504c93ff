"""The door to the exchange with other installations."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.circle.access.exchange import EXCHANGERS, KEEPERS
from bolwerk.ui.navigation import Door


def doors(person: Person, *, on: date) -> list[Door]:
    """People of circles exchange; administrators say whom to trust."""
    mine = roles_of(person, on=on)
    found = [Door("circle:exchange", _("Exchange with others"), "network", "more")] if mine & EXCHANGERS else []
    if mine & KEEPERS:
        found.append(Door("circle:trusted_keys", _("Installations that we trust"), "key", "more"))
    return found
