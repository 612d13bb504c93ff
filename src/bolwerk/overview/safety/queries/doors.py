"""Where the figures stand in the navigation."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.overview.safety.access import KEEPERS, OVERSEERS, SEERS
from bolwerk.ui.navigation import Door


def doors(person: Person, *, on: date) -> list[Door]:
    """The figures of teams, for whoever leads one or looks over all; the page for the board, and the measures."""
    roles = roles_of(person, on=on)
    mine = [Door("safety:teams", _("Figures of teams"), "chart-bar")] if roles & SEERS else []
    if roles & OVERSEERS:
        mine.append(Door("safety:board", _("Safe at work on one page"), "notes"))
        mine.append(Door("safety:measures", _("The eight measures"), "list-details"))
    if roles & KEEPERS:
        mine.append(Door("safety:privacy", _("Privacy documents"), "certificate", "more"))
    return mine
