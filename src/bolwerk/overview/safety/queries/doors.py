"""Where the figures stand in the navigation."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.overview.safety.access import SEERS
from bolwerk.ui.navigation import Door


def doors(person: Person, *, on: date) -> list[Door]:
    """The figures of teams, for whoever leads one or looks over all of them."""
    return [Door("safety:teams", _("Figures of teams"), "chart-bar")] if roles_of(person, on=on) & SEERS else []
