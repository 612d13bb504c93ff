"""What retention tells the shell: its door."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.ui.navigation import Door

WATCHERS = frozenset({Role.PRIVACY_OFFICER, Role.FUNCTIONAL_ADMINISTRATOR})
DOOR = Door("retention:rules", _("Retention periods"), "calendar", place="more")


def doors(person: Person, *, on: date) -> list[Door]:
    """The privacy officer and the functional administrator watch over how long things are kept."""
    return [DOOR] if WATCHERS & roles_of(person, on=on) else []
