"""What this app tells the shell: its doors."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from bolwerk.accounts.access import roles_of
from bolwerk.accounts.models import Person
from bolwerk.accounts.rules import Role
from bolwerk.ui.navigation import Door

MANAGING = [
    Door("people", _("People"), "users"),
    Door("departments", _("Departments"), "sitemap"),
    Door("roles", _("Roles"), "id-badge"),
    Door("installation_change", _("Name and look"), "adjustments", place="more"),
]
COUNTING = [Door("staffing", _("FTE of departments"), "users", place="more")]
COUNTERS = {Role.FUNCTIONAL_ADMINISTRATOR, Role.AGGRESSION_COORDINATOR}
OWN = [Door("profile", _("My profile"), "user", place="more")]


def doors(person: Person, *, on: date) -> list[Door]:
    """The pages of this app that somebody has: the own profile, and those of whoever administers or counts."""
    roles = roles_of(person, on=on)
    managing = MANAGING if Role.FUNCTIONAL_ADMINISTRATOR in roles else []
    return [*managing, *(COUNTING if roles & COUNTERS else []), *OWN]
